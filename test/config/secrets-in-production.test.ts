import { afterEach, describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { validateOptions } from '../../src/config/options.js';
import { createConnector } from '../../src/connector.js';

const SECRET = 'a-secret-of-the-operator-of-32-characters';
const HOW =
  /key that signs sessions and seals secrets lies in the database beside what it seals; make one with `openssl rand -base64 48`/;
const store = () => ({}) as never;
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://shop.example.com',
  DATABASE_URL: 'postgres://127.0.0.1/none',
  STORE: 'demo',
  TRUSTED_PROXIES: '10.0.0.5',
};

describe('without secrets the encryption key is stored next to the data that it encrypts', () => {
  afterEach(() => {
    process.env['NODE_ENV'] = 'test';
  });

  it('the server does not start in production, and says which variable to set and how to make one', () => {
    expect(() => serverSettings(PRODUCTION)).toThrow(/- SESSION_SECRET: needed in production; /);
    expect(() => serverSettings(PRODUCTION)).toThrow(HOW);
    expect(serverSettings({ ...PRODUCTION, SESSION_SECRET: SECRET }).secrets).toEqual([SECRET]);
  });

  it('neither does the library', async () => {
    const options = { database: { directory: '/nowhere' }, publicUrl: 'https://shop.example.com', store };
    expect(() => validateOptions(options, true)).toThrow(/- secrets: needed in production \(NODE_ENV\)/);
    expect(() => validateOptions(options, true)).toThrow(HOW);
    expect(() => validateOptions({ ...options, secrets: [SECRET] }, true)).not.toThrow();
    expect(() => validateOptions(options, false)).not.toThrow();
    process.env['NODE_ENV'] = 'production';
    await expect(createConnector(options)).rejects.toThrow(HOW);
  });

  it('development and demo start; a public URL gives a notice', () => {
    expect(serverSettings({})).toMatchObject({ demo: true });
    expect(serverSettings({}).notices).toBeUndefined();
    expect(serverSettings({ DEMO: 'off' }).notices).toBeUndefined();
    expect(serverSettings({ DEMO: 'off', PUBLIC_URL: 'https://shop.example.com' }).notices).toEqual([
      expect.stringMatching(HOW),
    ]);
    expect(
      serverSettings({ DEMO: 'off', PUBLIC_URL: 'https://shop.example.com', SESSION_SECRET: SECRET }).notices,
    ).toBeUndefined();
  });
});
