import { Command } from 'commander';
import { digestOf, newSecret } from '../domain/digest.js';
import type { ApiScope } from '../ports/access/client-keys.js';
import type { CommandContext } from './open-directory.js';

const SCOPES: readonly string[] = ['read', 'write', 'admin'] satisfies ApiScope[];

export function keysCommand({ directory, print }: CommandContext): Command {
  const command = new Command('keys').description('API keys for the JSON calls of a tenant (Authorization: Bearer …)');
  command
    .command('create <tenant>')
    .description('create a key; it is shown once and stored as a digest')
    .requiredOption('--name <name>', 'who uses it')
    .option('--scopes <scopes>', 'read, write, admin; several separated by commas', 'read,write')
    .action(async (tenantId: string, { name, scopes }: { name: string; scopes: string }) => {
      const wanted = scopes.split(',').map((scope) => scope.trim());
      if (wanted.some((scope) => !SCOPES.includes(scope))) throw new Error(`--scopes: ${SCOPES.join(', ')}`);
      const { key, keyId } = newKey();
      await directory(async ({ tenants, apiKeys }) => {
        if ((await tenants.find(tenantId)) === undefined)
          throw new Error(`There is no tenant ${tenantId}. Next: punchout tenant add ${tenantId} --name "…"`);
        await apiKeys.save({
          tenantId,
          keyId,
          name,
          scopes: wanted as ApiScope[],
          demo: false,
          createdAt: new Date(),
          digest: digestOf(key),
        });
      });
      print(`Key ${keyId}, shown only now: ${key}`);
    });
  command
    .command('list <tenant>')
    .description('list the keys of a tenant')
    .action(async (tenantId: string) => {
      for (const { keyId, scopes, name, revokedAt, expiresAt } of await directory(({ apiKeys }) =>
        apiKeys.list(tenantId),
      )) {
        print(`${keyId.padEnd(12)}${scopes.join(',').padEnd(12)}${stateOf(revokedAt, expiresAt).padEnd(18)}${name}`);
      }
    });
  command
    .command('rotate <tenant> <key>')
    .description('create a key with the name and scopes of an old one, which keeps working for some days')
    .option('--grace-days <days>', 'how long the old key still works, 0 to 365', '7')
    .action(async (tenantId: string, oldKeyId: string, { graceDays }: { graceDays: string }) => {
      if (!/^\d{1,3}$/.test(graceDays) || Number(graceDays) > 365)
        throw new Error('--grace-days: a whole number from 0 to 365');
      const { key, keyId } = newKey();
      const rotated = await directory(({ apiKeys }) =>
        apiKeys.rotate(tenantId, oldKeyId, { keyId, digest: digestOf(key) }, Number(graceDays)),
      );
      if (rotated === undefined) throw new Error(`There is no active key ${oldKeyId} of tenant ${tenantId}.`);
      print(`Key ${keyId}, shown only now: ${key}`);
      print(`Key ${oldKeyId} works for ${graceDays} more days.`);
    });
  command
    .command('revoke <tenant> <key>')
    .description('revoke a key by its id')
    .action(async (tenantId: string, keyId: string) => {
      if (!(await directory(({ apiKeys }) => apiKeys.revoke(tenantId, keyId))))
        throw new Error(`There is no active key ${keyId} of tenant ${tenantId}.`);
      print(`Key ${keyId} is revoked.`);
    });
  return command;
}

function newKey(): { key: string; keyId: string } {
  return {
    key: `pk_${newSecret()}`,
    keyId: newSecret()
      .slice(0, 8)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '0'),
  };
}

function stateOf(revokedAt: Date | undefined, expiresAt: Date | undefined): string {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt === undefined) return 'active';
  return expiresAt <= new Date() ? 'expired' : `until ${expiresAt.toISOString().slice(0, 10)}`;
}
