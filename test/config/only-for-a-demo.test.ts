import { afterEach, describe, expect, it } from '@jest/globals';
import { settingsOf } from '../../src/config/connection-settings.js';
import { serverSettings } from '../../src/config/environment.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://punchout.example.com',
  DATABASE_URL: 'postgres://127.0.0.1/none',
  SESSION_SECRET: 'a-secret-of-the-operator-of-32-characters',
  TRUSTED_PROXIES: '10.0.0.5',
  STORE: 'demo',
};

describe('the server in production refuses what only fits a demo', () => {
  it.each([
    [
      'no shop is chosen',
      { STORE: undefined },
      /- STORE: needed in production, shopware or vendure; .*; seen: nothing/,
    ],
    [
      'no proxy is trusted',
      { TRUSTED_PROXIES: undefined },
      /- TRUSTED_PROXIES: needed in production: .* e\.g\. 10\.0\.0\.0\/8; seen/,
    ],
    [
      'the list of proxies is empty',
      { TRUSTED_PROXIES: ' , ' },
      /- TRUSTED_PROXIES: needed in production: .*; seen: " , "/,
    ],
    [
      'buyers would come by http',
      { PUBLIC_URL: 'http://punchout.example.com' },
      /- PUBLIC_URL: must be https in production/,
    ],
    ['the demo is on', { DEMO: 'on' }, /- DEMO: not in production; seen: "on"/],
  ])('if %s', (_, wrong, sentence) => {
    expect(() => serverSettings({ ...PRODUCTION, ...wrong })).toThrow(sentence);
  });

  it('all at once, and starts with what is needed', () => {
    expect(() => serverSettings({ NODE_ENV: 'production' })).toThrow(
      /DATABASE_URL[^]*SESSION_SECRET[^]*PUBLIC_URL[^]*STORE[^]*TRUSTED_PROXIES/,
    );
    expect(serverSettings(PRODUCTION)).toMatchObject({ demo: false, trustedProxies: ['10.0.0.5'] });
  });

  it('the demo needs none of it', () => {
    expect(serverSettings({})).toMatchObject({ demo: true, store: { kind: 'demo' }, trustedProxies: [] });
  });
});

describe('settings of a connection that only fit a demo', () => {
  const supplier = { domain: 'DUNS', identity: '123456789' };
  const plain = { returnOrigins: ['https://erp.example.com', 'http://localhost:3000'], cxml: { supplier } };
  const unnamed = { returnOrigins: ['https://erp.example.com'] };
  const both = { returnOrigins: ['http://127.0.0.1'] };
  afterEach(() => {
    process.env['NODE_ENV'] = 'test';
  });

  it('are not saved in production: http in returnOrigins, a placeholder for the supplier', () => {
    const faults = (settings: object): string[] => {
      const checked = settingsOf(settings, 'cxml', true);
      return checked.ok ? [] : (checked.refusal.faults ?? []).map(({ path }) => path);
    };
    expect(faults(plain)).toEqual(['returnOrigins.1']);
    expect(faults(unnamed)).toEqual(['cxml.supplier']);
    expect(faults(both)).toEqual(['returnOrigins.0', 'cxml.supplier']);
    expect(faults({ ...unnamed, cxml: { supplier } })).toEqual([]);
    expect(settingsOf(unnamed, 'oci', true)).toMatchObject({ ok: true });
  });

  it('are refused with value and cure, by the variable NODE_ENV', () => {
    process.env['NODE_ENV'] = 'production';
    expect(settingsOf(both, 'cxml')).toMatchObject({
      ok: false,
      refusal: {
        code: 'INVALID_REQUEST',
        reason:
          'returnOrigins.0: no cart is sent to http://127.0.0.1, because it is not https: write its https address; ' +
          'cxml.supplier: NetworkId "supplier" is a placeholder: set the identity by which the buyer knows ' +
          'you, the To of its call-ups, such as { "domain": "DUNS", "identity": "123456789" }',
      },
    });
  });

  it('are saved elsewhere', () => {
    for (const settings of [plain, unnamed, both]) expect(settingsOf(settings, 'cxml')).toMatchObject({ ok: true });
  });
});
