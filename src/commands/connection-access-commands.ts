import { Command } from 'commander';
import { PROTOCOL_RULES } from '../domain/transmission/protocol-rules.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import type { CredentialName, SecretKeeping } from '../ports/access/connection-repository.js';
import type { ChangeOf } from '../ports/managed-directory.js';
import { accessChanges, nameText } from '../usecases/manage/connection-secrets.js';
import { connectionReads, type ShownConnection } from '../usecases/manage/read-connections.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, ageText, minuteText, printList } from './print-list.js';

export const BY = 'command line';

/** Without this option only a slow hash of the secret is stored. */
export const MAC_OPTION = 'keep a sealed copy of the secret, which a CredentialMac needs (setting cxml.allowMac)';

/** `connection secret`: what a buyer proves itself with. */
export function secretCommand(context: CommandContext): Command {
  const { print, readText } = context;
  const access = accessChanges({ atomically: atOnce(context) });
  const command = new Command('secret')
    .argument('<tenant>')
    .argument('<connection>')
    .description('give a connection a further secret; the two newest are accepted')
    .option('--secret-file <file>', 'the secret; - for standard input. Default: a generated one, shown once')
    .option('--mac', MAC_OPTION)
    .action(
      async (tenantId: string, connectionId: string, { secretFile, mac }: { secretFile?: string; mac?: boolean }) => {
        const text = await givenSecret(readText, secretFile);
        const of: ChangeOf = { tenantId, connectionId, by: BY };
        const { secret } = valueOf(await access.addSecret(of, { text, keep: keepingOf(mac) }));
        print(secret === undefined ? 'The secret is accepted from now on.' : `New secret, shown only now: ${secret}`);
      },
    );
  command
    .command('list <tenant> <connection>')
    .description('list the secrets by id and age; nobody can read them again')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const { secrets } = await shown(context, tenantId, connectionId);
      printList(print, {
        rows: secrets,
        json,
        none: `The connection ${tenantId}/${connectionId} has no secret yet.`,
        columns: [
          ['SECRET', ({ secretId }) => secretId],
          ['ADDED', ({ createdAt }) => minuteText(createdAt)],
          ['AGE', ({ createdAt }) => ageText(createdAt)],
          ['KEPT', ({ recoverable }) => (recoverable ? 'sealed copy' : 'hash only')],
        ],
      });
    });
  command
    .command('revoke <tenant> <connection> <secret>')
    .description('revoke a secret by its id, at once')
    .action(async (tenantId: string, connectionId: string, secretId: string) => {
      valueOf(await access.removeSecret({ tenantId, connectionId, by: BY }, secretId));
      print(`Secret ${secretId} is revoked.`);
    });
  return command;
}

/** `connection credential`: the names that a buyer calls itself by. */
export function credentialCommand(context: CommandContext): Command {
  const { print } = context;
  const access = accessChanges({ atomically: atOnce(context) });
  const command = new Command('credential').description('names that a connection is called up by');
  command
    .command('list <tenant> <connection>')
    .description('list the credentials')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const { credentials } = await shown(context, tenantId, connectionId);
      printList(print, {
        rows: credentials,
        json,
        none: `The connection ${tenantId}/${connectionId} has no credential yet.`,
        columns: [
          ['CREDENTIAL', nameText],
          ['ADDED', ({ createdAt }) => minuteText(createdAt)],
        ],
      });
    });
  command
    .command('add <tenant> <connection> <name>')
    .description('add a credential: cXML "domain:identity" of From, or the OCI user name')
    .action(async (tenantId: string, connectionId: string, text: string) => {
      const { protocol } = await shown(context, tenantId, connectionId);
      valueOf(await access.addCredential({ tenantId, connectionId, by: BY }, credentialOf(protocol, text)));
      print(`${tenantId}/${connectionId} is called up by ${text}.`);
    });
  command
    .command('remove <tenant> <connection> <name>')
    .description('remove a credential, written as `credential list` shows it')
    .action(async (tenantId: string, connectionId: string, text: string) => {
      const { credentials } = await shown(context, tenantId, connectionId);
      const found = credentials.find((name) => nameText(name).toLowerCase() === text.toLowerCase());
      if (found === undefined) throw new Error(`The connection ${tenantId}/${connectionId} has no credential ${text}.`);
      valueOf(await access.removeCredential({ tenantId, connectionId, by: BY }, found.credentialId));
      print(`${tenantId}/${connectionId} is no longer called up by ${text}.`);
    });
  return command;
}

/** Throws if there is no such tenant or connection. */
export function shown({ directory }: CommandContext, tenantId: string, connectionId: string): Promise<ShownConnection> {
  return directory(async (opened) => {
    await assertTenant(opened, tenantId);
    return valueOf(await connectionReads(opened).show(tenantId, connectionId));
  });
}

/** Undefined if no file is named. */
export async function givenSecret(
  readText: CommandContext['readText'],
  file: string | undefined,
): Promise<string | undefined> {
  return file === undefined ? undefined : (await readText(file)).trim();
}

/** Undefined: as the protocol does it. */
export function keepingOf(mac: boolean | undefined): SecretKeeping | undefined {
  return mac === true ? 'recoverable' : undefined;
}

export function credentialOf(protocol: Protocol, text: string): CredentialName {
  if (PROTOCOL_RULES[protocol].isMiddleware)
    throw new Error('A middleware proves itself with its api_key alone: leave --credential out.');
  if (protocol === 'oci') return { kind: 'oci', domain: '', identity: text };
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new Error(`"${text}" is no cXML credential: write domain:identity, e.g. NetworkId:AN01000000123`);
  return { kind: 'cxml', domain: text.slice(0, colon), identity: text.slice(colon + 1) };
}
