import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from '@jest/globals';
import { oauthClients } from '../../src/adapters/postgres/access/middleware-keys.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { auditLog } from '../../src/adapters/postgres/history/audit-chain.js';
import { sites } from '../../src/adapters/postgres/context/session-contexts.js';
import { customerTokens } from '../../src/adapters/tokens.js';
import { fitsHash, hashSecret } from '../../src/adapters/secrets/scrypt-secret-verifier.js';
import { clientsCommand } from '../../src/commands/clients-command.js';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { customersCommand } from '../../src/commands/customers-command.js';
import { sitesCommand } from '../../src/commands/sites-command.js';
import { describeOnDatabases } from '../contracts/databases.js';

describeOnDatabases('punchout clients, sites, customers', (database) => {
  const TENANT = 'managed';
  async function run(command: (context: CommandContext) => Command, ...argv: string[]): Promise<string[]> {
    const directory = {
      tenants: tenantRepository(database()),
      oauthClients: oauthClients(database(), hashSecret),
      sites: sites(database()),
      audit: auditLog(database()),
    } as Directory;
    await directory.tenants.save({
      tenantId: TENANT,
      name: TENANT,
      settings: (await directory.tenants.find(TENANT))?.settings ?? { frontendOrigins: [] },
    });
    const lines: string[] = [];
    const context: CommandContext = {
      directory: (act) => act(directory),
      print: (line) => void lines.push(line),
      readText: (path) => readFile(path, 'utf8'),
    };
    await command(context)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
      .parseAsync(argv, { from: 'user' });
    return lines;
  }

  it('a client: its secret is shown once and stored as a hash; rotated, listed, revoked', async () => {
    const [made] = await run(clientsCommand, 'create', TENANT, 'erp-client', '--name', 'ERP');
    const secret = /shown only now: (\S+)$/.exec(made ?? '')?.[1] ?? '';
    const stored = await oauthClients(database(), hashSecret).find('erp-client');
    expect([secret.length > 30, await fitsHash(secret, stored?.secretHashes[0] ?? '')]).toEqual([true, true]);
    expect((await run(clientsCommand, 'list', TENANT)).join()).not.toContain(secret);
    const [rotated] = await run(clientsCommand, 'rotate', TENANT, 'erp-client');
    expect(rotated).not.toContain(secret);
    expect((await oauthClients(database(), hashSecret).find('erp-client'))?.secretHashes).toHaveLength(2);
    expect(await run(clientsCommand, 'revoke', TENANT, 'erp-client')).toEqual(['Client erp-client is revoked.']);
    expect(await run(clientsCommand, 'list', TENANT)).toEqual([
      expect.stringMatching(/^CLIENT +SCOPES +CONNECTION +STATE +NAME$/),
      expect.stringMatching(/^erp-client .*revoked +ERP$/),
    ]);
    expect(JSON.parse((await run(clientsCommand, 'list', TENANT, '--json')).join('\n'))).toEqual([
      expect.objectContaining({ clientId: 'erp-client', revoked: true }),
    ]);
    await expect(run(clientsCommand, 'rotate', TENANT, 'erp-client')).rejects.toThrow('There is no active client');
    await expect(run(clientsCommand, 'revoke', TENANT, 'erp-client')).rejects.toThrow('There is no active client');
  });

  it('faults of a client are reported', async () => {
    await expect(run(clientsCommand, 'create', TENANT, 'x', '--name', 'X')).rejects.toThrow('is no client id');
    await expect(run(clientsCommand, 'create', TENANT, 'erp', '--name', 'X', '--scopes', 'all')).rejects.toThrow(
      '--scopes: sessioncontext.context_manage',
    );
    await expect(run(clientsCommand, 'create', 'nobody', 'erp', '--name', 'X')).rejects.toThrow(
      'Next: punchout tenant add nobody',
    );
  });

  it('sites: added, the first is the default, changed, removed; codes are checked', async () => {
    expect(await run(sitesCommand, 'list', TENANT)).toEqual([
      `${TENANT} has no site yet. Next: punchout sites add ${TENANT} <code> --help`,
    ]);
    await expect(run(sitesCommand, 'list', 'manage')).rejects.toThrow('did you mean managed?');
    const add = (code: string, ...more: string[]): Promise<string[]> =>
      run(sitesCommand, 'add', TENANT, code, '--name', code, '--country', 'DE', '--currency', 'EUR', ...more);
    await add('main', '--more-currencies', 'CHF, USD,CHF', '--languages', 'de,en');
    await add('ch');
    expect(await run(sitesCommand, 'list', TENANT)).toEqual([
      expect.stringMatching(/^SITE +COUNTRY +CURRENCIES +LANGUAGES +DEFAULT +NAME$/),
      expect.stringMatching(/^main +DE +EUR,CHF,USD +de,en +default +main$/),
      expect.stringMatching(/^ch +DE +EUR +any +- +ch$/),
    ]);
    await add('ch', '--default');
    expect((await run(sitesCommand, 'list', TENANT)).filter((line) => line.includes('default'))).toEqual([
      expect.stringMatching(/^ch /),
    ]);
    await expect(add('us', '--more-currencies', 'EURO')).rejects.toThrow('"EURO" is no currency of ISO 4217');
    await expect(add('us', '--languages', 'de_DE_x')).rejects.toThrow('is no language tag');
    await expect(
      run(sitesCommand, 'add', TENANT, 'us', '--name', 'x', '--country', 'XX', '--currency', 'USD'),
    ).rejects.toThrow('"XX" is no country of ISO 3166-1');
    expect(await run(sitesCommand, 'remove', TENANT, 'ch')).toEqual(['Site ch is removed.']);
    await expect(run(sitesCommand, 'remove', TENANT, 'ch')).rejects.toThrow('There is no site ch');
  });

  it('customers: a test key makes valid tokens for this tenant; a private key is refused as a key set', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'punchout-customers-'));
    try {
      const [key = ''] = await run(customersCommand, 'try-key', TENANT, 'k1');
      await writeFile(join(folder, 'key.json'), key);
      const [token = ''] = await run(
        customersCommand,
        'token',
        TENANT,
        'C1',
        '--key',
        join(folder, 'key.json'),
        '--minutes',
        '5',
      );
      const verify = customerTokens(
        async (tenantId) => (await tenantRepository(database()).find(tenantId))?.settings.customerKeys ?? [],
      );
      expect(await verify.verify(TENANT, token)).toMatchObject({ customerId: 'C1' });
      await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys: [JSON.parse(key)] }));
      await expect(run(customersCommand, 'keys', TENANT, '--jwks', join(folder, 'jwks.json'))).rejects.toThrow(
        'public keys only',
      );
      await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys: [] }));
      expect(await run(customersCommand, 'keys', TENANT, '--jwks', join(folder, 'jwks.json'))).toEqual([
        '0 keys are in place.',
      ]);
      expect(await verify.verify(TENANT, token)).toBeUndefined();
      await expect(
        run(customersCommand, 'token', TENANT, 'C1', '--key', join(folder, 'key.json'), '--minutes', '0'),
      ).rejects.toThrow('--minutes');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
