import express from 'express';
import { createConnector } from 'headless-punchout';
import { MemoryStore, PRODUCTS } from '../express-shop/memory-store.js';

const port = Number(process.env['PORT'] ?? 3000);
const backendUrl = process.env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`;
const frontendUrl = process.env['FRONTEND_URL'] ?? `http://127.0.0.1:${port + 1}`;

const connector = await createConnector({
  database: { directory: process.env['DATA_DIR'] ?? '.data' },
  publicUrl: backendUrl,
  // Pages that open after the login.
  store: Object.assign(new MemoryStore(), { homePath: `${frontendUrl}/`, cartPath: `${frontendUrl}/#cart` }),
});

const backend = express();
backend.use(connector.router, connector.routeGuard());
const api = express.Router();
backend.use('/api', connector.cors, api); // for the frontends of `punchout tenant frontends`

api.get('/products', (_req, res) => {
  res.json([...PRODUCTS].map(([sku, product]) => ({ sku, ...product })));
});

api.get('/cart', async (req, res) => {
  const session = await connector.session(req, res);
  if (session === undefined) res.status(409).json({ error: { code: 'NO_SESSION' } });
  else res.json(await connector.cart.read(session));
});

api.post('/cart', express.json(), async (req, res) => {
  const session = await connector.session(req, res);
  if (session === undefined) {
    res.status(409).json({ error: { code: 'NO_SESSION' } });
    return;
  }
  const { sku, quantity }: { sku?: unknown; quantity?: unknown } = req.body ?? {};
  const added = await connector.cart.add(session, [{ supplierPartId: String(sku), quantity: String(quantity) }]);
  const fault = added.ok ? added.value[0]?.fault : added.refusal.code;
  if (fault === undefined) res.json(await connector.cart.read(session));
  else res.status(422).json({ error: { code: fault } });
});

// In place of Nuxt or Next, on a separate origin.
const frontend = express();
frontend.get('/config.js', (_req, res) => {
  res.type('js').send(`export const backend = ${JSON.stringify(backendUrl)};`);
});
frontend.use(express.static(new URL('public', import.meta.url).pathname));

const worker = connector.startWorker();
const servers = [
  frontend.listen(Number(new URL(frontendUrl).port), '127.0.0.1'),
  backend.listen(port, '127.0.0.1', () => {
    console.log(`Frontend ${frontendUrl}, connector ${backendUrl}`);
  }),
];

process.once('SIGTERM', () => {
  connector.announceStop();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  void worker.stop().then(() => connector.close());
});
