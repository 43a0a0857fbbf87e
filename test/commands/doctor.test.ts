import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { doctorCommand } from '../../src/commands/doctor-command.js';
import { withDirectory } from '../../src/commands/open-directory.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { serverSettings } from '../../src/config/environment.js';
import { freshData } from '../support/fresh-data.js';

let env: Record<string, string>;
beforeAll(async () => {
  env = { DATA_DIR: await freshData(), LOG_LEVEL: 'silent' };
}, 180_000);
afterAll(() => rm(env['DATA_DIR'] ?? '', { recursive: true, force: true }));

it('doctor reports return origins that never get a cart: http, local or from an earlier release', async () => {
  await withDirectory(serverSettings(env), async ({ tenants, connections }) => {
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    const settings = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
    if (!settings.ok) throw new Error(settings.refusal.reason);
    const add = (connectionId: string, returnOrigins: string[]): Promise<unknown> =>
      connections.save({
        tenantId: 'acme',
        connectionId,
        name: connectionId,
        protocol: 'cxml',
        demo: false,
        settings: { ...settings.value, returnOrigins },
      });
    await add('well', ['https://erp.example.com']);
    await add('loopback', ['https://erp.example.com', 'http://localhost:3000']);
    await add('plain', ['http://erp.example.com']);
  });
  const printed: string[] = [];
  await doctorCommand(
    env,
    (line) => printed.push(line),
    () => undefined,
  ).parseAsync([], { from: 'user' });
  process.exitCode = 0;
  const text = printed.join('\n');
  expect(text).toContain('ok    connection acme/well');
  expect(text).toContain(
    'WRONG connection acme/loopback: returnOrigins: no cart is sent to http://localhost:3000, because it is not https',
  );
  expect(text).toMatch(
    /WRONG connection acme\/plain: .*returnOrigins\.0: must be https.*\n {6}-> punchout connection add acme plain/,
  );
}, 180_000);
