#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { CommandContext } from './commands/command-context.js';
import { connectionCommand } from './commands/connection-command.js';
import { doctorCommand } from './commands/doctor-command.js';
import { keysCommand } from './commands/keys-command.js';
import { withDirectory } from './commands/open-directory.js';
import { tenantCommand } from './commands/tenant-command.js';
import { serverSettings } from './config/environment.js';
import { simulate } from './demo/simulate.js';
import { startServer } from './server.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const context: CommandContext = {
  directory: (act) => withDirectory(serverSettings(process.env), act),
  print,
  readText: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
};

const program = new Command('punchout')
  .description('Punchout for headless stores. Reads the same environment as the server (DATABASE_URL, DATA_DIR, …).')
  .showHelpAfterError('(punchout <command> --help says more)');

program
  .command('migrate')
  .description('bring the database schema up to date')
  .action(async () => {
    const migrated = await context.directory((directory) => Promise.resolve(directory.migrated));
    print(migrated.length === 0 ? 'The schema is up to date.' : `Done: ${migrated.join(', ')}`);
  });
program.addCommand(tenantCommand(context));
program.addCommand(connectionCommand(context));
program.addCommand(keysCommand(context));
program.addCommand(doctorCommand(process.env, print));
program
  .command('demo')
  .description('a whole cXML and a whole OCI punchout against a server started for it; exit code 0 only if both carts came back whole and valid')
  .action(async () => {
    process.exitCode = (await simulate({ startServer, print })) ? 0 : 1;
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
