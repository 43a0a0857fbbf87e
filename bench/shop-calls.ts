import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'undici';
import { jsonLog } from '../src/adapters/json-log.js';
import { createConnector } from '../src/connector.js';
import { seedDemo } from '../src/demo/seed-demo.js';
import { openShopware } from '../test/adapters/stores/shopware/open-shopware.js';
import { send } from './load.js';
import type { MeasuredRow } from './measured-row.js';
import { openSession } from './punchout.js';
import { setupDocument } from './setup-document.js';
import { fillCall, ourTarget } from './targets.js';

const ARTICLE = 'SKU-PEN';
const VALIDATE = new URLSearchParams({
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
  HOOK_URL: 'https://erp.company.com/return',
  FUNCTION: 'VALIDATE',
  PRODUCTID: ARTICLE,
  QUANTITY: '3',
});

/** How many requests one action of the buyer costs the shop: a real Shopware takes 30 to 1,200 ms for each. */
export async function shopCallRows(databaseUrl: string): Promise<MeasuredRow[]> {
  const shop = await openShopware();
  const app = express();
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;
  const connector = await createConnector({
    database: { url: databaseUrl },
    publicUrl: `http://127.0.0.1:${port}`,
    demo: true,
    log: jsonLog('warn'),
    store: shop.storeWith(),
  });
  await seedDemo(connector.directory);
  // The language of the double. In another one, a login tells the shop so by one request more.
  const { connections } = connector.directory;
  for (const connection of await connections.list('demo'))
    await connections.save({ ...connection, settings: { ...connection.settings, language: 'en' } });
  app.use(connector.router);
  app.post('/fill', express.json(), async (req, res) => {
    const session = await connector.session(req, res);
    res.json(session === undefined ? {} : await connector.cart.add(session, req.body));
  });
  const target = ourTarget(port, undefined);
  const pool = new Pool(target.url, { connections: 1 });
  const callsOf = async (act: () => Promise<unknown>): Promise<number> => {
    const before = shop.double.requests.length;
    await act();
    return shop.double.requests.length - before;
  };
  const add = (cookie: string) => send(pool, fillCall(cookie, [{ supplierPartId: ARTICLE, quantity: '1' }]));
  const login = () => openSession(pool, target);
  const edit = () =>
    openSession(pool, {
      ...target,
      setup: () => ({ ...target.setup(), body: setupDocument(`edit${Date.now()}@bench`, [ARTICLE]) }),
    });
  const validate = async (): Promise<void> => {
    const { status, text } = await send(pool, {
      method: 'POST',
      path: '/v1/punchout/oci/setup',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: VALIDATE.toString(),
    });
    if (status !== 200 || !text.includes('NEW_ITEM-')) throw new Error(`VALIDATE: ${status} ${text.slice(0, 300)}`);
  };
  const transfer = async (cookie: string): Promise<void> => {
    const { text } = await send(pool, target.transfer(cookie));
    if (!text.includes('<form')) throw new Error(`the cart was not sent: ${text.slice(0, 300)}`);
  };
  try {
    // The first of each asks the shop about itself.
    await add(await login());
    await edit();
    await validate();
    let cookie = '';
    const rows: [string, number | undefined, number][] = [
      ['login', 2, await callsOf(async () => (cookie = await login()))],
      ['add', undefined, await callsOf(() => add(cookie))],
      ['transfer', 2, await callsOf(() => transfer(cookie))],
      ['login of an edit, with its lines', 4, await callsOf(edit)],
      ['VALIDATE', 4, await callsOf(validate)],
    ];
    return rows.map(([name, most, calls]) => ({
      name,
      ours: String(calls),
      floor: '',
      target: most === undefined ? '' : `<= ${most}`,
      holds: most === undefined ? undefined : calls > 0 && calls <= most,
      isTimed: false,
    }));
  } finally {
    await pool.close();
    server.closeAllConnections();
    server.close();
    await connector.close();
    await shop.close();
  }
}
