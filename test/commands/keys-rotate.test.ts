import { expect, it } from '@jest/globals';
import { keysCommand } from '../../src/commands/keys-command.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { apiKeyRepository } from '../../src/adapters/postgres/access/api-key-repository.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { auditLog } from '../../src/adapters/postgres/history/audit-chain.js';
import { digestOf } from '../../src/domain/digest.js';
import { describeOnDatabases } from '../contracts/databases.js';

describeOnDatabases('punchout keys rotate', (database) => {
  it('prints the new key once; the old one works for its grace period and is listed so', async () => {
    const apiKeys = apiKeyRepository(database());
    const tenants = tenantRepository(database());
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    const lines: string[] = [];
    const run = async (...argv: string[]): Promise<string> => {
      lines.length = 0;
      const command = keysCommand({
        directory: (act) => act({ tenants, apiKeys, audit: auditLog(database()) } as Partial<Directory> as Directory),
        print: (line) => void lines.push(line),
        readText: async () => '',
      });
      await command.exitOverride().parseAsync(argv, { from: 'user' });
      return lines.join('\n');
    };
    const [, oldId = '', oldKey = ''] =
      /^Key (\S+), shown only now: (\S+)/.exec(await run('create', 'acme', '--name', 'ERP', '--scopes', 'read')) ?? [];
    const rotated = await run('rotate', 'acme', oldId, '--grace-days', '3');
    const [, newId = '', newKey = ''] = /^Key (\S+), shown only now: (\S+)\n/.exec(rotated) ?? [];
    expect(rotated).toBe(`Key ${newId}, shown only now: ${newKey}\nKey ${oldId} works for 3 more days.`);
    for (const key of [oldKey, newKey])
      expect(await apiKeys.findByDigest(digestOf(key))).toMatchObject({ name: 'ERP', scopes: ['read'] });
    const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const listed = await run('list', 'acme');
    expect(listed).toMatch(new RegExp(`${oldId} +read +until ${until} +ERP`));
    expect(listed).toMatch(new RegExp(`${newId} +read +active +ERP`));
    expect(await database().knex('api_key').select('key_digest').whereIn('key_digest', [oldKey, newKey])).toEqual([]);
    await expect(run('rotate', 'acme', 'nobody')).rejects.toThrow('There is no active key nobody');
    await expect(run('rotate', 'acme', newId, '--grace-days', '1.5')).rejects.toThrow('--grace-days');
    await run('rotate', 'acme', newId, '--grace-days', '0');
    expect(await apiKeys.findByDigest(digestOf(newKey))).toBeUndefined();
  });
});
