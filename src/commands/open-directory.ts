import type { Database } from '../adapters/postgres/database/database.js';
import { installationSecrets } from '../adapters/postgres/database/installation-key.js';
import { migrate } from '../adapters/postgres/database/migrate.js';
import { openDatabase } from '../adapters/postgres/database/open-database.js';
import { messageLog } from '../adapters/postgres/history/message-log.js';
import type { Logger } from '../ports/logger.js';
import type { MessageLog } from '../ports/transmission/message-log.js';
import { secretBox } from '../adapters/secrets/secret-box.js';
import { openRepositories, type Repositories } from '../wiring/repositories.js';
import type { ServerSettings } from '../config/environment.js';

export interface Directory extends Repositories {
  /** Names of the migrations that were run just now. */
  migrated: string[];
  /** Read only: the command line logs no documents. */
  messages: Pick<MessageLog, 'flush' | 'ofTransmission' | 'refused'>;
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
  const opened = await openDatabase(
    'url' in database ? { kind: 'server', url: database.url } : { kind: 'embedded', directory: database.directory },
  );
  try {
    const migrated = await migrate(opened);
    const box = secretBox((await installationSecrets(opened, secrets)).opening);
    const work = (on: Database): Promise<T> =>
      act({ ...openRepositories(on, box), messages: messageLog(on, NO_LOG), migrated });
    return await (atOnce ? opened.transaction((query) => work({ ...opened, query })) : work(opened));
  } finally {
    await opened.close();
  }
}

const NO_LOG: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What a command is given: the database of its environment, opened for the time it works, and a place to write to. */
export interface CommandContext {
  directory<T>(act: (directory: Directory) => Promise<T>, work?: DirectoryWork): Promise<T>;
  print(line: string): void;
  /** A file's text; `-` is standard input. */
  readText(path: string): Promise<string>;
}
