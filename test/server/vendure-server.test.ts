import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { doctorCommand } from '../../src/commands/doctor-command.js';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { serverStore } from '../../src/wiring/server-store.js';
import { describeVendure, VENDURE_URL } from '../adapters/stores/vendure/open-vendure.js';
import { freshData } from '../support/fresh-data.js';
import { callUpAt } from './call-up-at.js';

describeVendure('STORE=vendure: the server and the doctor', () => {
  let directory: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    directory = await freshData();
    env = {
      STORE: 'vendure',
      VENDURE_URL: `${VENDURE_URL}/shop-api`,
      VENDURE_CHANNEL_TOKEN: 'net',
      VENDURE_FRONTEND_URL: 'https://www.shop.example',
      VENDURE_FIELDS: '{"gtin":"variant:gtin"}',
      VENDURE_ADMIN_USERNAME: 'superadmin',
      VENDURE_ADMIN_PASSWORD: 'superadmin',
      DATA_DIR: directory,
      LOG_LEVEL: 'silent',
    };
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('a whole punchout, the cart filled through /shop-api', async () => {
    const settings = serverSettings(env);
    let server: RunningServer | undefined;
    try {
      server = await startServer({ ...settings, port: 0 });
      const { cookie, location, url } = await callUpAt(server.url, settings.publicUrl);
      expect(location).toBe('https://www.shop.example/');
      const added = await fetch(`${url}/shop-api`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation { addItemToOrder(productVariantId: "1", quantity: 2) { __typename } }',
        }),
      });
      expect([added.status, await added.json()]).toEqual([200, { data: { addItemToOrder: { __typename: 'Order' } } }]);
      const ordered = await fetch(`${url}/shop-api`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation { transitionOrderToState(state: "ArrangingPayment") { __typename } }',
        }),
      });
      expect(ordered.status).toBe(403);
      const transferred = await fetch(`${url}/agiqon/connector/session/logout?transferred=1`, {
        method: 'POST',
        headers: { cookie, accept: 'application/json' },
      });
      expect(
        decodeURIComponent(((await transferred.json()) as { fields: { value: string }[] }).fields[0]?.value ?? ''),
      ).toContain('SKU-PEN');
    } finally {
      await server?.stop();
    }
  }, 120_000);

  it('doctor opens a cart for every connection and reports faults, without secrets', async () => {
    const examine = async (changes: Record<string, string>): Promise<string> => {
      const printed: string[] = [];
      const command = doctorCommand(
        { ...env, ...changes },
        (line) => printed.push(line),
        async ({ store, secrets }, findConnection) =>
          store.kind === 'demo'
            ? undefined
            : serverStore(store, { secrets: secrets ?? ['x'.repeat(32)], findConnection }),
      );
      await command.parseAsync([], { from: 'user' });
      process.exitCode = 0;
      return printed.join('\n');
    };
    const well = await examine({});
    for (const line of ['ok    store vendure', 'ok    store for demo/company-cxml', 'ok    store for demo/company-oci'])
      expect(well).toContain(line);
    expect(await examine({ VENDURE_URL: `${VENDURE_URL}/nowhere` })).toMatch(/WRONG store vendure: .*answered 404/);
    expect(await examine({ VENDURE_URL: 'http://127.0.0.1:9/shop-api' })).toMatch(
      /WRONG store vendure: .*got no answer/,
    );
    expect(await examine({ VENDURE_CHANNEL_TOKEN: 'hunter2' })).toMatch(/WRONG store vendure: .*CHANNEL_NOT_FOUND/);
    expect(await examine({ VENDURE_CHANNEL_TOKEN: 'hunter2' })).not.toContain('hunter2');
    await expect(examine({ VENDURE_FIELDS: '{"price":"x"}' })).resolves.toMatch(/VENDURE_FIELDS: a JSON object/);
  }, 120_000);
});
