import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { SETUP, cxmlStatus, setupXml } from '../support/call-ups.js';
import { freshData } from '../support/fresh-data.js';
import { webClient } from '../support/web-client.js';
import { signed } from '../http/connect/signed-calls.js';

const HOOK = { eventName: 'order_created', url: 'http://127.0.0.1:3001/hook' };

let directory: string;
const running: RunningServer[] = [];
const start = async (env: Record<string, string>): Promise<RunningServer> => {
  const server = await startServer(serverSettings({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', ...env }));
  running.push(server);
  return server;
};
const stop = async (): Promise<void> => running.pop()?.stop();

beforeEach(async () => {
  directory = await freshData();
}, 120_000);
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

it('a former demo that is now public: no demo credentials, no virtual buyer, no loopback hook', async () => {
  const demo = await start({});
  expect((await signed(webClient(demo.url, demo.url), '/sdk/hooks', HOOK)).status).toBe(200);
  await stop();

  const server = await start({ PUBLIC_URL: 'https://shop.example.com' });
  const stranger = webClient(server.url, 'https://shop.example.com');
  const calledUp = await stranger.send(SETUP, {
    method: 'POST',
    body: setupXml(),
    headers: { 'content-type': 'text/xml' },
  });
  expect(cxmlStatus(calledUp).code).toBe('401');
  const basic = `Basic ${Buffer.from('demo-client:demo-client-secret').toString('base64')}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answers = await Promise.all([
    signed(stranger, '/sdk/hooks', HOOK),
    stranger.send('/v1/punchout/sessions', { headers: { authorization: 'Bearer demo-api-key' } }),
    stranger.send('/oauth/token', {
      method: 'POST',
      body: 'grant_type=client_credentials',
      headers: { authorization: basic, ...form },
    }),
    stranger.get('/api/punchout/categories?api_key=site-api-key-abc'),
    stranger.send('/virtual-buyer', {}),
    stranger.send('/virtual-buyer/start', { method: 'POST', body: 'protocol=cxml', headers: form }),
    stranger.send('/virtual-buyer/play', { method: 'POST', body: '', headers: form }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 404, 404, 404]);

  const { connectShops } = server.connector.directory;
  await connectShops.save({ tenantId: 'demo', shopId: 77, role: 'supplier', name: 'Real', demo: false });
  await connectShops.addKey('demo', 77, 'a-real-key');
  for (const url of [HOOK.url, 'https://127.0.0.1/', 'https://[::1]/']) {
    for (const [path, body] of [
      ['/sdk/hooks', { ...HOOK, url }],
      ['/sdk/provider/import-url', { url }],
    ] as const)
      expect([path, url, (await signed(stranger, path, body, { shop: '77', key: 'a-real-key' })).status]).toEqual([
        path,
        url,
        400,
      ]);
  }
}, 120_000);
