import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Command } from 'commander';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import { catalogueCommand } from '../../src/commands/catalogue/catalogue-command.js';
import { clientsCommand } from '../../src/commands/clients-command.js';
import { connectionCommand } from '../../src/commands/connection-command.js';
import { customersCommand } from '../../src/commands/customers-command.js';
import { keysCommand } from '../../src/commands/keys-command.js';
import { messagesCommand } from '../../src/commands/messages-command.js';
import { forKnownTenants } from '../../src/commands/at-once.js';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { operatorCommand } from '../../src/commands/operator-command.js';
import { ordersCommand } from '../../src/commands/orders-command.js';
import { auditCommand, eraseCommand, exportCommand } from '../../src/commands/record-commands.js';
import { resealCommand } from '../../src/commands/reseal-command.js';
import { explainCommand } from '../../src/commands/explain-command.js';
import { sessionsCommand } from '../../src/commands/sessions-command.js';
import { shopsCommand } from '../../src/commands/shops-command.js';
import { sitesCommand } from '../../src/commands/sites-command.js';
import { feedsCommand, hooksCommand, jobsCommand } from '../../src/commands/subscription-commands.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { replayCommand } from '../../src/commands/trial/replay-command.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { openRepositories } from '../../src/wiring/repositories.js';
import { describeOnServer } from '../contracts/databases.js';
import { compiled } from '../support/compiled.js';
import { createMigratedDatabase } from '../support/server-database.js';

const COMMANDS: Record<string, (context: CommandContext) => Command> = {
  auditCommand,
  catalogueCommand,
  clientsCommand,
  connectionCommand,
  customersCommand,
  eraseCommand,
  explainCommand,
  exportCommand,
  feedsCommand,
  hooksCommand,
  jobsCommand,
  keysCommand,
  messagesCommand,
  operatorCommand,
  ordersCommand: (context) => ordersCommand({ ...context, storeTakesOrders: () => Promise.resolve(true) }),
  replayCommand,
  resealCommand,
  sessionsCommand,
  shopsCommand,
  sitesCommand,
  tenantCommand,
};
/** What fits, for arguments and options that a command must have. */
const FITTING: Record<string, string> = {
  '--country': 'DE',
  '--currency': 'EUR',
  '--role': 'supplier',
  revision: '1',
  shop: '1',
  report: '1',
  run: '1',
  format: 'cif',
  list: 'unit',
  path: '/no-such-folder/file',
  connection: 'erp-one',
  code: 'main',
  email: 'nobody@example.com',
  name: 'DUNS:1',
  url: 'https://hooks.example.com/x',
};

/** One makes a tenant; the other makes a token as the shop does, without the database. */
const MAKES_WITHOUT = ['tenant add', 'customers token'];

/** `connection secret list` and so on, with the words that call it. */
function leavesOf(command: Command, words: string[] = []): [string[], Command][] {
  const path = [...words, command.name()];
  const own: [string[], Command][] =
    command.commands.length === 0 || command.registeredArguments.length > 0 ? [[path, command]] : [];
  return [...own, ...command.commands.flatMap((one) => leavesOf(one, path))];
}

it('all commands of the program that have a tenant are here', () => {
  const program = readFileSync('src/cli.ts', 'utf8');
  const made = [...program.matchAll(/\b([a-z]+Command)\(\s*(?:\{\s*\.\.\.)?context/g)].map(([, name = '']) => name);
  expect(made.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

it('each command is loaded by its own name', async () => {
  const keys = [...readFileSync('src/cli.ts', 'utf8').matchAll(/^ {2}([a-z]+): async \(\) =>/gm)].map(
    ([, key = '']) => key,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [await compiled('src/cli.ts'), '--help']);
  const names = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  expect(names).toEqual([...keys, 'help']);
}, 30_000);

describeOnServer('every command', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let database: Database;
  let directory: Directory;
  beforeAll(async () => {
    server = await createMigratedDatabase();
    database = await openDatabase({ kind: 'server', url: server.url });
    directory = { ...openRepositories(database, secretBox(['a-secret-of-thirty-two-characters'])), migrated: [] };
    await directory.tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    await directory.tenants.save({ tenantId: 'full', name: 'Full', settings: { frontendOrigins: [] } });
    const settings = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
    if (!settings.ok) throw new Error(settings.refusal.reason);
    const connection = { connectionId: 'erp-one', name: 'E', protocol: 'cxml', demo: false } as const;
    await directory.connections.save({ ...connection, tenantId: 'full', settings: settings.value });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  const leaves = (context: CommandContext): [string[], Command][] =>
    Object.values(COMMANDS).flatMap((make) => leavesOf(make(context)));
  const NO_CONTEXT = {} as CommandContext;

  async function run(words: string[], command: Command, named: string[], more: string[] = []): Promise<string[]> {
    const rest = command.registeredArguments
      .slice(named.length)
      .filter(({ required }) => required)
      .map((argument) => FITTING[argument.name()] ?? 'some-one');
    const options = command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long }) => [long ?? '', FITTING[long ?? ''] ?? 'x']);
    const lines: string[] = [];
    const program = new Command();
    const { context, watch } = forKnownTenants({
      directory: (act) => act(directory),
      print: (line) => void lines.push(line),
      readText: () => Promise.resolve('{"keys":[]}'),
    });
    for (const make of Object.values(COMMANDS)) program.addCommand(make(context));
    const quiet = (one: Command): void => {
      one.exitOverride().configureOutput({ writeErr: () => undefined });
      one.commands.forEach(quiet);
    };
    quiet(program);
    watch(program);
    await program.parseAsync([...words, ...named, ...rest, ...options, ...more], { from: 'user' });
    return lines;
  }

  it('each that lists or shows has --json', () => {
    const told = leaves(NO_CONTEXT)
      .filter(([words]) => /^(?:list|show|report|explain|messages)$/.test(words.at(-1) ?? ''))
      .filter(([, command]) => !command.options.some(({ long }) => long === '--json'))
      .map(([words]) => words.join(' '));
    expect(told).toEqual([]);
  });

  it('an unknown tenant is a fault that names the nearest one', async () => {
    const told: string[] = [];
    for (const [words, command] of leaves(NO_CONTEXT)) {
      if (command.registeredArguments[0]?.name() !== 'tenant' || MAKES_WITHOUT.includes(words.join(' '))) continue;
      const answer = await run(words, command, ['acmee']).then(String, String);
      if (!answer.includes('did you mean acme?')) told.push(`${words.join(' ')}: ${answer}`);
    }
    expect(told).toEqual([]);
  });

  it('an unknown connection is a fault that names the nearest one', async () => {
    const told: string[] = [];
    for (const [words, command] of leaves(NO_CONTEXT)) {
      if (command.registeredArguments[1]?.name() !== 'connection' || words.join(' ') === 'connection add') continue;
      const answer = await run(words, command, ['full', 'erp-noe']).then(String, String);
      if (!answer.includes('did you mean erp-one?')) told.push(`${words.join(' ')}: ${answer}`);
    }
    expect(told).toEqual([]);
  });

  it('an empty list says so in one line, and is an empty list as JSON', async () => {
    const told: [string, string[], string[] | string][] = [];
    for (const [words, command] of leaves(NO_CONTEXT)) {
      if (words.at(-1) !== 'list' || command.registeredArguments.filter(({ required }) => required).length !== 1)
        continue;
      const [lines, json] = [
        await run(words, command, ['acme']),
        await run(words, command, ['acme'], ['--json']).catch(String),
      ];
      if (lines.length !== 1 || !/ no .* yet\b|^Every job is done/.test(lines[0] ?? '') || String(json) !== '[]')
        told.push([words.join(' '), lines, json]);
    }
    expect(told).toEqual([]);
  });
});
