import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe } from '@jest/globals';
import express, { type Express } from 'express';
import type { Knex } from 'knex';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import type { ConnectorOptions } from '../../src/config/options.js';
import type { Connector } from '../../src/connector.js';
import type { ConnectorServices } from '../../src/wiring/connector-services.js';
import { DEMO, seedDemo } from '../../src/demo/seed-demo.js';
import { createStorefront } from '../../src/demo/storefront/create-storefront.js';
import type { CredentialName, SecretKeeping } from '../../src/ports/access/connection-repository.js';
import type { StatementRunner } from '../../src/ports/statement-runner.js';
import { type TestDatabase, testDatabase } from './test-database.js';
import { type WebClient, webClient } from './web-client.js';
import { testConnector } from './test-connector.js';

const SECRET = 'a-secret-for-tests-that-is-long-enough';

export interface ShopOptions {
  /** Public origin; the path is the suite's prefix. Default: the server itself. */
  publicOrigin?: string;
  connector?: Partial<
    Pick<
      ConnectorOptions<ConnectorServices>,
      | 'transferHandler'
      | 'headerlessGet'
      | 'secrets'
      | 'demo'
      | 'restoreReport'
      | 'requestsPerAddress'
      | 'requestsPerStranger'
      | 'docs'
      | 'guard'
      | 'openIdConnect'
      | 'redisUrl'
      | 'texts'
    >
  >;
  /** Proxies that may report the client address (`trust proxy`). */
  trustedProxies?: string[];
  /** Mounted after the guard, before the storefront. */
  pages?: (app: Express, prefix: string) => void;
}

/** A connector with guard, demo store and demo shop in this process. */
export interface RunningShop {
  /** The public URL, including the prefix. */
  url: string;
  /** Of the server itself, which speaks http. */
  port: number;
  prefix: string;
  connector: Connector;
  store: DemoStore;
  knex: Knex;
  query: StatementRunner;
  /** Every log line, as JSON. */
  logged: string[];
  browser(): WebClient;
  /** Saves a buying organisation; `settings` override the defaults. */
  onboard(connection: {
    connectionId: string;
    protocol?: 'cxml' | 'oci';
    settings?: object;
    credential?: CredentialName;
    secret?: string;
  }): Promise<void>;
  /** Saves a middleware's connection; `settings` override the defaults. */
  onboardMiddleware(middleware: {
    tenantId?: string;
    connectionId: string;
    apiKey: string;
    repost: object;
    settings?: object;
    keep?: SecretKeeping;
  }): Promise<void>;
  close(): Promise<void>;
}

export async function startShop(
  database: TestDatabase['database'],
  prefix: string,
  { publicOrigin, connector: options = {}, trustedProxies = [], pages }: ShopOptions = {},
): Promise<RunningShop> {
  const app = express();
  app.set('trust proxy', trustedProxies);
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const listening = `http://127.0.0.1:${port}`;
  const url = (publicOrigin ?? listening) + prefix;
  const logged: string[] = [];
  const note = (facts: object, message: string): void => {
    logged.push(
      JSON.stringify({ ...facts, message }, (_, value: unknown) =>
        value instanceof Error ? String(value.stack) : value,
      ),
    );
  };
  const made: { store?: DemoStore; knex?: Knex; query?: StatementRunner } = {};
  const connector = await testConnector({
    database,
    publicUrl: url,
    secrets: [SECRET],
    demo: true,
    log: { debug: note, info: note, warn: note, error: note },
    store: ({ knex, query, publicUrl }) => {
      made.knex = knex;
      made.query = query;
      return (made.store = belowPrefix(new DemoStore({ query, publicUrl }), prefix));
    },
    ...options,
  });
  const { store, knex, query } = made;
  if (store === undefined || knex === undefined || query === undefined) throw new Error('the connector made no store');
  await seedDemo(connector.directory);

  const mount = prefix === '' ? '/' : prefix;
  app.use(mount, connector.router, connector.routeGuard());
  pages?.(app, prefix);
  app.use(
    mount,
    createStorefront({
      store,
      connector,
      publicUrl: url,
      tenantId: DEMO.tenantId,
      paths: {
        transfer: `${prefix}/agiqon/connector/session/logout?transferred=1`,
        logout: `${prefix}/agiqon/connector/session/logout`,
        returnUnchanged: `${prefix}/agiqon/connector/session/logout?transferred=1&unchanged=1`,
      },
    }),
  );

  return {
    url,
    port,
    prefix,
    connector,
    store,
    knex,
    query,
    logged,
    browser: () => webClient(listening, url),
    async onboard({ connectionId, protocol = 'cxml', settings = {}, credential, secret = DEMO.secret }) {
      const checked = connectionSettings({ returnOrigins: ['https://erp.company.com'], ...settings });
      if (!checked.ok) throw new Error(checked.refusal.reason);
      const { connections } = connector.directory;
      await connections.save({
        tenantId: DEMO.tenantId,
        connectionId,
        name: connectionId,
        protocol,
        demo: false,
        settings: checked.value,
      });
      if (credential === undefined) return;
      await connections.addCredential(DEMO.tenantId, connectionId, credential);
      await connections.addSecret(DEMO.tenantId, connectionId, secret);
    },
    async onboardMiddleware({ tenantId = DEMO.tenantId, connectionId, apiKey, repost, settings = {}, keep }) {
      const checked = connectionSettings({ returnOrigins: ['https://middleware.example.com'], ...settings, repost });
      if (!checked.ok) throw new Error(checked.refusal.reason);
      const { tenants, connections, middlewareKeys } = connector.directory;
      if ((await tenants.find(tenantId)) === undefined)
        await tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
      await connections.save({
        tenantId,
        connectionId,
        name: connectionId,
        protocol: 'repost',
        demo: false,
        settings: checked.value,
      });
      if (!(await middlewareKeys.add(tenantId, connectionId, apiKey, keep))) throw new Error('the key is taken');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
    },
  };
}

/** The demo shop expects the root; its addresses get the prefix. */
function belowPrefix(store: DemoStore, prefix: string): DemoStore {
  const productPath = store.productPath.bind(store);
  const searchPath = store.searchPath.bind(store);
  return Object.defineProperties(store, {
    homePath: { value: `${prefix}/` },
    cartPath: { value: `${prefix}/checkout/cart` },
    searchPath: { value: (query: string) => prefix + searchPath(query) },
    productPath: {
      value: async (...given: Parameters<typeof productPath>) => {
        const path = await productPath(...given);
        return path === undefined ? undefined : prefix + path;
      },
    },
  });
}

/**
 * Runs one suite with everything mounted at `/`, and again under a prefix of two segments: for suites about cookies,
 * redirects and guarded paths, and for those that find other data at each place. It doubles the suite's time.
 */
export function describeMounted(title: string, options: ShopOptions, suite: (shop: () => RunningShop) => void): void {
  describeAt(['', PREFIX], title, options, suite);
}

/** Runs one suite with everything mounted under a prefix of two segments: the harder case for an address. */
export function describeShop(title: string, options: ShopOptions, suite: (shop: () => RunningShop) => void): void {
  describeAt([PREFIX], title, options, suite);
}

const PREFIX = '/einkauf/b2b';

function describeAt(
  prefixes: readonly string[],
  title: string,
  options: ShopOptions,
  suite: (shop: () => RunningShop) => void,
): void {
  const home: { database?: TestDatabase } = {};
  beforeAll(async () => {
    home.database = await testDatabase();
  }, 120_000);
  afterAll(async () => {
    await home.database?.drop();
  });
  describe.each(prefixes.map((prefix) => [prefix === '' ? '/' : 'a prefix', prefix]))(
    `${title}, mounted at %s`,
    (_, prefix) => {
      const running: { shop?: RunningShop } = {};
      beforeAll(async () => {
        if (home.database === undefined) throw new Error('there is no database');
        running.shop = await startShop(home.database.database, prefix, options);
      }, 120_000);
      afterAll(async () => {
        await running.shop?.close();
      });
      suite(() => {
        if (running.shop === undefined) throw new Error('the shop did not start');
        return running.shop;
      });
    },
  );
}
