import { Command, Option } from 'commander';
import { connectionSettings } from '../config/connection-settings.js';
import { findProfile } from '../config/profiles.js';
import { PROFILE_NAMES, type ProfileName } from '../domain/access/connection.js';
import { newSecret } from '../domain/digest.js';
import { PROTOCOL_RULES } from '../domain/transmission/protocol-rules.js';
import { type Protocol, PROTOCOLS } from '../domain/transmission/protocol.js';
import type { MiddlewareKeys } from '../ports/access/client-keys.js';
import type { CredentialName, SavedConnection, SecretKeeping } from '../ports/access/connection-repository.js';
import type { CommandContext } from './open-directory.js';
import { previewCommand } from './preview-command.js';

const CONNECTION_ID = /^[a-z0-9][a-z0-9-]{1,47}$/;

/** Without this option only a slow hash of the secret is stored. */
const MAC_OPTION = 'keep a sealed copy of the secret, which a CredentialMac needs (setting cxml.allowMac)';

interface AddOptions {
  name: string;
  protocol: Protocol;
  profile?: ProfileName;
  settings?: string;
  returnOrigin: string[];
  credential: string[];
  templateUser: string[];
  secretFile?: string;
  mac?: boolean;
}

export function connectionCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const command = new Command('connection').description(
    'buying organisations: how each calls up, proves itself and gets its cart',
  );
  command
    .command('add <tenant> <connection>')
    .description('add a connection, or replace its settings')
    .requiredOption('--name <name>', 'name for people')
    .addOption(new Option('--protocol <protocol>', 'what the buyer speaks').choices(PROTOCOLS).makeOptionMandatory())
    .addOption(
      new Option(
        '--profile <platform>',
        "the buyer's platform: presets of the settings, and rules of the pre-flight",
      ).choices(PROFILE_NAMES),
    )
    .option(
      '--settings <file>',
      'JSON document with the settings (src/config/connection-settings.ts); - for standard input',
    )
    .option('--return-origin <url...>', 'where carts may go: exact origin, optional path prefix', [])
    .option('--credential <name...>', 'cXML "domain:identity" of From, or the OCI user name', [])
    .option('--template-user <name...>', 'repost: users of the shop that may be cloned', [])
    .option(
      '--secret-file <file>',
      'shared secret, password or api_key; - for standard input. Default: a generated one, shown once',
    )
    .option('--mac', MAC_OPTION)
    .action(
      async (
        tenantId: string,
        connectionId: string,
        { name, protocol, profile, settings, returnOrigin, credential, templateUser, secretFile, mac }: AddOptions,
      ) => {
        if (!CONNECTION_ID.test(connectionId))
          throw new Error(`"${connectionId}" is no connection id: ${CONNECTION_ID.source}`);
        if (profile !== undefined && findProfile(profile).protocol !== protocol)
          throw new Error(`The profile ${profile} is for ${findProfile(profile).protocol}, not for ${protocol}.`);
        const document =
          settings === undefined ? {} : (JSON.parse(await readText(settings)) as Record<string, unknown>);
        const checked = connectionSettings({
          ...document,
          // What is named on the command line replaces what the file says.
          ...(templateUser.length === 0
            ? {}
            : { repost: { ...(document['repost'] as object | undefined), templateUsers: templateUser } }),
          ...(profile === undefined ? {} : { profile }),
          ...(returnOrigin.length === 0 ? {} : { returnOrigins: returnOrigin }),
        });
        if (!checked.ok) throw new Error(`The settings are not valid: ${checked.refusal.reason}`);
        const credentials = credential.map((text) => credentialOf(protocol, text));
        const given = await givenSecret(readText, protocol, secretFile);
        const made = await directory(
          async ({ tenants, connections, middlewareKeys }) => {
            if ((await tenants.find(tenantId)) === undefined)
              throw new Error(`There is no tenant ${tenantId}. Next: punchout tenant add ${tenantId} --name "…"`);
            const isNew = (await connections.find(tenantId, connectionId)) === undefined;
            const fresh =
              given === undefined && (PROTOCOL_RULES[protocol].isMiddleware ? isNew : credentials.length > 0)
                ? newSecret()
                : undefined;
            const secret = given ?? fresh;
            await connections.save({ tenantId, connectionId, name, protocol, demo: false, settings: checked.value });
            for (const named of credentials) await connections.addCredential(tenantId, connectionId, named);
            if (secret !== undefined && PROTOCOL_RULES[protocol].isMiddleware)
              await addMiddlewareKey(middlewareKeys, { tenantId, connectionId, settings: checked.value }, secret);
            else if (secret !== undefined) await connections.addSecret(tenantId, connectionId, secret, keepingOf(mac));
            return fresh;
          },
          { atOnce: true },
        );
        print(`Connection ${tenantId}/${connectionId} is in place.`);
        if (made !== undefined)
          print(`Its ${PROTOCOL_RULES[protocol].isMiddleware ? 'api_key' : 'secret'}, shown only now: ${made}`);
      },
    );
  command
    .command('secret <tenant> <connection>')
    .description('give a connection a further secret; the two newest are accepted')
    .option('--secret-file <file>', 'the secret; - for standard input. Default: a generated one, shown once')
    .option('--mac', MAC_OPTION)
    .action(
      async (tenantId: string, connectionId: string, { secretFile, mac }: Pick<AddOptions, 'secretFile' | 'mac'>) => {
        const given = await givenSecret(readText, 'cxml', secretFile);
        const secret = given ?? newSecret();
        await directory(async ({ connections, middlewareKeys }) => {
          const connection = await connections.find(tenantId, connectionId);
          if (connection === undefined) throw new Error(`There is no connection ${tenantId}/${connectionId}.`);
          assertSecret(connection.protocol, secret);
          if (PROTOCOL_RULES[connection.protocol].isMiddleware)
            await addMiddlewareKey(middlewareKeys, connection, secret);
          else await connections.addSecret(tenantId, connectionId, secret, keepingOf(mac));
        });
        print(given === undefined ? `New secret, shown only now: ${secret}` : 'The secret is accepted from now on.');
      },
    );
  command
    .command('list <tenant>')
    .description('list the connections of a tenant')
    .action(async (tenantId: string) => {
      for (const { connectionId, protocol, name } of await directory(({ connections }) => connections.list(tenantId)))
        print(`${connectionId.padEnd(30)}${protocol.padEnd(8)}${name}`);
    });
  command
    .command('show <tenant> <connection>')
    .description('print the settings of a connection, defaults filled in')
    .action(async (tenantId: string, connectionId: string) => {
      const connection = await directory(({ connections }) => connections.find(tenantId, connectionId));
      if (connection === undefined) throw new Error(`There is no connection ${tenantId}/${connectionId}.`);
      print(JSON.stringify(connection, null, 2));
    });
  command.addCommand(previewCommand(context));
  return command;
}

function keepingOf(mac: boolean | undefined): SecretKeeping {
  return mac === true ? 'recoverable' : 'hashed';
}

/** Shorter keys can be guessed from their digest. */
const MIN_KEY_LENGTH = 16;

function assertSecret(protocol: Protocol, secret: string): void {
  if (secret === '') throw new Error('The secret is empty.');
  if (PROTOCOL_RULES[protocol].isMiddleware && secret.length < MIN_KEY_LENGTH)
    throw new Error(`The api_key needs ${MIN_KEY_LENGTH} characters or more.`);
}

/** Undefined if no file is named. */
async function givenSecret(
  readText: CommandContext['readText'],
  protocol: Protocol,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const secret = (await readText(file)).trim();
  assertSecret(protocol, secret);
  return secret;
}

/** Stored as a digest. If it is sent with carts (setting repost.sendApiKey), also in a sealed copy. */
async function addMiddlewareKey(
  keys: MiddlewareKeys,
  { tenantId, connectionId, settings }: Pick<SavedConnection, 'tenantId' | 'connectionId' | 'settings'>,
  key: string,
): Promise<void> {
  if (!(await keys.add(tenantId, connectionId, key, settings.repost?.sendApiKey === true ? 'recoverable' : 'hashed')))
    throw new Error('This api_key is in use; take another.');
}

function credentialOf(protocol: Protocol, text: string): CredentialName {
  if (PROTOCOL_RULES[protocol].isMiddleware)
    throw new Error('A middleware proves itself with its api_key alone: leave --credential out.');
  if (protocol === 'oci') return { kind: 'oci', domain: '', identity: text };
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new Error(`"${text}" is no cXML credential: write domain:identity, e.g. NetworkId:AN01000000123`);
  return { kind: 'cxml', domain: text.slice(0, colon), identity: text.slice(colon + 1) };
}
