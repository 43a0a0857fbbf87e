import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import knexFactory, { type Knex } from 'knex';
import { SILENT } from './silent-log.js';
import { EmbeddedStream } from './embedded-stream.js';
import { takeProcessLock } from './process-lock.js';

/**
 * PostgreSQL inside this process, its files under `directory` (made when missing), which stays locked until `close`.
 * One connection: whoever uses `knex` while he holds a transaction waits for himself, and gets an error after 5 s.
 */
export async function openEmbeddedDatabase(directory: string): Promise<{ knex: Knex; close: () => Promise<void> }> {
  mkdirSync(directory, { recursive: true });
  const lock = takeProcessLock(join(directory, 'process.lock'));
  try {
    const database = await PGlite.create(join(directory, 'postgres'));
    const knex = knexFactory({
      client: 'pg',
      version: '18',
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
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
