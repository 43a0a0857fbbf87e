/*
 * Runs a command with a Vendure server beside it:
 * `node test/vendure-server/run-with.mjs npm test -- test/adapters/stores/vendure`. Installs the server where it is not
 * there yet, sets VENDURE_URL_TEST, and stops the server afterwards. Needs the PostgreSQL of DATABASE_URL_TEST.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const START_MS = 180_000;
const folder = new URL('.', import.meta.url).pathname;
const [command, ...args] = process.argv.slice(2);

function run(program, parameters, options = {}) {
  return spawnSync(program, parameters, { stdio: 'inherit', ...options }).status ?? 1;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

if (!existsSync(`${folder}node_modules`)) {
  const status = run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  if (status !== 0) process.exit(status);
}
if (command === undefined) process.exit(0);

const startedAt = Date.now();
const server = spawn('node', ['server.mjs'], {
  cwd: folder,
  stdio: ['pipe', 'pipe', 'inherit'],
  env: {
    ...process.env,
    NODE_OPTIONS: '--no-deprecation',
    VENDURE_DISABLE_TELEMETRY: 'true',
    PORT: String(await freePort()),
    DATABASE_URL: process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  },
});
const ended = new Promise((resolve) => server.once('exit', resolve));
const url = await new Promise((resolve) => {
  createInterface({ input: server.stdout }).on(
    'line',
    (line) => line.startsWith('ready ') && resolve(line.slice('ready '.length)),
  );
  void ended.then(() => resolve(undefined));
  setTimeout(() => resolve(undefined), START_MS).unref();
});
let status = 1;
if (url === undefined) {
  console.error('the Vendure server did not start');
} else {
  console.log(`Vendure is ready at ${url} after ${Math.round((Date.now() - startedAt) / 1000)} s`);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, VENDURE_URL_TEST: url } });
  status = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
// It ends with its input, and takes its database away.
server.stdin.end();
await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
server.kill('SIGKILL');
process.exit(status);
