/**
 * The connector as a shop mounts it, with the demo shop's carts, a page without cost, and what only this process can
 * measure.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';
import { jsonLog } from '../src/adapters/json-log.js';
import { DemoStore } from '../src/adapters/stores/demo/demo-store.js';
import { createConnector } from '../src/connector.js';
import { seedDemo } from '../src/demo/seed-demo.js';
import { OPERATOR } from './operator.js';

/** Without DATABASE_URL the database is embedded, in DATA_DIR. `GENERATED`: how many articles more the shop has. */
const { PORT = '', DATABASE_URL, DATA_DIR = '', REDIS_URL, GENERATED = '0' } = process.env;
const publicUrl = `http://127.0.0.1:${PORT}`;
const connector = await createConnector({
  database: DATABASE_URL === undefined ? { directory: DATA_DIR } : { url: DATABASE_URL },
  redisUrl: REDIS_URL,
  publicUrl,
  demo: true,
  log: jsonLog('warn'),
  store: ({ query }) => new DemoStore({ query, publicUrl, generated: Number(GENERATED) }),
});
await seedDemo(connector.directory);
await connector.directory.operators.add(
  { tenantId: 'demo', operatorId: 'op_bench', email: OPERATOR.email, name: 'Bench', role: 'owner', demo: false },
  OPERATOR.password,
);

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.set('query parser', 'simple');
app.use(connector.router);
app.use(connector.routeGuard());
app.get('/page', (_req, res) => {
  res.json({ ok: true });
});
app.post('/fill', express.json(), async (req, res) => {
  const session = await connector.session(req, res);
  const lines = req.body as { supplierPartId: string; quantity: string }[];
  res.json(session === undefined ? {} : await connector.cart.add(session, lines));
});
/** Bytes after a forced collection; needs `--expose-gc`. */
app.get('/memory', (_req, res) => {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  res.json({ heapUsed, rss });
});
const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
/** The longest block of the event loop since the last call, ms. The first call starts the watch. */
app.get('/longest-block', (_req, res) => {
  delay.enable();
  res.json({ ms: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) });
  delay.reset();
});
app.listen(Number(PORT), '127.0.0.1');
process.once('SIGINT', () => process.exit(0));
