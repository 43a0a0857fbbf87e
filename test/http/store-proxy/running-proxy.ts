import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import express, { type Express } from 'express';
import { UndiciHttp } from '../../../src/adapters/outbound-http/undici-http.js';
import type { ShopwareStoreOptions } from '../../../src/adapters/stores/shopware/shopware-options.js';
import { ShopwareStore } from '../../../src/adapters/stores/shopware/shopware-store.js';
import type { ConnectorOptions } from '../../../src/config/options.js';
import type { Connector } from '../../../src/connector.js';
import type { ConnectorServices } from '../../../src/wiring/connector-services.js';
import { seedDemo } from '../../../src/demo/seed-demo.js';
import type { StoreProxyOptions } from '../../../src/http/middleware.js';
import { SALES_CHANNEL_ID } from '../../adapters/stores/shopware/double/shop-data.js';
import { ACCESS_KEY, ADMIN, ShopwareDouble } from '../../adapters/stores/shopware/double/shopware-double.js';
import { type CxmlWish, idOf, postXml, setupXml, startUrlOf } from '../../support/call-ups.js';
import { testDatabase } from '../../support/test-database.js';
import { JSON_WANTED, type WebClient, webClient } from '../../support/web-client.js';
import { testConnector } from '../../support/test-connector.js';

export interface ProxiedShop {
  url: string;
  double: ShopwareDouble;
  connector: Connector;
  logged: string[];
  browser(): WebClient;
  /** A browser with a live session. */
  shopping(wish?: CxmlWish): Promise<{ client: WebClient; transmissionId: string }>;
  close(): Promise<void>;
}

export interface ProxiedShopOptions {
  prefix?: string;
  proxy?: StoreProxyOptions;
  store?: Partial<ShopwareStoreOptions>;
  /** A running double; it is not stopped at the end. */
  double?: { double: ShopwareDouble; baseUrl: string };
  database?: { url: string };
  transferHandler?: ConnectorOptions<ConnectorServices>['transferHandler'];
  redisUrl?: string;
  /** Mounted after the proxy. */
  pages?: (app: Express) => void;
}

export const SEALING_SECRET = 'a sealing secret for the proxy tests, long enough';

/** A connector with the Shopware double as its store, and the guarded proxy for its Store API. */
export async function startProxiedShop({
  prefix = '',
  transferHandler,
  proxy,
  store = {},
  double: given,
  database,
  redisUrl,
  pages,
}: ProxiedShopOptions = {}): Promise<ProxiedShop> {
  const double = given?.double ?? new ShopwareDouble();
  const baseUrl = given?.baseUrl ?? (await double.start());
  const http = new UndiciHttp();
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const listening = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = database === undefined ? await testDatabase() : undefined;
  const logged: string[] = [];
  const note = (facts: object, message: string): void => {
    logged.push(
      JSON.stringify({ ...facts, message }, (_, value: unknown) =>
        value instanceof Error ? String(value.stack) : value,
      ),
    );
  };
  const connector = await testConnector({
    database: database ?? own?.database ?? { directory: '' },
    ...(redisUrl === undefined ? {} : { redisUrl }),
    publicUrl: listening + prefix,
    ...(transferHandler === undefined ? {} : { transferHandler }),
    secrets: ['a-secret-for-tests-that-is-long-enough'],
    demo: true,
    log: { debug: note, info: note, warn: note, error: note },
    store: ({ sharedTurns }) =>
      new ShopwareStore({
        sharedTurns,
        baseUrl,
        accessKey: ACCESS_KEY,
        admin: ADMIN,
        salesChannelId: SALES_CHANNEL_ID,
        customer: () => ({ customerNumber: 'C-1001' }),
        sealingSecret: SEALING_SECRET,
        http: http.send,
        classificationFields: { UNSPSC: 'custom_unspsc' },
        ...store,
      }),
  });
  await seedDemo(connector.directory);
  const mount = prefix === '' ? '/' : prefix;
  app.use(mount, connector.router, connector.storeProxy(proxy), connector.routeGuard());
  pages?.(app);
  const browser = (): WebClient => webClient(listening, listening + prefix);
  return {
    url: listening + prefix,
    double,
    connector,
    logged,
    browser,
    async shopping(wish = {}) {
      const startUrl = startUrlOf(await postXml(browser(), setupXml(wish)));
      const client = browser();
      const answer = await client.get(startUrl, JSON_WANTED);
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"active":true')]);
      return { client, transmissionId: idOf(startUrl) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
      await http.close();
      if (given === undefined) await double.stop();
      await own?.drop();
    },
  };
}

export const JSON_SENT = { 'content-type': 'application/json', accept: 'application/json' };
