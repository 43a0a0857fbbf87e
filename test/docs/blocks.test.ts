import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Module, SourceTextModule, SyntheticModule, createContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { tenantSettings } from '../../src/config/tenant-settings.js';
import { ERROR_CODES } from '../../src/domain/error-codes.js';
import { validateSetupBody } from '../../src/http/gateway/setup/json-setup-route.js';
import type { OwnTexts } from '../../src/domain/buyer-texts/buyer-texts.js';
import { ownTexts } from '../../src/config/texts/own-texts.js';
import { ITALIAN } from '../support/own-texts.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { serverSettings } from '../../src/config/environment.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { DOCUMENTS, codeBlock, codeBlocks } from './markdown.js';

jest.setTimeout(120_000);

/** Documents whose blocks run. A block without a language is a drawing. */
const RUNNING = DOCUMENTS.filter((document) => /^(?:README\.md|docs\/|src\/ports\/)/.test(document));
const blocks = RUNNING.flatMap((document) =>
  codeBlocks(document)
    .filter(({ language }) => !['', 'text'].includes(language))
    .map((block) => ({ document, ...block })),
);

describe('blocks of README and docs', () => {
  it('each has a name, and each name stands in a test of this folder or is a file', () => {
    const tests = readdirSync('test/docs')
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join('test/docs', file), 'utf8'))
      .join('\n');
    const untested = blocks.filter(({ name }) => !name.startsWith('examples/') && !tests.includes(`'${name}'`));
    expect(untested.map(({ document, name, text }) => `${document}: ${name || text}`)).toEqual([]);
  });

  it('the settings for an OpenID provider are accepted as they stand', () => {
    const block = codeBlock('docs/console.md', 'openid-settings');
    const lines = [...block.matchAll(/^export (\w+)="?([^"\n]*)"?$/gm)];
    const { openIdConnect } = serverSettings(Object.fromEntries(lines.map(([, name, value]) => [name, value])));
    expect(openIdConnect).toMatchObject({ clientId: 'punchout-console', name: 'Company login' });
  });

  it('those named after a file show it as it is', () => {
    const files = blocks.filter(({ name }) => name.startsWith('examples/'));
    expect(files.length).toBeGreaterThan(6);
    for (const { name, text } of files) expect([name, text]).toEqual([name, readFileSync(name, 'utf8')]);
  });
});

describe('JSON in the documents', () => {
  const json = (document: string, name: string): unknown => JSON.parse(codeBlock(document, name));

  it('settings of a connection and of a tenant are valid', () => {
    for (const [document, name] of [
      ['docs/reference/settings.md', 'examples/oci-settings.json'],
      ['docs/customers.md', 'connection-customers'],
      ['docs/catalogues.md', 'index-schedule'],
      ['docs/catalogues.md', 'index-schedule-addresses'],
      ['docs/shopware.md', 'shopware-connection'],
      ['docs/shopware.md', 'examples/shopware-settings.json'],
    ] as const)
      expect([name, connectionSettings(json(document, name))]).toEqual([name, expect.objectContaining({ ok: true })]);
    expect(tenantSettings(json('docs/access.md', 'examples/tenant-settings.json'))).toMatchObject({ ok: true });
  });

  it('the JSON call-up is valid', () => {
    expect(validateSetupBody(json('docs/reference/addresses.md', 'setup-body'))).toMatchObject({ ok: true });
  });

  it('the texts of a server are accepted', () => {
    expect(ownTexts(json('docs/library.md', 'texts-file'), 'texts')).toEqual([]);
  });

  it('answers are JSON, and their codes exist', () => {
    const { error } = json('docs/frontends.md', 'cart-changed') as { error: { code: string } };
    expect(Object.keys(ERROR_CODES)).toContain(error.code);
    expect(json('docs/middleware.md', 'clone-answer')).toMatchObject({ status: 'ok', sso_url: expect.any(String) });
  });
});

describe('docs/frontends.md: code for frameworks that are not installed here, with their part played', () => {
  it('the Nuxt middleware sends the buyer from a blocked page to the cart', async () => {
    const { default: middleware } = await runModule<(to: { path: string }) => Promise<unknown>>('nuxt-middleware', {
      defineNuxtRouteMiddleware: (handler: unknown) => handler,
      usePunchout: () => ({ decide: async (path: string) => ({ blocked: path === '/checkout/confirm' }) }),
      navigateTo: (path: string) => ({ to: path }),
    });
    expect(await middleware({ path: '/checkout/confirm' })).toEqual({ to: '/cart' });
    expect(await middleware({ path: '/products' })).toBeUndefined();
  });

  it("Shopware's client is given the connector's address", async () => {
    const { apiClient } = await runModule('shopware-client', {}, { createAPIClient: (options: unknown) => options });
    expect(apiClient).toMatchObject({ baseURL: expect.stringMatching(/^https:\/\/[\w.]+\/store-api$/) });
  });
});

describe('docs/orders.md: a shop records an order; docs/library.md: and speaks to its buyers', () => {
  let database: TestDatabase;
  let shop: RunningShop;
  beforeAll(async () => {
    database = await testDatabase();
    const block = `${codeBlock('docs/library.md', 'own-texts')}\nexport { texts };`;
    const { texts } = await evaluate(block, { ITALIAN });
    shop = await startShop(database.database, '', { connector: { texts: texts as OwnTexts } });
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  it.each([
    ['de', 'Rufen Sie uns an: 0800 1234.', 'Diese Sitzung kennen wir nicht'],
    ['nl, it-CH;q=0.9, de;q=0.8', ITALIAN.errors.TRANSMISSION_NOT_FOUND.hint, ITALIAN.reference],
  ])('in %s, in its own words', async (language, ...words) => {
    const headers = { Accept: 'text/html', 'Accept-Language': language };
    const page = await fetch(`${shop.url}/agiqon/connector/session/login/demo_none?token=x`, { headers });
    const oci = await fetch(`${shop.url}/v1/punchout/return/demo_none?token=x`, { headers });
    for (const answer of [page, oci]) {
      const html = await answer.text();
      for (const word of words) expect([answer.status, html]).toEqual([404, expect.stringContaining(word)]);
    }
  });

  it('which is accepted', async () => {
    const { directory } = shop.connector;
    await directory.tenants.save({ tenantId: 'acme', name: 'Acme Tools', settings: { frontendOrigins: [] } });
    const settings = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
    if (!settings.ok) throw new Error('the settings are refused');
    await directory.connections.save({
      tenantId: 'acme',
      connectionId: 'erp',
      name: 'Big Buyer',
      protocol: 'cxml',
      demo: false,
      settings: settings.value,
    });
    const text = `${codeBlock('docs/orders.md', 'record-order')}\nexport { outcome };`;
    const context = { connector: shop.connector, transmissionId: 'acme_none' };
    const { outcome } = await evaluate(text, context);
    expect(outcome).toMatchObject({
      ok: true,
      value: { repeated: false, orders: [{ orderKey: 'shop-10042', merchantOrderId: '4500012345' }] },
    });
  });
});

type Exports<Default> = Record<string, unknown> & { default: Default };

const runModule = <Default>(name: string, globals: object, imports: Record<string, unknown> = {}) =>
  evaluate<Default>(codeBlock('docs/frontends.md', name), globals, imports);

/** What a module exports that sees these globals; whatever it imports has these exports. */
async function evaluate<Default>(
  text: string,
  globals: object,
  imports: Record<string, unknown> = {},
): Promise<Exports<Default>> {
  const context = createContext(globals);
  const module = new SourceTextModule(text, { context });
  const link = (): Module =>
    new SyntheticModule(
      Object.keys(imports),
      function set(this: SyntheticModule) {
        for (const [key, value] of Object.entries(imports)) this.setExport(key, value);
      },
      { context },
    );
  await module.link(link);
  await module.evaluate();
  return module.namespace as Exports<Default>;
}
