import type { Knex } from 'knex';
import { Client } from 'pg';

/** A shop's PostgreSQL database whose writes can be switched off and on. */
export interface DatabaseSwitch {
  /** As after a failover: open and new connections lead to a server that refuses writes (SQLSTATE 25006). */
  readOnly(): Promise<void>;
  /** The error of a full disk (SQLSTATE 53100), from every statement that writes a row. */
  full(): Promise<void>;
  /** Accepts writes again. The pool handles its open connections itself. */
  writable(): Promise<void>;
  close(): Promise<void>;
}

export async function databaseSwitch(url: string, knex: Knex): Promise<DatabaseSwitch> {
  const admin = new Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
  await admin.connect();
  const name = new URL(url).pathname.slice(1);
  await admin.query(`
    create function disk_is_full() returns trigger language plpgsql as $$
    begin
      if current_setting('test.disk_is_full', true) = 'yes' then
        raise exception 'could not extend file "base/1/1": No space left on device' using errcode = '53100';
      end if;
      return null;
    end $$`);
  const { rows } = await admin.query<{ name: string }>(
    `select format('%I', relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  for (const table of rows)
    await admin.query(
      `create trigger disk_is_full before insert or update or delete on ${table.name} for each statement execute ` +
        'function disk_is_full()',
    );

  async function set(setting: string, value: string): Promise<void> {
    await admin.query(`alter database ${name} set ${setting} = ${value}`);
    const { pool } = knex.client as { pool: Record<'numUsed' | 'numFree' | 'numPendingCreates', () => number> };
    const clients: Client[] = [];
    try {
      // All that are open or being opened; the pool opens others later, which find the setting of the database.
      while (clients.length < pool.numUsed() + pool.numFree() + pool.numPendingCreates())
        clients.push(await knex.client.acquireConnection());
      for (const client of clients) await client.query(`set ${setting} = ${value}`);
    } finally {
      for (const client of clients) await knex.client.releaseConnection(client);
    }
  }

  return {
    readOnly: () => set('default_transaction_read_only', 'on'),
    full: () => set('test.disk_is_full', `'yes'`),
    async writable() {
      await set('default_transaction_read_only', 'off');
      await set('test.disk_is_full', `'no'`);
    },
    async close() {
      await admin.end();
    },
  };
}
