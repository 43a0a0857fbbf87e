import { describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { createConnector } from '../../src/connector.js';

const SECRET = 'a-secret-of-the-operator-of-32-characters';
const PUBLIC = [
  'https://shop.example.com',
  'http://192.0.2.7:3000',
  'https://127.0.0.1.example.com',
  'https://localhost.example.com',
  'https://mylocalhost',
  'http://[fd00::1]:3000',
  'http://0.0.0.0:3000',
  'http://10.0.0.1',
];
const LOOPBACK = [
  'http://127.0.0.1:3000',
  'http://localhost:3000',
  'http://LOCALHOST',
  'http://[::1]:3000',
  'https://shop.localhost',
  'http://127.1.2.3',
];

describe('the demo runs on loopback only: HOST and PUBLIC_URL', () => {
  it('is on in an empty environment', () => {
    expect(serverSettings({})).toMatchObject({ demo: true, publicUrl: 'http://127.0.0.1:3000' });
    expect(serverSettings({}).notices).toBeUndefined();
  });

  it.each(LOOPBACK)('is on for %s', (publicUrl) => {
    for (const DEMO of [undefined, 'on'])
      expect(serverSettings({ PUBLIC_URL: publicUrl, DEMO })).toMatchObject({ demo: true });
  });

  it.each(PUBLIC)('is off for %s, with a notice of the remedy; DEMO=on is refused', (publicUrl) => {
    const { demo, notices } = serverSettings({ PUBLIC_URL: publicUrl, SESSION_SECRET: SECRET });
    expect([demo, notices]).toEqual([
      false,
      [
        'The demo is off, since PUBLIC_URL is not loopback. To see it, unset PUBLIC_URL; to have no demo ' +
          'anywhere, set DEMO=off.',
      ],
    ]);
    expect(() => serverSettings({ PUBLIC_URL: publicUrl, DEMO: 'on' })).toThrow(
      'DEMO: the demo has well-known credentials and runs on loopback only, and PUBLIC_URL says that others ' +
        'reach it; unset DEMO or PUBLIC_URL',
    );
    expect(serverSettings({ PUBLIC_URL: publicUrl, DEMO: 'off', SESSION_SECRET: SECRET }).notices).toBeUndefined();
  });

  it('is off on another HOST, with a notice', () => {
    expect(serverSettings({ HOST: '0.0.0.0' })).toMatchObject({
      demo: false,
      notices: [expect.stringContaining('since HOST is not loopback')],
    });
    expect(() => serverSettings({ HOST: '0.0.0.0', DEMO: 'on' })).toThrow(/DEMO: .* unset DEMO or HOST/);
  });

  it.each(PUBLIC)('the library refuses demo: true for %s', async (publicUrl) => {
    const store = { homePath: '/' } as never;
    await expect(
      createConnector({ database: { directory: '/nowhere' }, publicUrl, store, demo: true }),
    ).rejects.toThrow(/demo: has well-known credentials and runs on loopback only/);
  });
});
