import { rm } from 'node:fs/promises';
import { afterEach, expect, it } from '@jest/globals';
import { withDirectory } from '../../src/commands/open-directory.js';
import { settingsOf } from '../../src/config/connection-settings.js';
import { serverSettings } from '../../src/config/environment.js';
import { startServer } from '../../src/server.js';
import { freshData } from '../support/fresh-data.js';

afterEach(() => {
  process.env['NODE_ENV'] = 'test';
});

it('a production server logs saved settings that only fit a demo, and starts', async () => {
  const directory = await freshData();
  const settings = serverSettings({
    NODE_ENV: 'production',
    DATA_DIR: directory,
    EMBEDDED_DATABASE: 'allow',
    SESSION_SECRET: 'a-secret-of-the-operator-of-32-characters',
    PUBLIC_URL: 'https://punchout.example.com',
    STORE: 'demo',
    TRUSTED_PROXIES: '10.0.0.5',
    PORT: '0',
  });
  await withDirectory(settings, async ({ tenants, connections }) => {
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    for (const protocol of ['cxml', 'oci'] as const) {
      const checked = settingsOf({ returnOrigins: ['https://erp.example.com'] }, protocol);
      if (!checked.ok) throw new Error(checked.refusal.reason);
      const connection = { tenantId: 'acme', connectionId: protocol, name: protocol, protocol, demo: false };
      await connections.save({ ...connection, settings: checked.value });
    }
  });
  process.env['NODE_ENV'] = 'production';
  const warned: object[] = [];
  const ignore = (): void => undefined;
  const server = await startServer(settings, {
    debug: ignore,
    info: ignore,
    warn: (facts) => void warned.push(facts),
    error: ignore,
  });
  await server.stop();
  await rm(directory, { recursive: true, force: true });
  expect(warned).toEqual([
    { tenant: 'acme', connection: 'cxml', faults: [expect.objectContaining({ path: 'cxml.supplier' })] },
  ]);
}, 120_000);
