import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { doctorCommand } from '../../src/commands/doctor-command.js';
import { withDirectory } from '../../src/commands/open-directory.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { serverSettings } from '../../src/config/environment.js';
import { freshData } from '../support/fresh-data.js';

const PLACEHOLDER = 'cxml.supplier: NetworkId "supplier" is a placeholder: set the identity by which';

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
  const text = await said(env);
  expect(text).toContain('ok    connection acme/well\n');
  expect(text).toContain(`ok    connection acme/well, but not for production: ${PLACEHOLDER}`);
  expect(text).toContain(
    'WRONG connection acme/loopback: returnOrigins.1: no cart is sent to http://localhost:3000, because',
  );
  expect(text).toMatch(
    /WRONG connection acme\/plain: .*returnOrigins\.0: must be https.*\n {6}-> punchout connection add acme plain/,
  );
}, 180_000);

it('doctor reports what production refuses, also before NODE_ENV is set if the public URL is public', async () => {
  const before = await said({ ...env, PUBLIC_URL: 'https://shop.example.com' });
  expect(before).toMatch(/^ok {4}environment\nok {4}environment, but not for production\. The server cannot start:\n/);
  for (const name of ['SESSION_SECRET', 'DATABASE_URL', 'STORE', 'TRUSTED_PROXIES'])
    expect(before).toContain(`\n  - ${name}: needed in production`);

  const settled = {
    ...env,
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://shop.example.com',
    SESSION_SECRET: 'a-secret-of-the-operator-of-32-characters',
    EMBEDDED_DATABASE: 'allow',
    STORE: 'demo',
    TRUSTED_PROXIES: '10.0.0.5',
  };
  expect(await said(settled)).toContain(`WRONG connection acme/well: ${PLACEHOLDER}`);
  expect(await said({ ...settled, TRUSTED_PROXIES: '' })).toMatch(
    /^WRONG environment: The server cannot start:\n {2}- TRUSTED_PROXIES: needed in production: .*; seen: ""\n/,
  );
}, 180_000);

async function said(environment: Record<string, string>): Promise<string> {
  const printed: string[] = [];
  await doctorCommand(
    environment,
    (line) => printed.push(line),
    () => Promise.resolve(undefined),
  ).parseAsync([], { from: 'user' });
  process.exitCode = 0;
  return printed.join('\n');
}
