import { Command } from 'commander';
import { newSecret } from '../domain/digest.js';
import { OAUTH_SCOPES, type OAuthScope } from '../ports/access/client-keys.js';
import { assertTenant } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

const CLIENT_ID = /^[A-Za-z0-9][\w.-]{2,99}$/;

export function clientsCommand({ directory, print, readText }: CommandContext): Command {
  const command = new Command('clients').description(
    'OAuth2 clients: management systems with access to session contexts',
  );
  command
    .command('create <tenant> <client>')
    .description('create a client, or change it, and give it a secret; it is shown once and stored as a hash')
    .requiredOption('--name <name>', 'who uses it')
    .option('--scopes <scopes>', `separated by commas; none: ""`, OAUTH_SCOPES.join(','))
    .option('--secret-file <file>', 'the secret; - for standard input. Default: a generated one')
    .action(
      async (
        tenantId: string,
        clientId: string,
        { name, scopes, secretFile }: { name: string; scopes: string; secretFile?: string },
      ) => {
        if (!CLIENT_ID.test(clientId)) throw new Error(`"${clientId}" is no client id: ${CLIENT_ID.source}`);
        const wanted = scopes
          .split(',')
          .map((scope) => scope.trim())
          .filter((scope) => scope !== '');
        if (!wanted.every(isScope)) throw new Error(`--scopes: ${OAUTH_SCOPES.join(', ')}`);
        const given = secretFile === undefined ? undefined : (await readText(secretFile)).trim();
        if (given !== undefined && given.length < 16) throw new Error('--secret-file: 16 characters at least');
        const secret = given ?? newSecret();
        await directory(
          async ({ tenants, oauthClients }) => {
            await assertTenant({ tenants }, tenantId);
            if (!(await oauthClients.save({ tenantId, clientId, name, scopes: wanted, demo: false })))
              throw new Error(`The id ${clientId} is taken.`);
            await oauthClients.addSecret(tenantId, clientId, secret);
          },
          { atOnce: true },
        );
        print(
          given === undefined
            ? `Client ${clientId}, secret, shown only now: ${secret}`
            : `Client ${clientId} is in place.`,
        );
      },
    );
  command
    .command('rotate <tenant> <client>')
    .description('give a client a new secret; the previous one keeps working until the next rotation')
    .action(async (tenantId: string, clientId: string) => {
      const secret = newSecret();
      if (!(await directory(({ oauthClients }) => oauthClients.addSecret(tenantId, clientId, secret))))
        throw new Error(`There is no active client ${clientId} of tenant ${tenantId}.`);
      print(`Client ${clientId}, secret, shown only now: ${secret}`);
    });
  command
    .command('revoke <tenant> <client>')
    .description('end a client and its tokens at once')
    .action(async (tenantId: string, clientId: string) => {
      if (!(await directory(({ oauthClients }) => oauthClients.revoke(tenantId, clientId))))
        throw new Error(`There is no active client ${clientId} of tenant ${tenantId}.`);
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
