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

/** Of the PostgreSQL inside PGlite; it reads the files of no other. */
export const EMBEDDED_VERSION = '18';

const CONTROL_FILE_BYTES = 8192;
const NEEDED_DIRECTORIES = ['base', 'global', 'pg_wal', 'pg_xact'];
const NEEDED_FILES = ['postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'];
const HALF_MADE = /^postgres\.new-/;

const MOVE = 'Give this program a data directory of its own (DATA_DIR).';

/** What to do about a damaged database. */
export function damaged(path: string, what: string, cause?: unknown): Error {
  const advice =
    'Restore the directory from a backup. If it never held any data, or its first start was cut off, delete it and start again.';
  return new Error(`The embedded database in ${path} is damaged: ${what} It was not started. ${advice}`, { cause });
}

/** Makes `directory` where it is missing. Throws an Error that says what is in the way. */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Error(
      `The data directory ${directory} cannot be made or entered (${reasonOf(error)}). Set DATA_DIR to a directory that this program may write to.`,
      { cause: error },
    );
  }
  if (readdirSync(directory).includes('PG_VERSION'))
    throw new Error(`The directory ${directory} is a PostgreSQL database itself. It was not touched. ${MOVE}`);
}

/**
 * The place of the database under `directory`, which must be locked. Where there is none, `make` makes one; it comes
 * to its place when it is complete, so a start that is cut off leaves nothing behind that looks like a database.
 * Throws an Error that names what is damaged, or what else lies there, and leaves it as it is.
 */
export async function databaseIn(directory: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(directory, 'postgres');
  // Only a start that was cut off leaves these: nobody else holds the lock.
  for (const name of readdirSync(directory))
    if (HALF_MADE.test(name)) rmSync(join(directory, name), { recursive: true, force: true });
  const names = namesIn(path, readdirSync(directory).includes('postgres'));
  if (names !== undefined && names.length > 0) {
    refuseDamaged(path, names);
    return realpathSync(path);
  }
  if (names !== undefined && !isRemoved(path)) {
    // A mount point, or a link to a directory: it stays, and the database is made inside.
    const place = realpathSync(path);
    await make(place);
    return place;
  }
  const draft = join(directory, `postgres.new-${randomUUID()}`);
  await make(draft);
  renameSync(draft, path);
  return path;
}

/** Undefined: there is no such directory. */
function namesIn(path: string, isThere: boolean): string[] | undefined {
  try {
    return isThere ? readdirSync(path) : undefined;
  } catch (error) {
    throw new Error(`${path} is no directory that can be read (${reasonOf(error)}). It was not touched. ${MOVE}`, {
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
      `${path} holds no database but something else (${names.slice(0, 3).join(', ')}). It was not touched. ${MOVE}`,
    );
  const version = readNeeded(path, 'PG_VERSION').toString('latin1', 0, 20).trim();
  if (version === '') throw damaged(path, 'PG_VERSION is empty.');
  if (version !== EMBEDDED_VERSION)
    throw new Error(
      `The database in ${path} was made by PostgreSQL ${JSON.stringify(version)}, and this program reads ${EMBEDDED_VERSION}. It was not started. Use the version of this program that made it.`,
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

/** The system's word for what is wrong. */
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
/** A cache: PostgreSQL makes it anew where it is missing. */
const CACHE = 'pg_internal.init';

/** The files of a database as they were when it was last closed. */
interface FilesAtClose {
  /** Digest of global/pg_control, which changes with every start and every close, whoever does it. */
  control: string;
  /** Bytes by path. */
  sizes: Record<string, number>;
}

/**
 * Writes down what a closed database consists of. PostgreSQL itself takes a table file that has lost pages for a
 * smaller table. Without the record, as after a kill, only PostgreSQL's own checks are left.
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
    // A full disk, or files that are gone, must not keep a process from stopping; an older record is no longer looked at.
    rmSync(draft, { force: true });
  }
}

/** What has become of the files of a database that nobody has opened since it was closed; undefined: nothing, or nobody knows. */
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
