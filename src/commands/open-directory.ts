import { setFlagsFromString } from 'node:v8';
import type { Database } from '../adapters/postgres/database/database.js';
import { installationSecrets } from '../adapters/postgres/database/installation-key.js';
import { migrate } from '../adapters/postgres/database/migrate.js';
import { openDatabase } from '../adapters/postgres/database/open-database.js';
import { secretBox } from '../adapters/secrets/secret-box.js';
import { openRepositories, type Repositories } from '../wiring/repositories.js';
import type { ServerSettings } from '../config/environment.js';

export interface Directory extends Repositories {
  /** Names of the migrations that were run just now. */
  migrated: string[];
}

/** What a command needs of the directory. */
interface DirectoryWork {
  /** Everything written is kept together, or nothing is. For at most two seconds of work. */
  atOnce?: boolean;
}

/** Opens the database of the environment for one command, with its schema up to date, and closes it afterwards. */
export async function withDirectory<T>(
  { database, secrets }: Pick<ServerSettings, 'database' | 'secrets'>,
  act: (directory: Directory) => Promise<T>,
  { atOnce = false }: DirectoryWork = {},
): Promise<T> {
  // The embedded database is WebAssembly. A command is too short for its optimisation to pay.
  setFlagsFromString('--liftoff-only');
  const opened = await openDatabase(
    'url' in database ? { kind: 'server', url: database.url } : { kind: 'embedded', directory: database.directory },
  );
  try {
    const migrated = await migrate(opened);
    const box = secretBox((await installationSecrets(opened, secrets)).opening);
    const work = (on: Database): Promise<T> => act({ ...openRepositories(on, box), migrated });
    return await (atOnce ? opened.transaction((within) => work({ ...opened, ...within })) : work(opened));
  } finally {
    await opened.close();
  }
}

/** What a command is given: the database of its environment, opened for the time it works, and a place to write to. */
export interface CommandContext {
  directory<T>(act: (directory: Directory) => Promise<T>, work?: DirectoryWork): Promise<T>;
  print(line: string): void;
  /** A file's text; `-` is standard input. */
  readText(path: string): Promise<string>;
}
