/*
 * A Vendure server with goods in it, on a database of its own: `node server.mjs`, with PORT and DATABASE_URL (of a
 * PostgreSQL server; the database is made anew). Writes one line `ready <url>` when a shop can be shopped in. Ends, and
 * takes its database away, when its standard input ends or on SIGTERM.
 */
import { bootstrap, ConfigService, JobQueueService } from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';
import { Client } from 'pg';
import { initialData } from './initial-data.mjs';
import { seed } from './seed.mjs';
import { vendureConfig } from './vendure-config.mjs';

const port = Number(process.env.PORT ?? 3100);
const server = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const name = `vendure_test_${process.pid}`;
const database = new URL(server);
database.pathname = `/${name}`;

async function onServer(statement) {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

let app;
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await Promise.race([app?.close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 3000))]);
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch((fault) => console.error(fault));
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop());
process.stdin.on('end', () => void stop()).resume();

const say = console.log;
console.log = () => undefined;
await onServer(`CREATE DATABASE ${name}`);
app = await populate(
  () => bootstrap(vendureConfig({ port, database: database.href })),
  initialData,
  new URL('products.csv', import.meta.url).pathname,
);
const url = `http://127.0.0.1:${port}`;
await seed(url, async () => {
  // Collections and the search index are filled by jobs. The index is made anew as a whole: a step for each article
  // would take far longer.
  const { jobs, unsettledJobs } = app.get(ConfigService).jobQueueOptions.jobQueueStrategy;
  delete unsettledJobs['update-search-index'];
  for (const [id, { queueName }] of jobs) if (queueName === 'update-search-index') jobs.delete(id);
  await app.get(JobQueueService).start();
});
say(`ready ${url}`);
