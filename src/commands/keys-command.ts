import { Command } from 'commander';
import type { ApiScope } from '../ports/access/client-keys.js';
import { keyManagement } from '../usecases/manage/api-keys.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

const SCOPES: readonly string[] = ['read', 'write', 'admin'] satisfies ApiScope[];

export function keysCommand(context: CommandContext): Command {
  const { directory, print } = context;
  const keys = keyManagement({ atomically: atOnce(context) });
  const command = new Command('keys').description('API keys for the JSON calls of a tenant (Authorization: Bearer …)');
  command
    .command('create <tenant>')
    .description('create a key; it is shown once and stored as a digest')
    .requiredOption('--name <name>', 'who uses it')
    .option('--scopes <scopes>', 'read, write, admin; several separated by commas', 'read,write')
    .action(async (tenantId: string, { name, scopes }: { name: string; scopes: string }) => {
      const wanted = scopes.split(',').map((scope) => scope.trim());
      if (wanted.some((scope) => !SCOPES.includes(scope))) throw new Error(`--scopes: ${SCOPES.join(', ')}`);
      await directory((opened) => assertTenant(opened, tenantId));
      const { key, keyId } = valueOf(await keys.create({ tenantId, by: BY }, { name, scopes: wanted as ApiScope[] }));
      print(`Key ${keyId}, shown only now: ${key}`);
    });
  command
    .command('list <tenant>')
    .description('list the keys of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.apiKeys.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no key yet. Next: punchout keys create ${tenantId} --name "…"`,
        columns: [
          ['KEY', ({ keyId }) => keyId],
          ['SCOPES', ({ scopes }) => scopes.join(',')],
          ['STATE', ({ revokedAt, expiresAt }) => stateOf(revokedAt, expiresAt)],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  command
    .command('rotate <tenant> <key>')
    .description('create a key with the name and scopes of an old one, which keeps working for some days')
    .option('--grace-days <days>', 'how long the old key still works, 0 to 365', '7')
    .action(async (tenantId: string, oldKeyId: string, { graceDays }: { graceDays: string }) => {
      if (!/^\d{1,3}$/.test(graceDays) || Number(graceDays) > 365)
        throw new Error('--grace-days: a whole number from 0 to 365');
      const { key, keyId } = valueOf(await keys.rotate({ tenantId, by: BY }, oldKeyId, Number(graceDays)));
      print(`Key ${keyId}, shown only now: ${key}`);
      print(`Key ${oldKeyId} works for ${graceDays} more days.`);
    });
  command
    .command('revoke <tenant> <key>')
    .description('revoke a key by its id')
    .action(async (tenantId: string, keyId: string) => {
      valueOf(await keys.revoke({ tenantId, by: BY }, keyId));
      print(`Key ${keyId} is revoked.`);
    });
  return command;
}

function stateOf(revokedAt: Date | undefined, expiresAt: Date | undefined): string {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt === undefined) return 'active';
  return expiresAt <= new Date() ? 'expired' : `until ${expiresAt.toISOString().slice(0, 10)}`;
}
