import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { databaseSessions } from '../../../src/adapters/sessions/database-session-store.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { sessionStorageContract } from '../../contracts/session-storage.contract.js';

describeOnDatabases('sessions in the database', (database) => {
  sessionStorageContract(() => databaseSessions(database()));

  it('deletes expired sessions, up to the limit, and nothing else', async () => {
    const { knex } = database();
    await knex('browser_session').del();
    const row = (name: string, seconds: number) => ({
      session_digest: `${name}-${randomUUID()}`,
      content: '{}',
      expires_at: new Date(Date.now() + seconds * 1000),
    });
    await knex('browser_session').insert([row('over', -3), row('over', -2), row('over', -1), row('live', 60)]);
    const sessions = databaseSessions(database());
    expect([await sessions.deleteExpired(2), await sessions.deleteExpired(2), await sessions.deleteExpired(2)]).toEqual(
      [2, 1, 0],
    );
    expect(await knex('browser_session').pluck('session_digest')).toEqual([expect.stringMatching(/^live-/)]);
  });

  it('does not store the session id itself', async () => {
    const sid = randomUUID();
    await new Promise((resolve) =>
      databaseSessions(database()).store.set(sid, { cookie: { originalMaxAge: null } }, resolve),
    );
    const rows = await database().knex('browser_session').select('*');
    expect(JSON.stringify(rows)).not.toContain(sid);
  });

  it('passes a failure to the callback', async () => {
    const { store } = databaseSessions({ knex: database().knex.withUserParams({}) });
    const error = await new Promise((resolve) => store.set('x', { cookie: { originalMaxAge: Number.NaN } }, resolve));
    expect(error).toBeInstanceOf(Error);
  });
});
