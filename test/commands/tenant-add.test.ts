import { expect, it } from '@jest/globals';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { describeOnDatabases } from '../contracts/databases.js';

describeOnDatabases('punchout tenant add', (database) => {
  it('a changed tenant keeps the keys of its customer tokens, and what show --json prints is valid', async () => {
    const tenants = tenantRepository(database());
    const lines: string[] = [];
    const files: Record<string, string> = {};
    const run = async (...argv: string[]): Promise<string> => {
      lines.length = 0;
      const command = tenantCommand({
        directory: (act) => act({ tenants } as unknown as Directory),
        print: (line) => void lines.push(line),
        readText: async (path) => files[path] ?? '',
      });
      await command.exitOverride().parseAsync(argv, { from: 'user' });
      return lines.join('\n');
    };
    await run('add', 'acme', '--name', 'Acme');
    const [tenant] = await tenants.list();
    const keys = [{ kid: 'k1', alg: 'ES256', kty: 'EC' }];
    await tenants.save({
      tenantId: 'acme',
      name: 'Acme',
      settings: { ...tenant?.settings, frontendOrigins: [], customerKeys: keys },
    });
    await run('add', 'acme', '--name', 'Acme Tools', '--currency', 'CHF');
    expect((await tenants.find('acme'))?.settings).toMatchObject({ currency: 'CHF', customerKeys: keys });
    files['settings.json'] = JSON.stringify(JSON.parse(await run('show', 'acme', '--json')).settings);
    await run('add', 'acme', '--name', 'Acme Tools', '--settings', 'settings.json');
    expect((await tenants.find('acme'))?.settings).toMatchObject({ currency: 'CHF', customerKeys: keys });
  });
});
