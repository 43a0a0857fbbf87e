import {
  type Stats,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomUUID, createHash } from 'node:crypto';

/** PostgreSQL version inside PGlite; it cannot read the files of another major version. */
export const EMBEDDED_VERSION = '18';

const CONTROL_FILE_BYTES = 8192;
const NEEDED_DIRECTORIES = ['base', 'global', 'pg_wal', 'pg_xact'];
const NEEDED_FILES = ['postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'];
const HALF_MADE = /^postgres\.new-/;

const MOVE = 'Give this program a separate data directory (DATA_DIR).';

/** The error for a damaged database, with advice. */
export function damaged(path: string, what: string, cause?: unknown): Error {
  const advice =
    'Restore the directory from a backup. ' +
    'If it never held any data, or its first start was cut off, delete it and start again.';
  return new Error(`The embedded database in ${path} is damaged: ${what} It was not started. ${advice}`, { cause });
}

/** Creates `directory` where it is missing. Throws an Error that names the cause. */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Error(
      `The data directory ${directory} cannot be created or opened (${reasonOf(error)}). ` +
        'Set DATA_DIR to a directory that this program may write to.',
      { cause: error },
    );
  }
  if (readdirSync(directory).includes('PG_VERSION'))
    throw new Error(`The directory ${directory} is itself a PostgreSQL database. It was not touched. ${MOVE}`);
}

/**
 * Path of the database under `directory`, which must be locked. A missing database is created by `make` in a draft
 * directory and renamed when it is complete: an interrupted start leaves nothing that looks like a database. Throws an
 * Error that names what is damaged or which foreign files were found, and changes nothing.
 */
export async function databaseIn(directory: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(directory, 'postgres');
  // Leftovers of an interrupted start: the lock rules out any other process.
  for (const name of readdirSync(directory))
    if (HALF_MADE.test(name)) rmSync(join(directory, name), { recursive: true, force: true });
  const names = namesIn(path, readdirSync(directory).includes('postgres'));
  if (names !== undefined && names.length > 0) {
    refuseDamaged(path, names);
    return realpathSync(path);
  }
  if (names !== undefined && !isRemoved(path)) {
    // A mount point or a link to a directory stays; the database is created inside it.
    const place = realpathSync(path);
    await make(place);
    return place;
  }
  const draft = join(directory, `postgres.new-${randomUUID()}`);
  await make(draft);
  renameSync(draft, path);
  return path;
}

/** Undefined: the directory does not exist. */
function namesIn(path: string, isThere: boolean): string[] | undefined {
  try {
    return isThere ? readdirSync(path) : undefined;
  } catch (error) {
    throw new Error(`${path} is not a readable directory (${reasonOf(error)}). It was not touched. ${MOVE}`, {
      cause: error,
    });
  }
}

function isRemoved(emptyDirectory: string): boolean {
  try {
    rmdirSync(emptyDirectory);
    return true;
  } catch {
    return false;
  }
}

function refuseDamaged(path: string, names: readonly string[]): void {
  if (!names.some((name) => name === 'PG_VERSION' || name === 'postgresql.conf' || NEEDED_DIRECTORIES.includes(name)))
    throw new Error(
      `${path} holds something other than a database (${names.slice(0, 3).join(', ')}). It was not touched. ${MOVE}`,
    );
  const version = readNeeded(path, 'PG_VERSION').toString('latin1', 0, 20).trim();
  if (version === '') throw damaged(path, 'PG_VERSION is empty.');
  if (version !== EMBEDDED_VERSION)
    throw new Error(
      `The database in ${path} was made by PostgreSQL ${JSON.stringify(version)}, ` +
        `and this program reads ${EMBEDDED_VERSION}. It was not started. ` +
        'Use the version of this program that made it.',
    );
  for (const name of NEEDED_DIRECTORIES)
    if (!statOf(path, name).isDirectory()) throw damaged(path, `${name} is no directory.`);
  const control = readNeeded(path, 'global/pg_control');
  if (control.length !== CONTROL_FILE_BYTES)
    throw damaged(path, `global/pg_control has ${control.length} bytes in place of ${CONTROL_FILE_BYTES}.`);
  for (const name of NEEDED_FILES) readNeeded(path, name);
  const change = changedSinceClose(path, control);
  if (change !== undefined) throw damaged(path, change);
}

function readNeeded(path: string, name: string): Buffer {
  try {
    return readFileSync(join(path, name));
  } catch (error) {
    throw damaged(path, `${name} cannot be read (${reasonOf(error)}).`, error);
  }
}

function statOf(path: string, name: string): Stats {
  try {
    return statSync(join(path, name));
  } catch (error) {
    throw damaged(path, `${name} cannot be read (${reasonOf(error)}).`, error);
  }
}

/** The error code of the operating system. */
function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (code === '' ? String(error) : code);
}

const WORDS: Record<string, string> = {
  ENOENT: 'it is missing',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'it is a file',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read only',
  ENOSPC: 'the disk is full',
  ELOOP: 'the links lead in a circle',
};

const RECORD = 'files-at-close.json';
const KEPT_IN = ['base', 'global', 'pg_wal', 'pg_xact', 'pg_multixact'];
/** A cache: PostgreSQL recreates it where it is missing. */
const CACHE = 'pg_internal.init';

/** The files of a database when it was last closed. */
interface FilesAtClose {
  /** Digest of global/pg_control, which changes with every start and every stop. */
  control: string;
  /** Bytes by path. */
  sizes: Record<string, number>;
}

/**
 * Records the files of a closed database. PostgreSQL does not notice a table file that has lost pages. Without the
 * record, for example after a kill, only PostgreSQL's own checks are left.
 */
export function recordFiles(path: string): void {
  const draft = join(path, `${RECORD}.new`);
  try {
    const record: FilesAtClose = {
      control: digestOf(readFileSync(join(path, 'global', 'pg_control'))),
      sizes: sizesUnder(path),
    };
    writeFileSync(draft, JSON.stringify(record));
    renameSync(draft, join(path, RECORD));
  } catch {
    // A full disk or missing files must not keep the process from stopping; the older record becomes invalid.
    rmSync(draft, { force: true });
  }
}

/**
 * Describes damage to the files of a database since it was closed. Undefined: no damage, or the database was opened
 * since.
 */
function changedSinceClose(path: string, control: Buffer): string | undefined {
  const record = readRecord(path);
  if (record === undefined || record.control !== digestOf(control)) return undefined;
  const sizes = sizesUnder(path);
  for (const [name, size] of Object.entries(record.sizes)) {
    const now = sizes[name];
    if (now === undefined) return `the file ${name} is missing.`;
    if (now !== size) return `the file ${name} has ${now} bytes, and had ${size} when the database was closed.`;
  }
  return undefined;
}

function readRecord(path: string): FilesAtClose | undefined {
  try {
    const record: FilesAtClose = JSON.parse(readFileSync(join(path, RECORD), 'utf8'));
    return record;
  } catch {
    return undefined;
  }
}

function sizesUnder(path: string): Record<string, number> {
  const sizes: Record<string, number> = {};
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(path, inner), { withFileTypes: true })) {
      const name = `${inner}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (!entry.name.startsWith(CACHE)) sizes[name] = statSync(join(path, name)).size;
    }
  };
  for (const name of KEPT_IN) walk(name);
  return sizes;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
