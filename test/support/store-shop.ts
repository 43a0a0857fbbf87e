import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Connector } from '../../src/connector.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import type { LineRequest, Store } from '../../src/ports/store/store.js';
import { testDatabase } from './test-database.js';
import { type WebClient, webClient } from './web-client.js';
import { testConnector } from './test-connector.js';

/**
 * A connector with the demo's access data for any store; `POST /fill` adds lines to the session's cart, `GET
 * /cart.json` returns it.
 */
export interface StoreShop {
  url: string;
  connector: Connector;
  browser(): WebClient;
  close(): Promise<void>;
}

const silent = (): undefined => undefined;

export async function startStoreShop(store: Store): Promise<StoreShop> {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { database, drop } = await testDatabase();
  const connector = await testConnector({
    database,
    publicUrl: url,
    secrets: ['a-secret-for-tests-that-is-long-enough'],
    demo: true,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    store,
  });
  await seedDemo(connector.directory);
  app.use(connector.router, connector.routeGuard());
  app.post('/fill', express.json(), async (req, res) => {
    const session = await connector.session(req, res);
    res.json(session === undefined ? null : await connector.cart.add(session, req.body as LineRequest[]));
  });
  app.get('/cart.json', async (req, res) => {
    const cart = (await connector.session(req, res))?.transmission.cart;
    res.json(cart === undefined ? null : await store.readCart(cart));
  });
  return {
    url,
    connector,
    browser: () => webClient(url, url),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
      await drop();
    },
  };
}
