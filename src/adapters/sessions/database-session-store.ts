import { type SessionData, Store } from 'express-session';
import type { Knex } from 'knex';
import { digestOf } from '../../domain/digest.js';
import { KnownSessions, ttlSecondsOf, type SessionStorage } from './session-storage.js';

type Done<Value = undefined> = (error?: unknown, value?: Value) => void;

/** Browser sessions in the database, where Redis is not configured (embedded mode). The caller closes the database. */
export function databaseSessions({ knex }: { knex: Knex }): SessionStorage {
  return {
    store: new DatabaseSessionStore(knex),
    health: {
      name: 'sessions',
      async check() {
        await knex.raw('select 1');
      },
    },
    async deleteExpired(limit) {
      const { rowCount } = await knex.raw<{ rowCount: number }>(
        `delete from browser_session where ctid = any(array(
          select ctid from browser_session where expires_at <= now() order by expires_at limit ? for update skip locked
        ))`,
        [limit],
      );
      return rowCount;
    },
    async close() {},
  };
}

/** Stores digests of session ids: a reader of the table cannot take over a session. */
class DatabaseSessionStore extends Store {
  private readonly known = new KnownSessions();

  constructor(private readonly knex: Knex) {
    super();
  }

  override createSession(...args: Parameters<Store['createSession']>): ReturnType<Store['createSession']> {
    return this.known.add(super.createSession(...args));
  }

  override get(sid: string, done: Done<SessionData | null>): void {
    const read = async (): Promise<SessionData | null> => {
      const { rows } = await this.knex.raw<{ rows: { content: SessionData }[] }>(
        'select content from browser_session where session_digest = ? and expires_at > now()',
        [digestOf(sid)],
      );
      return rows[0]?.content ?? null;
    };
    settle(read(), done);
  }

  /** A known session is only written if it still exists. */
  override set(sid: string, session: SessionData, done?: Done): void {
    const write = async (): Promise<undefined> => {
      const values = [JSON.stringify(session), ttlSecondsOf(session), digestOf(sid)];
      if (this.known.has(session)) {
        await this.knex.raw(
          `update browser_session set content = ?, expires_at = now() + make_interval(secs => ?)
            where session_digest = ? and expires_at > now()`,
          values,
        );
      } else {
        await this.knex.raw(
          `insert into browser_session (content, expires_at, session_digest)
            values (?, now() + make_interval(secs => ?), ?)
          on conflict (session_digest) do update set content = excluded.content, expires_at = excluded.expires_at`,
          values,
        );
      }
      this.known.add(session);
    };
    settle(write(), done);
  }

  override touch(sid: string, session: SessionData, done?: Done): void {
    const write = async (): Promise<undefined> => {
      await this.knex.raw(
        `update browser_session set expires_at = now() + make_interval(secs => ?)
          where session_digest = ? and expires_at > now()`,
        [ttlSecondsOf(session), digestOf(sid)],
      );
    };
    settle(write(), done);
  }

  override destroy(sid: string, done?: Done): void {
    const remove = async (): Promise<undefined> => {
      await this.knex('browser_session').where('session_digest', digestOf(sid)).del();
    };
    settle(remove(), done);
  }
}

/** express-session expects callbacks and must be informed of every failure. */
function settle<Value>(work: Promise<Value>, done: Done<Value> = () => undefined): void {
  work.then(
    // Outside of the promise: an error thrown by the callback is not a failure of the store.
    (value) => setImmediate(done, null, value),
    (error: unknown) => setImmediate(done, error),
  );
}
