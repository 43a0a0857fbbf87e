#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { forKnownTenants } from './commands/at-once.js';
import type { StoreMaker } from './commands/doctor-command.js';
import { PRODUCT } from './protocols/cxml/cxml-protocol.js';
import { serverSettings } from './config/environment.js';

// The reader of our output may be gone (`| head`). The output is then dropped, and the command finishes its work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { context, watch } = forKnownTenants({
  async directory(act, work) {
    const { withDirectory } = await import('./commands/open-directory.js');
    return withDirectory(serverSettings(process.env), act, work);
  },
  print,
  readText: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
});

const storeOf: StoreMaker = async ({ store, secrets }, findConnection) => {
  if (store.kind === 'demo') return undefined;
  const { serverStore } = await import('./wiring/server-store.js');
  // The store is closed again right after it was asked, so a throw-away encryption key is enough.
  return serverStore(store, { secrets: secrets ?? [randomBytes(32).toString('hex')], findConnection });
};

/** The demo shop takes orders. The shop of an app is not known here; its worker asks it. */
async function storeTakesOrders(): Promise<boolean> {
  const store = await storeOf(serverSettings(process.env), () => Promise.resolve(undefined));
  await store?.close?.();
  return store === undefined || store.placeOrder !== undefined;
}

/** Each command with what it needs, in the order of the help. Loading all of them takes longer than most commands. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => {
    const { serveCommand } = await import('./commands/process/process-commands.js');
    return serveCommand(process.env, async (env) => (await import('./server.js')).serve(env));
  },
  worker: async () => {
    const { workerCommand } = await import('./commands/process/process-commands.js');
    return workerCommand(process.env, async (env) => (await import('./worker.js')).work(env));
  },
  migrate: async () => (await import('./commands/process/process-commands.js')).migrateCommand(process.env, print),
  backup: async () => (await import('./commands/process/backup-commands.js')).backupCommand(process.env, print),
  restore: async () => (await import('./commands/process/backup-commands.js')).restoreCommand(process.env, print),
  tenant: async () => (await import('./commands/tenant-command.js')).tenantCommand(context),
  connection: async () => (await import('./commands/connection-command.js')).connectionCommand(context),
  keys: async () => (await import('./commands/keys-command.js')).keysCommand(context),
  operator: async () => (await import('./commands/operator-command.js')).operatorCommand(context),
  doctor: async () => (await import('./commands/doctor-command.js')).doctorCommand(process.env, print, storeOf),
  sessions: async () => (await import('./commands/sessions-command.js')).sessionsCommand(context),
  replay: async () => (await import('./commands/trial/replay-command.js')).replayCommand(context),
  shops: async () => (await import('./commands/shops-command.js')).shopsCommand(context),
  hooks: async () => (await import('./commands/subscription-commands.js')).hooksCommand(context),
  feeds: async () => (await import('./commands/subscription-commands.js')).feedsCommand(context),
  jobs: async () => (await import('./commands/subscription-commands.js')).jobsCommand(context),
  catalogue: async () => (await import('./commands/catalogue/catalogue-command.js')).catalogueCommand(context),
  messages: async () => (await import('./commands/messages-command.js')).messagesCommand(context),
  orders: async () => (await import('./commands/orders-command.js')).ordersCommand({ ...context, storeTakesOrders }),
  clients: async () => (await import('./commands/clients-command.js')).clientsCommand(context),
  sites: async () => (await import('./commands/sites-command.js')).sitesCommand(context),
  customers: async () => (await import('./commands/customers-command.js')).customersCommand(context),
  explain: async () => (await import('./commands/explain-command.js')).explainCommand(context),
  export: async () => (await import('./commands/record-commands.js')).exportCommand(context),
  erase: async () => (await import('./commands/record-commands.js')).eraseCommand(context),
  audit: async () => (await import('./commands/record-commands.js')).auditCommand(context),
  reseal: async () => (await import('./commands/reseal-command.js')).resealCommand(context),
  demo: async () =>
    new Command('demo')
      .description(
        'a whole punchout over cXML, OCI and a middleware against a server started for it; exit code 0 only if all ' +
          'carts came back whole and valid',
      )
      .action(async () => {
        const [{ simulate }, { startServer }] = await Promise.all([
          import('./demo/simulate.js'),
          import('./server.js'),
        ]);
        process.exitCode = (await simulate({ startServer, print })) ? 0 : 1;
      }),
};

const program = new Command('punchout')
  .description('Punchout for headless stores. Reads the same environment as the server (DATABASE_URL, DATA_DIR, …).')
  .version(PRODUCT, '-V, --version', 'print the version')
  .showHelpAfterError('(punchout <command> --help says more)');
const named = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2]);
for (const [, load] of named.length > 0 ? named : Object.entries(COMMANDS)) program.addCommand(await load());

watch(program);
program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
