import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';

const ADMIN_URL = process.env['DATABASE_URL_TEST'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export interface OwnDatabase {
  url: string;
  host: string;
  port: number;
  /** The same database through another port of this machine. */
  urlThrough(port: number): string;
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A new database on the PostgreSQL server of DATABASE_URL_TEST; the server itself is not changed. */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const name = `proof_${process.pid}_${randomBytes(4).toString('hex')}`;
  await asAdmin(`create database ${name}`);
  const url = new URL(ADMIN_URL);
  url.pathname = `/${name}`;
  const pool = new Pool({ connectionString: url.href, max: 3 });
  pool.on('error', () => undefined);
  return {
    url: url.href,
    host: url.hostname,
    port: Number(url.port || 5432),
    urlThrough(port) {
      const through = new URL(url.href);
      through.hostname = '127.0.0.1';
      through.port = String(port);
      return through.href;
    },
    async rows<Row extends object>(text: string, values: readonly unknown[] = []) {
      return (await pool.query<Row>(text, [...values])).rows;
    },
    async drop() {
      await pool.end();
      await asAdmin(`drop database if exists ${name} with (force)`);
    },
  };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: ADMIN_URL, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
