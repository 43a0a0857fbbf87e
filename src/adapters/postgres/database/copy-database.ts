import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { databaseIn, makeDirectory } from './data-directory.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import { takeProcessLock } from './process-lock.js';

const FOLDER = 'postgres';
const ARCHIVE = /\.(tar\.gz|tgz)$/;
const OWNER_ONLY = 0o700;

/**
 * Copies the embedded database under `directory`, which no process may have open, to `target`: a new directory, or a
 * new file whose name ends in .tar.gz or .tgz (packed by the program tar). What is cut off leaves no `target`. Throws
 * an Error with advice where the database is in use, damaged or missing, and where `target` exists.
 */
export async function backUp(directory: string, target: string): Promise<void> {
  if (!existsSync(join(directory, FOLDER)))
    throw new Error(`There is no embedded database in ${directory}. Set DATA_DIR to the directory of the server.`);
  refuseExisting(target);
  const draft = draftOf(target);
  const lock = takeProcessLock(join(directory, 'process.lock'));
  try {
    const database = await databaseIn(directory, () =>
      Promise.reject(new Error(`The database in ${directory} is empty.`)),
    );
    mkdirSync(dirname(draft), { recursive: true });
    if (ARCHIVE.test(target)) {
      await tar('-czf', draft, '-C', dirname(database), basename(database));
      chmodSync(draft, 0o600);
      // Unlike a rename, a link never replaces a file.
      linkSync(draft, target);
    } else {
      mkdirSync(draft, { mode: OWNER_ONLY });
      cpSync(database, join(draft, FOLDER), { recursive: true });
      renameSync(draft, target);
    }
  } finally {
    lock.release();
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Puts a backup of `backUp` in place as the embedded database under `directory`, where there must be none yet, and
 * starts it once. Throws an Error with advice where that cannot be done, and leaves `directory` without a database.
 */
export async function restore(source: string, directory: string): Promise<void> {
  if (!existsSync(source)) throw new Error(`There is no backup at ${source}.`);
  makeDirectory(directory);
  const place = join(directory, FOLDER);
  const draft = join(directory, `${FOLDER}.new-${randomUUID()}`);
  const lock = takeProcessLock(join(directory, 'process.lock'));
  try {
    if (existsSync(place) && readdirSync(place).length > 0)
      throw new Error(
        `There is a database in ${directory} already. Nothing was changed. Set DATA_DIR to another directory, or ` +
          'move that one away first.',
      );
    mkdirSync(draft, { mode: OWNER_ONLY });
    if (statSync(source).isDirectory()) cpSync(join(source, FOLDER), join(draft, FOLDER), { recursive: true });
    else await tar('-xzf', resolve(source), '-C', draft);
    rmSync(place, { recursive: true, force: true });
    renameSync(join(draft, FOLDER), place);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(`${source} is no backup of an embedded database.`, { cause: error });
  } finally {
    lock.release();
    rmSync(draft, { recursive: true, force: true });
  }
  await startOnce(directory, place);
}

async function startOnce(directory: string, place: string): Promise<void> {
  try {
    const { close } = await openEmbeddedDatabase(directory);
    await close();
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw new Error(`The backup was not restored: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function refuseExisting(target: string): void {
  if (existsSync(target)) throw new Error(`${target} is there already. A backup replaces nothing: name a new one.`);
}

/** Beside the target, so that it can be renamed. */
function draftOf(target: string): string {
  const path = resolve(target);
  return join(dirname(path), `.${basename(path)}.new-${randomUUID()}`);
}

async function tar(...parameters: string[]): Promise<void> {
  try {
    await promisify(execFile)('tar', parameters);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('The program tar is not there. Name a directory in place of a .tar.gz file.', { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
