/** The connector as a shop mounts it, with the demo shop's carts and a page without cost. */
import express from 'express';
import { jsonLog } from '../src/adapters/json-log.js';
import { DemoStore } from '../src/adapters/stores/demo/demo-store.js';
import { createConnector } from '../src/connector.js';
import { seedDemo } from '../src/demo/seed-demo.js';
import { OPERATOR } from './operator.js';

const { PORT = '', DATABASE_URL = '', REDIS_URL = '' } = process.env;
const publicUrl = `http://127.0.0.1:${PORT}`;
const connector = await createConnector({
  database: { url: DATABASE_URL },
  redisUrl: REDIS_URL,
  publicUrl,
  demo: true,
  log: jsonLog('warn'),
  store: ({ query }) => new DemoStore({ query, publicUrl }),
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
app.listen(Number(PORT), '127.0.0.1');
process.once('SIGINT', () => process.exit(0));
