import { Command } from 'commander';
import { MIGRATIONS } from '../../../migrations/list.js';
import { migrate } from '../../adapters/postgres/database/migrate.js';
import { openDatabase } from '../../adapters/postgres/database/open-database.js';
import { databaseSettings } from '../../config/environment.js';
import { SERVER_VARIABLES, type Variable } from '../../config/variables/server-variables.js';
import { SHOPWARE_VARIABLES, VENDURE_VARIABLES } from '../../config/variables/store-variables.js';
import { valueSeen } from '../../config/value-seen.js';

type Environment = Record<string, string | undefined>;

/** `punchout serve`; `serve` runs until the process is stopped. */
export function serveCommand(env: Environment, serve: (env: Environment) => Promise<void>): Command {
  return new Command('serve')
    .description('run the server; SIGTERM stops it in order')
    .option('--no-worker', 'do no jobs, as WORKER=off; others run `punchout worker`')
    .action(({ worker }: { worker: boolean }) => serve(worker ? env : { ...env, WORKER: 'off' }))
    .addHelpText('after', VARIABLES_HELP);
}

/** `punchout worker`; `work` runs until the process is stopped. */
export function workerCommand(env: Environment, work: (env: Environment) => Promise<void>): Command {
  return new Command('worker')
    .description(
      'do the jobs of servers that run without them (carts to delete, order events, feeds, clean-up); answers only ' +
        '/healthz and /readyz, at HOST and PORT, and metrics',
    )
    .action(() => work({ ...env, WORKER: undefined }))
    .addHelpText('after', '\nReads the environment of the server: punchout serve --help');
}

/** `punchout migrate`. Needs only the variables of the database. */
export function migrateCommand(env: Environment, print: (line: string) => void): Command {
  return new Command('migrate')
    .description('bring the database schema up to date, and nothing else; exit code 0 if it is then')
    .action(async () => {
      const place = databaseSettings(env);
      const database = await openDatabase(
        'url' in place ? { kind: 'server', url: place.url } : { kind: 'embedded', directory: place.directory },
      );
      try {
        const done = await migrate(database);
        const steps = await database.query<{ name: string }>(APPLIED, []);
        const [from, to] = [steps.at(-1 - done.length)?.name ?? 'nothing', steps.at(-1)?.name ?? 'nothing'];
        const where = valueSeen('url' in place ? place.url : place.directory);
        const known = MIGRATIONS.some(({ name }) => name === to) ? '' : ', a newer version of this program made it';
        print(
          done.length === 0
            ? `The schema in ${where} is up to date: ${to}${known}.`
            : `The schema in ${where} went from ${from} to ${to}, in ${done.length} steps.`,
        );
      } finally {
        await database.close();
      }
    });
}

const APPLIED = { name: 'migrations-applied', text: 'select name from knex_migrations order by id' };

const VARIABLES_HELP = [
  '\nSettings are variables of the environment. All faults are named together at the start.',
  ...described('', SERVER_VARIABLES),
  ...described('With STORE=shopware:', SHOPWARE_VARIABLES),
  ...described('With STORE=vendure:', VENDURE_VARIABLES),
].join('\n');

function described(head: string, variables: readonly Variable[]): string[] {
  return [
    `\n${head}`.trimEnd(),
    ...variables.map(([name, preset, meaning]) => {
      const ifUnset = preset === '' ? '' : preset === 'needed' ? ' (needed)' : ` (default: ${preset})`;
      return `  ${name}${ifUnset}\n      ${meaning}`;
    }),
  ];
}
