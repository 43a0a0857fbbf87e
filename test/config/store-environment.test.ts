import { describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { code, codeBlock, read, table } from '../docs/markdown.js';

const SHOPWARE = {
  STORE: 'shopware',
  SHOPWARE_URL: 'https://shop.example.com/',
  SHOPWARE_ACCESS_KEY: 'SWSCKEY',
  SHOPWARE_CLIENT_ID: 'SWIAID',
  SHOPWARE_CLIENT_SECRET: 'top-secret',
};

describe('STORE in the environment', () => {
  it('is the demo shop by default', () => {
    expect(serverSettings({}).store).toEqual({ kind: 'demo' });
    expect(() => serverSettings({ STORE: 'magento' })).toThrow(/STORE: one of demo, shopware, vendure/);
  });

  it('a Shopware shop', () => {
    expect(serverSettings(SHOPWARE).store).toEqual({
      kind: 'shopware',
      url: 'https://shop.example.com',
      accessKey: 'SWSCKEY',
      clientId: 'SWIAID',
      clientSecret: 'top-secret',
      session: 'switch-customer',
      passwords: {},
    });
    expect(
      serverSettings({
        ...SHOPWARE,
        SHOPWARE_CUSTOMER: 'buyer@acme.test',
        SHOPWARE_SESSION: 'guest-clone',
        SHOPWARE_FRONTEND_URL: 'https://www.example.com',
        SHOPWARE_PRODUCT_PATH: '/p/{number}',
        SHOPWARE_PASSWORDS: '{"acme/erp":"x"}',
      }).store,
    ).toMatchObject({
      customer: { email: 'buyer@acme.test' },
      session: 'guest-clone',
      frontendUrl: 'https://www.example.com',
      productPath: '/p/{number}',
      passwords: { 'acme/erp': 'x' },
    });
    expect(serverSettings({ ...SHOPWARE, SHOPWARE_CUSTOMER: 'C-1' }).store).toMatchObject({
      customer: { number: 'C-1' },
    });
  });

  it('RESTORE_REPORT is page, shop or not set; anything else is refused', () => {
    expect(
      [undefined, 'page', 'shop'].map((said) => serverSettings({ ...SHOPWARE, RESTORE_REPORT: said }).restoreReport),
    ).toEqual([undefined, 'page', 'shop']);
    for (const said of ['', 'Shop', 'none'])
      expect(() => serverSettings({ RESTORE_REPORT: said })).toThrow(/RESTORE_REPORT: page or shop/);
  });

  it("a Shopware shop's fields, units and time-outs; a Vendure shop's time-outs", () => {
    const more = {
      SHOPWARE_CLASSIFICATION_FIELDS: '{"UNSPSC":"custom_unspsc"}',
      SHOPWARE_UNITS: '{"Dose":"CA"}',
      SHOPWARE_UNIT_FIELD: 'custom_unit',
      SHOPWARE_REQUEST_MS: '4000',
      SHOPWARE_OPERATION_MS: '8000',
    };
    expect(serverSettings({ ...SHOPWARE, ...more }).store).toMatchObject({
      classificationFields: { UNSPSC: 'custom_unspsc' },
      units: { dose: 'CA' },
      unitField: 'custom_unit',
      timeouts: { requestMs: 4000, operationMs: 8000 },
    });
    expect(
      serverSettings({
        STORE: 'vendure',
        VENDURE_URL: 'https://shop.example.com/shop-api',
        VENDURE_OPERATION_MS: '9000',
      }).store,
    ).toMatchObject({ timeouts: { operationMs: 9000 } });
    for (const [name, value] of [
      ['SHOPWARE_CLASSIFICATION_FIELDS', '["x"]'],
      ['SHOPWARE_CLASSIFICATION_FIELDS', '{"UNSPSC":1}'],
      ['SHOPWARE_UNITS', '{"dose":"can"}'],
      ['SHOPWARE_UNIT_FIELD', 'a b'],
      ['SHOPWARE_REQUEST_MS', '5'],
      ['SHOPWARE_OPERATION_MS', '1e4'],
      ['STORE_PROXY_WITHOUT_SESSION', 'no'],
    ] as const) {
      expect(() => serverSettings({ ...SHOPWARE, [name]: value })).toThrow(new RegExp(`- ${name}: `));
    }
  });

  it('requests without a punchout pass the store proxy unless STORE_PROXY_WITHOUT_SESSION refuses them', () => {
    expect(serverSettings(SHOPWARE).proxyWithoutSession).toBeUndefined();
    expect(serverSettings({ ...SHOPWARE, STORE_PROXY_WITHOUT_SESSION: 'refuse' }).proxyWithoutSession).toBe('refuse');
  });

  it('reports all faults at once, without passwords', () => {
    const env = {
      STORE: 'shopware',
      SHOPWARE_URL: 'ftp://user:hidden-1@shop',
      SHOPWARE_CLIENT_ID: ' ',
      SHOPWARE_FRONTEND_URL: 'www',
      SHOPWARE_SESSION: 'guest',
      SHOPWARE_SALES_CHANNEL_ID: 'main',
      SHOPWARE_PASSWORDS: '{"hidden-4"',
      SHOPWARE_PRODUCT_PATH: 'p/{id}',
      SHOPWARE_SEARCH_PATH: '/search',
      PORT: '-1',
    };
    let message = '';
    try {
      serverSettings(env);
    } catch (error) {
      message = String(error);
    }
    expect([...message.matchAll(/^ {2}- (\w+):/gm)].map(([, name = '']) => name).toSorted()).toEqual([
      'PORT',
      'SHOPWARE_ACCESS_KEY',
      'SHOPWARE_CLIENT_ID',
      'SHOPWARE_CLIENT_SECRET',
      'SHOPWARE_FRONTEND_URL',
      'SHOPWARE_PASSWORDS',
      'SHOPWARE_PRODUCT_PATH',
      'SHOPWARE_SALES_CHANNEL_ID',
      'SHOPWARE_SEARCH_PATH',
      'SHOPWARE_SESSION',
      'SHOPWARE_URL',
    ]);
    expect(message).not.toContain('hidden');
  });

  it('docs/shopware.md has a row for each variable', () => {
    const names = [
      ...read('src/config/store-environment.ts').matchAll(/\b(SHOPWARE_[A-Z_]+)'\]|needed\('(SHOPWARE_[A-Z_]+)'/g),
    ].map(([, indexed, needed]) => indexed ?? needed ?? '');
    expect(
      table('docs/shopware.md', 'variable')
        .map(([name]) => code(name))
        .toSorted(),
    ).toEqual([...new Set(names)].toSorted());
  });

  it('the settings in docs/shopware.md are valid: classification by mapping, units, GTIN', () => {
    const text = codeBlock('docs/shopware.md', 'examples/shopware-settings.json');
    expect(text).toBe(read('examples/shopware-settings.json'));
    expect(connectionSettings(JSON.parse(text))).toMatchObject({ ok: true });
  });

  it('a Vendure shop', () => {
    const env = {
      STORE: 'vendure',
      VENDURE_URL: 'https://shop.example.com/shop-api/',
      VENDURE_FIELDS: '{"gtin":"variant:gtin","classifications":{"UNSPSC":"facet:unspsc"}}',
      VENDURE_PRICE_DIGITS: '2',
      VENDURE_PRODUCT_PATH: '/p/{slug}',
      VENDURE_CHANNEL_TOKEN: 'b2b',
      VENDURE_SHIPPING_METHOD: 'std',
      VENDURE_FRONTEND_URL: 'https://www.example.com',
    };
    expect(serverSettings(env).store).toEqual({
      kind: 'vendure',
      shopApiUrl: 'https://shop.example.com/shop-api',
      channelToken: 'b2b',
      frontendUrl: 'https://www.example.com',
      fields: { gtin: 'variant:gtin', classifications: { UNSPSC: 'facet:unspsc' } },
      priceDigits: 2,
      productPath: '/p/{slug}',
      shippingMethod: 'std',
    });
    for (const [name, value] of [
      ['VENDURE_URL', 'shop-1'],
      ['VENDURE_FIELDS', '{"gtin":"hidden"}'],
      ['VENDURE_FIELDS', '{"price":"variant:x"}'],
      ['VENDURE_FIELDS', '{'],
      ['VENDURE_PRICE_DIGITS', 'two'],
      ['VENDURE_SEARCH_PATH', '/search'],
      ['VENDURE_CART_PATH', '//evil'],
      ['VENDURE_FRONTEND_URL', 'www'],
      ['VENDURE_ADMIN_URL', 'admin'],
    ] as const) {
      expect(() => serverSettings({ ...env, [name]: value })).toThrow(new RegExp(`- ${name}: `));
    }
  });

  it('the administrator of a Vendure shop, complete or absent', () => {
    const env = {
      STORE: 'vendure',
      VENDURE_URL: 'https://shop.example.com/shop-api',
      VENDURE_ADMIN_USERNAME: 'punchout',
      VENDURE_ADMIN_PASSWORD: 'hidden',
    };
    expect(serverSettings({ ...env, VENDURE_ADMIN_URL: 'https://shop.example.com/admin/' }).store).toMatchObject({
      admin: { username: 'punchout', password: 'hidden', url: 'https://shop.example.com/admin' },
    });
    expect(() => serverSettings({ ...env, VENDURE_ADMIN_PASSWORD: undefined })).toThrow(
      'VENDURE_ADMIN_USERNAME and VENDURE_ADMIN_PASSWORD: both, or none of them',
    );
  });

  it('docs/vendure.md has a row for each variable', () => {
    const names = new Set(read('src/config/vendure-environment.ts').match(/(?<=')VENDURE_[A-Z_]+(?=')/g));
    expect(
      table('docs/vendure.md', 'variable')
        .map(([name]) => code(name))
        .toSorted(),
    ).toEqual([...names].toSorted());
  });
});
