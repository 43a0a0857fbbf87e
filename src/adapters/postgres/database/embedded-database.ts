import { statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type * as PGlitePackage from '@electric-sql/pglite';
import type { PGlite } from '@electric-sql/pglite';
import knexFactory, { type Knex } from 'knex';
import { Duplex } from 'node:stream';
import { SILENT } from './server-knex.js';
import { EMBEDDED_VERSION, damaged, databaseIn, makeDirectory, recordFiles } from './data-directory.js';
import { takeProcessLock } from './process-lock.js';

/**
 * PostgreSQL inside this process, with its files under `directory` (created when missing), which stays locked until
 * `close`. There is one connection: code that uses `knex` inside a transaction waits for itself and gets an error after
 * 5 s. Throws an Error with advice where the directory is in use, damaged, or holds foreign files.
 */
export async function openEmbeddedDatabase(directory: string): Promise<{ knex: Knex; close: () => Promise<void> }> {
  makeDirectory(directory);
  const lock = takeProcessLock(join(directory, 'process.lock'));
  try {
    const { PGlite } = await loadPGlite();
    const path = await databaseIn(directory, async (place) => (await PGlite.create(place)).close());
    const database = await started(path, (place) => PGlite.create(place));
    const knex = knexFactory({
      client: 'pg',
      version: EMBEDDED_VERSION,
      connection: { user: 'postgres', database: 'postgres', stream: () => new EmbeddedStream(database) },
      acquireConnectionTimeout: 5000,
      pool: { min: 1, max: 1 },
      log: SILENT,
    });
    return {
      knex,
      async close() {
        await knex.destroy();
        await database.close();
        recordFiles(path);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** 27 MB that those who have a server may leave out. */
async function loadPGlite(): Promise<typeof PGlitePackage> {
  try {
    return await import('@electric-sql/pglite');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(
      'The embedded database needs the package @electric-sql/pglite. Run `npm install @electric-sql/pglite`, or ' +
        'use a PostgreSQL server.',
      { cause: error },
    );
  }
}

async function started(path: string, create: (directory: string) => Promise<PGlite>): Promise<PGlite> {
  let database: PGlite | undefined;
  let lost: string | undefined;
  try {
    database = await create(path);
    lost = await lostFile(database, path);
  } catch (error) {
    await database?.close().catch(() => undefined);
    if (isDiskFull(path))
      throw new Error(`The embedded database in ${path} does not start: its disk is full. Make room and start again.`, {
        cause: error,
      });
    throw damaged(
      path,
      `PostgreSQL does not start on it (${error instanceof Error ? error.message : String(error)}).`,
      error,
    );
  }
  if (lost === undefined) return database;
  await database.close();
  throw damaged(path, lost);
}

/** PostgreSQL needs free space to start: it writes a new segment of its log. */
function isDiskFull(path: string): boolean {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize < ROOM_TO_START_BYTES;
}

const ROOM_TO_START_BYTES = 16 * 1024 * 1024;

/** Tables, indexes and other relations that have a file. */
const FILES = `
  select c.relname as name, c.relkind = 'i' as is_index, pg_relation_filepath(c.oid) as file
  from pg_class c where c.relkind in ('r', 'i', 't', 'm', 'S')`;

/** Finds damage that PostgreSQL would notice only on access: a missing file, an index without its first page. */
async function lostFile(database: PGlite, path: string): Promise<string | undefined> {
  const { rows } = await database.query<{ name: string; is_index: boolean; file: string }>(FILES);
  for (const { name, is_index: isIndex, file } of rows) {
    const size = statSync(join(path, file), { throwIfNoEntry: false })?.size;
    if (size === undefined) return `the file ${file} of ${name} is missing.`;
    if (isIndex && size === 0) return `the file ${file} of ${name} is empty.`;
  }
  return undefined;
}

/**
 * A socket for node-postgres that is connected to a PGlite in this process: writes go into PGlite, its answers can be
 * read. Types, row counts and errors are the same as with a server.
 */
class EmbeddedStream extends Duplex {
  constructor(private readonly database: PGlite) {
    super();
  }

  /**
   * Called by node-postgres. The single backend may hold prepared statements of an earlier connection; they are
   * dropped.
   */
  connect(): this {
    void this.reset();
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    void this.send(chunk, done);
  }

  /** A prepared statement arrives as four or five messages at once. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    void this.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  private async reset(): Promise<void> {
    try {
      await this.database.exec('rollback');
      await this.database.exec('discard all');
      this.emit('connect');
    } catch (error) {
      this.destroy(faultOf(error));
    }
  }

  /** PGlite answers within one turn of the event loop; without the pause, a loop of queries would starve timers. */
  private async send(messages: Uint8Array, done: (error?: Error | null) => void): Promise<void> {
    let fault: Error | null = null;
    try {
      await this.database.execProtocolRawStream(messages, { onRawData: (data) => this.push(Buffer.from(data)) });
      await new Promise(setImmediate);
    } catch (error) {
      fault = faultOf(error);
    }
    done(fault);
  }
}

function faultOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('The embedded database failed.', { cause: error });
}
