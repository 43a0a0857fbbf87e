import express from 'express';
import { createConnector } from 'headless-punchout';
import { MemoryStore, PRODUCTS } from './memory-store.js';

const port = Number(process.env['PORT'] ?? 3000);

const connector = await createConnector({
  database: { directory: process.env['DATA_DIR'] ?? '.data' }, // or { url: 'postgres://…' }
  publicUrl: process.env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`,
  store: new MemoryStore(),
});
connector.on('transfer', ({ transmission, payload }) => {
  console.log(
    `${transmission.transmissionId}: ${payload.summary.totalAmount} ${payload.summary.currency} on the way to ` +
      new URL(payload.action).host,
  );
});

const app = express();
app.use(connector.router); // call-ups, login, logout, transfer, health
app.use(connector.routeGuard()); // closes checkout and account during a punchout

app.get('/', (_req, res) => {
  const offers = [...PRODUCTS].map(
    ([sku, { name, unitPrice }]) => `
    <form method="post" action="/cart/add" id="${sku}">
      ${name}, ${unitPrice} EUR <input name="quantity" value="1" size="4"><button name="sku" value="${sku}">Add</button>
    </form>`,
  );
  res.send(`<!doctype html><title>Shop</title><h1>Shop</h1>${offers.join('')}<a href="/cart">Cart</a>`);
});

app.post('/cart/add', express.urlencoded({ extended: false }), async (req, res) => {
  const session = await connector.session(req, res);
  if (/^(cross|same)-site$/.test(req.get('sec-fetch-site') ?? '')) res.status(403).send('Asked for by another origin.');
  else if (session === undefined) res.status(409).send('Please open this shop from your procurement system.');
  else {
    const { sku, quantity }: { sku?: unknown; quantity?: unknown } = req.body;
    const added = await connector.cart.add(session, [{ supplierPartId: String(sku), quantity: String(quantity) }]);
    const fault = added.ok ? added.value[0]?.fault : added.refusal.code;
    if (fault === undefined) res.redirect(303, '/cart');
    else res.status(422).send(`Not added: ${fault}`);
  }
});

app.get('/cart', async (req, res) => {
  const session = await connector.session(req, res);
  const lines = session === undefined ? [] : (await connector.cart.read(session)).lines;
  res.send(`<!doctype html><title>Cart</title><h1>Cart</h1>
    <ul>${lines.map(({ quantity, name }) => `<li>${quantity} x ${name}</li>`).join('')}</ul>
    <form method="post" action="/agiqon/connector/session/logout?transferred=1"><button>Transfer cart</button></form>`);
});

app.get('/checkout/confirm', (_req, res) => {
  res.send('Only ordinary customers get here.');
});

const worker = connector.startWorker();
const server = app.listen(port, '127.0.0.1', (error) => {
  if (error !== undefined) throw error;
  console.log(`The shop is at http://127.0.0.1:${port}`);
});

process.once('SIGTERM', () => {
  connector.announceStop();
  server.close(() => void worker.stop().then(() => connector.close()));
  server.closeIdleConnections();
});
