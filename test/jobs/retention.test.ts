import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { messageLog } from '../../src/adapters/postgres/history/message-log.js';
import { databaseSessions } from '../../src/adapters/sessions/database-session-store.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import { sweeper } from '../../src/jobs/upkeep.js';
import { sweepsOf } from '../../src/wiring/background-work.js';
import { openRepositories } from '../../src/wiring/repositories.js';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase, type ServerDatabase } from '../support/server-database.js';
import { beginTime, passDays, SIMULATED_TIME, sizes, SWEPT, TENANTS } from './year-of-punchouts.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
/** PROOF=1: a ten-thousandth of 50 punchouts a second. */
const isProof = process.env['PROOF'] !== undefined;
const [A_DAY, STEP_DAYS] = isProof ? [432, 1] : [10, 20];
/** Rows of all tables for one punchout are deleted that often at 50 punchouts a second. */
const NEEDED_ROWS_A_SECOND = 50 * 20;

describeOnServer('a year of punchouts', () => {
  let server: ServerDatabase;
  let client: Client;
  let swept = { rows: 0, ms: 0 };
  beforeAll(async () => {
    server = await createMigratedDatabase();
    client = new Client({ connectionString: `${server.url}${SIMULATED_TIME}` });
    await client.connect();
    await beginTime(client);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.drop();
  });

  async function withDatabase<T>(act: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ kind: 'server', url: `${server.url}${SIMULATED_TIME}` });
    try {
      return await act(database);
    } finally {
      await database.close();
    }
  }

  /** Lives until so many days have passed, sweeping after each step. */
  async function live(days: number): Promise<void> {
    await withDatabase(async (database) => {
      const repositories = openRepositories(database, secretBox(['s'.repeat(32)]));
      const parts = { ...repositories, sessions: databaseSessions(database), messages: messageLog(database, SILENT) };
      const failed: string[] = [];
      const sweep = sweeper(sweepsOf({ ...parts, log: SILENT }), {
        log: SILENT,
        faults: repositories.sweepFaults,
        count(name, batch) {
          if (batch === 'failed') failed.push(name);
          else if (name !== 'audit chain') swept.rows += batch.rows;
        },
      });
      for (let day = 0; day < days; day += STEP_DAYS) {
        await passDays(client, STEP_DAYS, A_DAY);
        const began = performance.now();
        while (await sweep(new AbortController().signal));
        swept.ms += performance.now() - began;
        while ((await repositories.funnel.fold(500)) > 0);
        // What the worker and autovacuum do.
        await client.query('delete from job');
        if (day % 30 < STEP_DAYS) await client.query(`vacuum (analyze) ${[...SWEPT, 'funnel_fact'].join(', ')}`);
      }
      expect(failed).toEqual([]);
    });
  }

  it('rows that another process is deleting are left to it, without waiting', async () => {
    await withDatabase(async (database) => {
      const { idempotency, personalData } = openRepositories(database, secretBox(['s'.repeat(32)]));
      const { deleteExpired } = databaseSessions(database);
      const messages = messageLog(database, SILENT);
      const deletions = [messages.deleteOld, personalData.deleteOldCarts, personalData.deleteOldSessions];
      const all = [...deletions, personalData.deleteOldAudit, idempotency.deleteExpired, deleteExpired];
      const countAll = async (limit: number): Promise<number> => {
        let count = 0;
        for (const run of all) count += await run(limit);
        return count;
      };
      await passDays(client, 1, 5);
      await client.query(`update simulated.clock set at = at + interval '500 days'`);
      await client.query('begin');
      for (const table of ['message_log', 'transfer_payload', 'transmission', 'audit', 'idempotency_key'])
        await client.query(`select from ${table} limit 1 for update`);
      expect(await client.query('select from browser_session limit 1 for update')).toMatchObject({ rowCount: 1 });
      await countAll(100);
      await client.query('rollback');
      const left = await sizes(client);
      expect(left.rows).toMatchObject({ message_log: 1, transfer_payload: 1, audit: 1, browser_session: 1 });
      expect(await countAll(100)).toBe(6);
    });
  }, 60_000);

  it('after the retention period tables stay as they are, by indexes, and the audit can be verified', async () => {
    await live(440);
    const early = await sizes(client);
    swept = { rows: 0, ms: 0 };
    await live(60);
    const late = await sizes(client);
    if (isProof) console.log(JSON.stringify({ early, late, swept }));
    expect(late.rows).toEqual(early.rows);
    expect(late.rows['transmission']).toBeLessThanOrEqual(A_DAY * (400 + STEP_DAYS));
    expect(late.bytes).toBeLessThan(early.bytes * 1.2);
    for (const table of SWEPT)
      // One that holds a day at most has few pages, and is read as a whole.
      if ((late.rows[table] ?? 0) > 2 * A_DAY)
        expect([table, late.fullReads[table]]).toEqual([table, early.fullReads[table]]);
    await withDatabase(async (database) => {
      const { auditChain } = openRepositories(database, secretBox(['s'.repeat(32)]));
      for (const tenant of TENANTS) expect((await auditChain.verify(tenant)).faults).toEqual([]);
    });
    if (isProof) expect((swept.rows / swept.ms) * 1_000).toBeGreaterThan(3 * NEEDED_ROWS_A_SECOND);
  }, 3_600_000);
});
