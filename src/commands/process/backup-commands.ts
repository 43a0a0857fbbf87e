import { Command } from 'commander';
import { backUp, restore } from '../../adapters/postgres/database/copy-database.js';
import { databaseSettings } from '../../config/environment.js';

type Environment = Record<string, string | undefined>;

/** `punchout backup`, for the embedded database of a server that is stopped. */
export function backupCommand(env: Environment, print: (line: string) => void): Command {
  return new Command('backup')
    .description('copy the embedded database (DATA_DIR) of a stopped server; it holds secrets, so keep it safe')
    .argument('<target>', 'a new directory, or a new file that ends in .tar.gz')
    .action(async (target: string) => {
      const directory = embedded(env);
      await backUp(directory, target);
      print(`The database in ${directory} was copied to ${target}.`);
    });
}

/** `punchout restore`, for the embedded database of a server that is stopped. */
export function restoreCommand(env: Environment, print: (line: string) => void): Command {
  return new Command('restore')
    .description('put a backup in place of a database that is not there (DATA_DIR), and start it once')
    .argument('<source>', 'what `punchout backup` has made')
    .action(async (source: string) => {
      const directory = embedded(env);
      await restore(source, directory);
      print(`The backup ${source} is the database in ${directory} now.`);
    });
}

function embedded(env: Environment): string {
  const place = databaseSettings(env);
  if ('directory' in place) return place.directory;
  throw new Error('DATABASE_URL is set: a PostgreSQL server is backed up by pg_dump. Unset it for the embedded one.');
}
