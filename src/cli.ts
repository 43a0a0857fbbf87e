#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { resealCommand } from './commands/reseal-command.js';
import { backupCommands } from './commands/process/backup-commands.js';
import { auditCommand } from './commands/record-commands.js';
import { forKnownTenants } from './commands/at-once.js';
import { catalogueCommand } from './commands/catalogue/catalogue-command.js';
import { clientsCommand } from './commands/clients-command.js';
import { customersCommand } from './commands/customers-command.js';
import { migrateCommand, processCommands } from './commands/process/process-commands.js';
import { connectionCommand } from './commands/connection-command.js';
import { type StoreMaker, doctorCommand } from './commands/doctor-command.js';
import { eraseCommand } from './commands/record-commands.js';
import { explainCommand } from './commands/explain-command.js';
import { exportCommand } from './commands/record-commands.js';
import { feedsCommand } from './commands/subscription-commands.js';
import { jobsCommand } from './commands/subscription-commands.js';
import { keysCommand } from './commands/keys-command.js';
import { hooksCommand } from './commands/subscription-commands.js';
import { operatorCommand } from './commands/operator-command.js';
import { messagesCommand } from './commands/messages-command.js';
import { ordersCommand } from './commands/orders-command.js';
import { withDirectory } from './commands/open-directory.js';
import { PRODUCT } from './protocols/cxml/cxml-protocol.js';
import { replayCommand } from './commands/trial/replay-command.js';
import { sessionsCommand } from './commands/sessions-command.js';
import { shopsCommand } from './commands/shops-command.js';
import { sitesCommand } from './commands/sites-command.js';
import { tenantCommand } from './commands/tenant-command.js';
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
  directory: (act, work) => withDirectory(serverSettings(process.env), act, work),
  print,
  readText: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
});

const program = new Command('punchout')
  .description('Punchout for headless stores. Reads the same environment as the server (DATABASE_URL, DATA_DIR, …).')
  .version(PRODUCT, '-V, --version', 'print the version')
  .showHelpAfterError('(punchout <command> --help says more)');

// The server is loaded by commands that need it only: it takes three quarters of a command's start.
const processes: Parameters<typeof processCommands>[1] = {
  serve: async (env) => (await import('./server.js')).serve(env),
  work: async (env) => (await import('./worker.js')).work(env),
};
for (const command of processCommands(process.env, processes)) program.addCommand(command);
program.addCommand(migrateCommand(process.env, print));
for (const command of backupCommands(process.env, print)) program.addCommand(command);
program.addCommand(tenantCommand(context));
program.addCommand(connectionCommand(context));
program.addCommand(keysCommand(context));
program.addCommand(operatorCommand(context));
const storeOf: StoreMaker = async ({ store, secrets }, findConnection) => {
  if (store.kind === 'demo') return undefined;
  const { serverStore } = await import('./wiring/server-store.js');
  // The store is closed again right after it was asked, so a throw-away encryption key is enough.
  return serverStore(store, { secrets: secrets ?? [randomBytes(32).toString('hex')], findConnection });
};
program.addCommand(doctorCommand(process.env, print, storeOf));
program.addCommand(sessionsCommand(context));
program.addCommand(replayCommand(context));
program.addCommand(shopsCommand(context));
program.addCommand(hooksCommand(context));
program.addCommand(feedsCommand(context));
program.addCommand(jobsCommand(context));
program.addCommand(catalogueCommand(context));
program.addCommand(messagesCommand(context));
program.addCommand(
  ordersCommand({
    ...context,
    async storeTakesOrders() {
      const store = await storeOf(serverSettings(process.env), () => Promise.resolve(undefined));
      await store?.close?.();
      // The demo shop takes them. The shop of an app is not known here; its worker asks it.
      return store === undefined || store.placeOrder !== undefined;
    },
  }),
);
program.addCommand(clientsCommand(context));
program.addCommand(sitesCommand(context));
program.addCommand(customersCommand(context));
program.addCommand(explainCommand(context));
program.addCommand(exportCommand(context));
program.addCommand(eraseCommand(context));
program.addCommand(auditCommand(context));
program.addCommand(resealCommand(context));
program
  .command('demo')
  .description(
    'a whole punchout over cXML, OCI and a middleware against a server started for it; exit code 0 only if all ' +
      'carts came back whole and valid',
  )
  .action(async () => {
    const [{ simulate }, { startServer }] = await Promise.all([import('./demo/simulate.js'), import('./server.js')]);
    process.exitCode = (await simulate({ startServer, print })) ? 0 : 1;
  });

watch(program);
program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
