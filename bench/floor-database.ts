import { callbackify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { RedisStore } from 'connect-redis';
import { type SessionData, Store } from 'express-session';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

interface FloorStatement {
  name: string;
  text: string;
  values: unknown[];
}

/** Where the floor keeps rows and sessions: the same database and session store as the connector. */
export interface FloorDatabase {
  query<Row>(statement: FloorStatement): Promise<Row[]>;
  sessions: Store;
}

const SCHEMA = `
  drop schema if exists floor cascade;
  create schema floor;
  create table floor.punchout (id uuid primary key, status text not null, cookie text not null,
    return_url text not null, at timestamptz not null default now());
  create table floor.payload (id uuid primary key, body text not null);
  create table floor.outbox (n bigserial primary key, id uuid not null);
  create table floor.session (id text primary key, data json not null)`;

/** A PostgreSQL server and Redis. */
export async function serverFloor(databaseUrl: string, redisUrl: string): Promise<FloorDatabase> {
  const pool = new Pool({ connectionString: databaseUrl, max: 16 });
  await pool.query(SCHEMA);
  return {
    query: async <Row>(statement: FloorStatement) => (await pool.query(statement)).rows as Row[],
    sessions: new RedisStore({ client: new Redis(redisUrl), prefix: 'floor:' }),
  };
}

/** PGlite in this process, which keeps the sessions too. */
export async function embeddedFloor(directory: string): Promise<FloorDatabase> {
  const database = await PGlite.create(directory);
  await database.exec(SCHEMA);
  const query = async <Row>({ text, values }: FloorStatement): Promise<Row[]> =>
    (await database.query<Row>(text, values)).rows;
  return { query, sessions: new TableSessions(query) };
}

class TableSessions extends Store {
  constructor(private readonly query: FloorDatabase['query']) {
    super();
  }

  get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    const text = 'select data from floor.session where id = $1';
    callbackify(async () => {
      const [row] = await this.query<{ data: SessionData }>({ name: 'get', text, values: [id] });
      return row?.data;
    })(done);
  }

  set(id: string, session: SessionData, done: (error?: unknown) => void = () => undefined): void {
    const text = 'insert into floor.session values ($1, $2) on conflict (id) do update set data = excluded.data';
    callbackify(() => this.query({ name: 'set', text, values: [id, JSON.stringify(session)] }))(done);
  }

  destroy(id: string, done: (error?: unknown) => void = () => undefined): void {
    const text = 'delete from floor.session where id = $1';
    callbackify(() => this.query({ name: 'destroy', text, values: [id] }))(done);
  }
}
