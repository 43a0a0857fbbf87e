import { Command } from 'commander';
import { OAUTH_SCOPES, type OAuthScope, USUAL_OAUTH_SCOPES } from '../ports/access/client-keys.js';
import { clientManagement } from '../usecases/manage/oauth-clients.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

export function clientsCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const clients = clientManagement({ atomically: atOnce(context) });
  const command = new Command('clients').description(
    'OAuth2 clients: management systems with access to session contexts, and Coupa (Open Buy)',
  );
  command
    .command('create <tenant> <client>')
    .description('create a client, or change it, and give it a secret; it is shown once and stored as a hash')
    .requiredOption('--name <name>', 'who uses it')
    .option('--scopes <scopes>', `separated by commas; none: "". Or open-buy alone`, USUAL_OAUTH_SCOPES.join(','))
    .option('--connection <connection>', 'with the scope open-buy: whose buyers the client searches for')
    .option('--secret-file <file>', 'the secret; - for standard input. Default: a generated one')
    .action(
      async (
        tenantId: string,
        clientId: string,
        {
          name,
          scopes,
          connection: connectionId,
          secretFile,
        }: { name: string; scopes: string; connection?: string; secretFile?: string },
      ) => {
        const wanted = scopes
          .split(',')
          .map((scope) => scope.trim())
          .filter((scope) => scope !== '');
        if (!wanted.every(isScope)) throw new Error(`--scopes: ${OAUTH_SCOPES.join(', ')}`);
        const given = secretFile === undefined ? undefined : (await readText(secretFile)).trim();
        await directory((opened) => assertTenant(opened, tenantId));
        const wish = { clientId, name, scopes: wanted, connectionId, secret: given };
        const { secret } = valueOf(await clients.add({ tenantId, by: BY }, wish, { mayExist: true }));
        print(
          secret === undefined
            ? `Client ${clientId} is in place.`
            : `Client ${clientId}, secret, shown only now: ${secret}`,
        );
      },
    );
  command
    .command('rotate <tenant> <client>')
    .description('give a client a new secret; the previous one keeps working until the next rotation')
    .action(async (tenantId: string, clientId: string) => {
      const { secret = '' } = valueOf(await clients.addSecret({ tenantId, by: BY }, clientId));
      print(`Client ${clientId}, secret, shown only now: ${secret}`);
    });
  command
    .command('revoke <tenant> <client>')
    .description('end a client and its tokens at once')
    .action(async (tenantId: string, clientId: string) => {
      valueOf(await clients.revoke({ tenantId, by: BY }, clientId));
      print(`Client ${clientId} is revoked.`);
    });
  command
    .command('list <tenant>')
    .description('list the clients of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.oauthClients.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no client yet. Next: punchout clients create ${tenantId} <client> --name "…"`,
        columns: [
          ['CLIENT', ({ clientId }) => clientId],
          ['SCOPES', ({ scopes }) => scopes.join(',') || '-'],
          ['CONNECTION', ({ connectionId = '-' }) => connectionId],
          ['STATE', ({ revoked }) => (revoked ? 'revoked' : 'active')],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  return command;
}

function isScope(text: string): text is OAuthScope {
  return OAUTH_SCOPES.some((scope) => scope === text);
}
