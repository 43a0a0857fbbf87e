import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { validateOptions } from '../../src/config/options.js';
import { createConnector } from '../../src/connector.js';
import { withDirectory } from '../../src/commands/open-directory.js';
import { freshData } from '../support/fresh-data.js';
import { startShop } from '../support/running-shop.js';

const SECRET = 'a-secret-of-the-operator-of-32-characters';
const HOW =
  /key that signs sessions and seals secrets lies in the database beside what it seals; make one with `openssl rand -base64 48`/;
const store = { homePath: '/' } as never;
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://shop.example.com',
  DATABASE_URL: 'postgres://127.0.0.1/none',
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

describe('an installation that gets secrets later', () => {
  it('decrypts older data, and encrypts with the new secrets', async () => {
    const directory = await freshData();
    const shopWith = (secrets?: string[]) => startShop({ directory }, '', { connector: { secrets } });
    try {
      const before = await shopWith();
      await before.connector.directory.connections.addSecret('demo', 'company-cxml', 'kept-for-mac', 'recoverable');
      await before.close();

      const after = await shopWith([SECRET]);
      const { connections, connectShops } = after.connector.directory;
      expect(await connections.recoverableSecrets('demo', 'company-cxml')).toEqual(['kept-for-mac']);
      expect((await connectShops.findSigner(1))?.keys).toEqual(['demo-connect-key']);
      await connectShops.addKey('demo', 1, 'a-new-key');
      await after.close();

      // The command line reads the same from SESSION_SECRET.
      const keys = (secrets: string[]): Promise<string[] | undefined> =>
        withDirectory(
          { database: { directory }, secrets },
          async (opened) => (await opened.connectShops.findSigner(1))?.keys,
        );
      expect(await keys([SECRET])).toEqual(['demo-connect-key', 'a-new-key']);
      expect(await keys(['another-secret-of-at-least-32-characters'])).toEqual(['demo-connect-key']);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }, 120_000);
});
