import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { SESSION, cartFields, put } from '../support/call-ups.js';
import { freshData } from '../support/fresh-data.js';
import { HTML, JSON_WANTED, webClient } from '../support/web-client.js';

let directory: string;
let server: RunningServer;
let publicUrl: string;
beforeAll(async () => {
  directory = await freshData();
  // It calls the server by its public address.
  const settings = serverSettings({ DATA_DIR: directory, LOG_LEVEL: 'silent', PORT: String(await freePort()) });
  ({ publicUrl } = settings);
  server = await startServer(settings);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

it('the virtual buyer orders the returned cart, and shows the answer of the shop', async () => {
  const buyer = webClient(server.url, publicUrl);
  const started = await fetchForm('/virtual-buyer/start', { protocol: 'cxml' });
  const start = /<iframe[^>]* src="([^"]+)"/.exec(started)?.[1]?.replaceAll('&#38;', '&') ?? '';
  expect((await buyer.get(start.replace(publicUrl, ''), JSON_WANTED)).json()).toMatchObject({ active: true });
  await put(buyer, 'SKU-001', 2);
  const returned = await fetchForm(
    '/virtual-buyer/return',
    cartFields(await buyer.post(`${SESSION}/logout?transferred=1`, '', HTML)),
  );
  expect(returned).toContain('Order this cart');
  const document = cartFields({ text: returned } as never)['document'] ?? '';
  expect(document).toContain('<PunchOutOrderMessage>');
  const ordered = await fetchForm('/virtual-buyer/order', { document });
  expect(ordered).toContain('The shop has the order');
  expect(ordered).toContain('Status 200');
  expect(ordered).not.toContain('SecretPassword123');
  expect(ordered).toContain('>same</span>');
  const more = await fetchForm('/virtual-buyer/order', { document, quantity: '3', price: '499,99' });
  expect(more).toContain('quantity differs');
  expect(more).not.toContain('price differs');
  const dearer = await fetchForm('/virtual-buyer/order', { document: document.replaceAll('499.99', '0.01') });
  expect(dearer).toContain('is not the cart that was sent');
  expect(await fetchForm('/virtual-buyer/order', { document: 'x' })).toContain('There is no cart to order.');
}, 60_000);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function fetchForm(path: string, fields: Record<string, string>): Promise<string> {
  const answer = await fetch(server.url + path, { method: 'POST', body: new URLSearchParams(fields) });
  return answer.text();
}
