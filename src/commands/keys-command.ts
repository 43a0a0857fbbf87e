import { Command } from 'commander';
import { API_SCOPES, type ApiScope } from '../ports/access/client-keys.js';
import { keyManagement } from '../usecases/manage/api-keys.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

interface Wish {
  name: string;
  scopes: string;
  connection?: string;
}

function isScope(text: string): text is ApiScope {
  return (API_SCOPES as readonly string[]).includes(text);
}

export function keysCommand(context: CommandContext): Command {
  const { directory, print } = context;
  const keys = keyManagement({ atomically: atOnce(context) });
  const command = new Command('keys').description('API keys for the JSON calls of a tenant (Authorization: Bearer …)');
  command
    .command('create <tenant>')
    .description('create a key; it is shown once and stored as a digest')
    .requiredOption('--name <name>', 'who uses it')
    .option(
      '--scopes <scopes>',
      'read, write, admin; several separated by commas. Or index or open-buy alone',
      'read,write',
    )
    .option('--connection <connection>', 'with the scopes index and open-buy: whose buyers the key is for')
    .action(async (tenantId: string, { name, scopes, connection }: Wish) => {
      const wanted = scopes.split(',').map((scope) => scope.trim());
      if (!wanted.every(isScope)) throw new Error(`--scopes: ${API_SCOPES.join(', ')}`);
      await directory((opened) => assertTenant(opened, tenantId));
      const wish = { name, scopes: wanted, connectionId: connection };
      const { key, keyId } = valueOf(await keys.create({ tenantId, by: BY }, wish));
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
          [
            'SCOPES',
            ({ scopes, connectionId }) => scopes.join(',') + (connectionId === undefined ? '' : ` of ${connectionId}`),
          ],
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
