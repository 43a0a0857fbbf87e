// An app in ECMAScript modules, with the Express of its own: 4.21 or 5.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  type Connector,
  type ConnectorOptions,
  type ConnectorServices,
  createConnector,
  type LineResult,
  type Middleware,
  PunchoutError,
  type StoreProxyPolicy,
} from 'headless-punchout';
import { type SessionPage, PunchFlowClient } from 'headless-punchout/client';
import { type OutboundRequest, UndiciHttp } from 'headless-punchout/outbound-http';
import { type ReceivedEvent, webhookReceiver } from 'headless-punchout/receiver';
import { shopwareShop } from 'headless-punchout/shopware';
import { vendureShop } from 'headless-punchout/vendure';
import { MemoryStore } from './memory-store.mjs';

export type Nameable = [ConnectorServices, LineResult, StoreProxyPolicy, SessionPage, OutboundRequest, ReceivedEvent];
for (const value of [PunchFlowClient, UndiciHttp, PunchoutError, shopwareShop, vendureShop])
  assert.equal(typeof value, 'function');

const options: ConnectorOptions<ConnectorServices> = {
  database: { directory: '.data' },
  publicUrl: 'http://127.0.0.1:3000',
  store: new MemoryStore(),
  guard: { routeName: (req) => req.headers['x-route']?.toString() },
  log: { debug() {}, info() {}, warn() {}, error: console.error },
};
const connector: Connector = await createConnector(options);
const guard: Middleware = connector.routeGuard();

const app = express();
app.use(connector.cors, connector.router, guard);
app.use(
  '/hook',
  webhookReceiver({ key: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=', lastRevision: async () => 0, store: async () => {} }),
);
app.get('/', async (req, res) => {
  const session = await connector.session(req, res);
  res.send(session === undefined ? 'the shop' : session.transmission.transmissionId);
});
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const get = async (path: string, init: RequestInit = {}): Promise<[status: number, text: string]> => {
  const answer = await fetch(base + path, { redirect: 'manual', ...init });
  return [answer.status, await answer.text()];
};

assert.deepEqual(await get('/'), [200, 'the shop']);
assert.equal((await get('/healthz'))[0], 200);
assert.equal((await get('/readyz'))[0], 200);
assert.equal((await get('/openapi.json'))[0], 200);
assert.equal((await get('/hook'))[0], 401);
const [status, text] = await get('/v1/punchout/setup', {
  method: 'POST',
  headers: { 'content-type': 'text/xml' },
  body: '<cXML/>',
});
assert.match(text, /<cXML/, `the gateway answered ${status}`);
server.close();
server.closeAllConnections();
await connector.close();
console.log('shop: well');
