import { Command, Option } from 'commander';
import { settingsOf } from '../config/connection-settings.js';
import { PROFILE_NAMES, type ProfileName } from '../domain/access/connection.js';
import { PROTOCOL_RULES } from '../domain/transmission/protocol-rules.js';
import { type Protocol, PROTOCOLS } from '../domain/transmission/protocol.js';
import type { ChangeOf } from '../ports/managed-directory.js';
import { connectionChanges } from '../usecases/manage/change-connection.js';
import { nameText } from '../usecases/manage/connection-secrets.js';
import { connectionReads, type ShownConnection } from '../usecases/manage/read-connections.js';
import { addressCommand } from './connections/address-command.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import {
  BY,
  MAC_OPTION,
  credentialCommand,
  credentialOf,
  givenSecret,
  keepingOf,
  secretCommand,
  shown,
} from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { previewCommand } from './trial/preview-command.js';
import { JSON_OPTION, ageText, printList } from './print-list.js';

interface AddOptions {
  name?: string;
  protocol?: Protocol;
  profile?: ProfileName;
  settings?: string;
  returnOrigin: string[];
  credential: string[];
  supplier?: string;
  templateUser: string[];
  secretFile?: string;
  mac?: boolean;
}

export function connectionCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const changes = connectionChanges({ atomically: atOnce(context), completeSettings: settingsOf });
  const command = new Command('connection').description(
    'buying organisations: how each calls up, proves itself and gets its cart',
  );
  command
    .command('add <tenant> <connection>')
    .description('add a connection, or change what is named of one; its secret stays')
    .option('--name <name>', 'name for people')
    .addOption(new Option('--protocol <protocol>', 'what the buyer speaks').choices(PROTOCOLS))
    .addOption(
      new Option(
        '--profile <platform>',
        "the buyer's platform: presets of the settings, and rules of the pre-flight",
      ).choices(PROFILE_NAMES),
    )
    .option(
      '--settings <file>',
      'JSON document with the settings (src/config/connection-settings.ts); null takes one back; - for standard input',
    )
    .option('--return-origin <url...>', 'where carts may go: exact origin, optional path prefix', [])
    .option('--credential <name...>', 'cXML "domain:identity" of From, or the OCI user name', [])
    .option(
      '--supplier <name>',
      'cXML "domain:identity" by which the buyer knows you: To of its call-ups, and the sender of carts',
    )
    .option('--template-user <name...>', 'repost: users of the shop that may be cloned', [])
    .option(
      '--secret-file <file>',
      'shared secret, password or api_key; - for standard input. Default for a new connection: a generated one, ' +
        'shown once',
    )
    .option('--mac', MAC_OPTION)
    .action(async (tenantId: string, connectionId: string, options: AddOptions) => {
      const settings = await namedSettings(readText, options);
      const text = await givenSecret(readText, options.secretFile);
      const of: ChangeOf = { tenantId, connectionId, by: BY };
      const known = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.connections.find(tenantId, connectionId);
      });
      const { protocol = known?.protocol, name = known?.name } = options;
      if (protocol === undefined) throw new Error("required option '--protocol <protocol>' not specified");
      if (name === undefined) throw new Error("required option '--name <name>' not specified");
      if (known !== undefined && known.protocol !== protocol)
        throw new Error(
          `${tenantId}/${connectionId} speaks ${known.protocol}. For ${protocol} add another connection.`,
        );
      const credentials = options.credential.map((credential) => credentialOf(protocol, credential));
      const { isMiddleware } = PROTOCOL_RULES[protocol];
      const isProving = isMiddleware || credentials.length > 0;
      const secret = { text, keep: keepingOf(options.mac) };
      const { secret: made } = valueOf(
        known === undefined
          ? await changes.create(of, {
              name,
              protocol,
              settings,
              credentials,
              ...(text !== undefined || isProving ? { secret } : {}),
            })
          : await changes.change(of, { name, settings, credentials, secret: text === undefined ? undefined : secret }),
      );
      print(`Connection ${tenantId}/${connectionId} is in place.`);
      if (made !== undefined) print(`Its ${isMiddleware ? 'api_key' : 'secret'}, shown only now: ${made}`);
    });
  command.addCommand(secretCommand(context));
  command.addCommand(credentialCommand(context));
  command.addCommand(addressCommand(context));
  for (const [word, disabled, what] of [
    ['disable', true, 'it opens no more sessions; those that are live go on'],
    ['enable', false, 'it opens sessions again'],
  ] as const) {
    command
      .command(`${word} <tenant> <connection>`)
      .description(`${word} a connection: ${what}`)
      .action(async (tenantId: string, connectionId: string) => {
        valueOf(await changes.change({ tenantId, connectionId, by: BY }, { disabled }));
        print(`Connection ${tenantId}/${connectionId} is ${word}d.`);
      });
  }
  command
    .command('remove <tenant> <connection>')
    .description('remove a connection with its credentials and secrets; past sessions stay')
    .action(async (tenantId: string, connectionId: string) => {
      valueOf(await changes.remove({ tenantId, connectionId, by: BY }));
      print(`Connection ${tenantId}/${connectionId} is removed.`);
    });
  command
    .command('list <tenant>')
    .description('list the connections of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return allConnections(opened, tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no connection yet. Next: punchout connection add ${tenantId} <id> --help`,
        columns: [
          ['CONNECTION', ({ connectionId }) => connectionId],
          ['PROTOCOL', ({ protocol }) => protocol],
          ['STATE', ({ disabledAt }) => (disabledAt === undefined ? 'enabled' : 'disabled')],
          ['SECRETS', ({ secrets }) => secrets.map(({ createdAt }) => ageText(createdAt)).join(', ') || '-'],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  command
    .command('show <tenant> <connection>')
    .description(
      'print the settings of a connection, defaults filled in, with its credentials and the ages of its secrets',
    )
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const connection = await shown(context, tenantId, connectionId);
      if (json === true) print(JSON.stringify(connection, null, 2));
      else for (const line of linesOf(connection)) print(line);
    });
  command.addCommand(previewCommand(context));
  return command;
}

const PAGE = 100;

async function allConnections(
  opened: Parameters<typeof connectionReads>[0],
  tenantId: string,
): Promise<ShownConnection[]> {
  const reads = connectionReads(opened);
  const all: ShownConnection[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Awaited<ReturnType<typeof reads.list>> = await reads.list(tenantId, { limit: PAGE, after });
    all.push(...page.connections);
    after = page.next;
  }
  return all;
}

/** What the options name, and nothing else. */
async function namedSettings(
  readText: CommandContext['readText'],
  { settings: file, profile, returnOrigin, supplier, templateUser }: AddOptions,
): Promise<object> {
  const settings = file === undefined ? {} : (JSON.parse(await readText(file)) as Record<string, unknown>);
  if (templateUser.length > 0)
    settings['repost'] = { ...(settings['repost'] as object | undefined), templateUsers: templateUser };
  if (supplier !== undefined) {
    const { domain, identity } = credentialOf('cxml', supplier);
    const party = { domain, identity };
    settings['cxml'] = { ...(settings['cxml'] as object | undefined), supplier: party, to: [party] };
  }
  if (profile !== undefined) settings['profile'] = profile;
  if (returnOrigin.length > 0) settings['returnOrigins'] = returnOrigin;
  return settings;
}

function linesOf(connection: ShownConnection): string[] {
  const { tenantId, connectionId, name, protocol, disabledAt, version, credentials, secrets, settings } = connection;
  return [
    `${tenantId}/${connectionId}  ${name}`,
    `protocol     ${protocol}`,
    `state        ${disabledAt === undefined ? 'enabled' : `disabled since ${disabledAt.toISOString()}`}`,
    `version      ${version}`,
    `credentials  ${credentials.map(nameText).join(', ') || 'none yet'}`,
    ...(secrets.length === 0 ? ['secrets      none yet'] : []),
    ...secrets.map(
      ({ secretId, createdAt, recoverable }) =>
        `secret       ${secretId}  ${ageText(createdAt)} old${recoverable ? ', with a sealed copy' : ''}`,
    ),
    `settings     ${JSON.stringify(settings, null, 2)}`,
  ];
}
