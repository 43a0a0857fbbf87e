import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { auditChain } from '../../../src/adapters/postgres/history/audit-chain.js';
import { personalData } from '../../../src/adapters/postgres/history/personal-data.js';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { linkAudit } from '../../../src/jobs/upkeep.js';
import type { AuditFault } from '../../../src/ports/audit-log.js';
import { checkAuditChain } from '../../proof/checkers/check-audit-chain.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';

let serial = 0;

/** A separate tenant, whose audit rows are written by hand. */
async function tenantOf({
  knex,
}: Database): Promise<{ tenantId: string; write: (count: number, age?: string) => Promise<string[]> }> {
  const tenantId = `chain${(serial += 1)}x${process.pid}`.slice(0, 16);
  await knex('tenant').insert({ tenant_id: tenantId, name: 'Chain', settings: '{}' });
  return {
    tenantId,
    write: async (count, age = '1 hour') => {
      const { rows } = await knex.raw<{ rows: { audit_id: string }[] }>(
        `insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor, details, at)
        select ?, ? || '_' || n, 'open', 'active', 'login', 'browser', '{"code": "A\u00e4\\"\\u2028"}',
          now() - ?::interval
          from generate_series(1, ?) n returning audit_id::text`,
        [tenantId, tenantId, age, count],
      );
      return rows.map((row) => row.audit_id);
    },
  };
}

async function linkAll(database: Database, limit = 7): Promise<void> {
  while ((await auditChain(database).link(limit)) !== undefined);
}

describeOnDatabases('T64: the audit chain', (database) => {
  let tenantId: string;
  let write: (count: number, age?: string) => Promise<string[]>;
  beforeEach(async () => {
    ({ tenantId, write } = await tenantOf(database()));
  });
  const verify = () => auditChain(database()).verify(tenantId);
  const faults = async (): Promise<Pick<AuditFault, 'auditId' | 'what'>[]> =>
    (await verify()).faults.map(({ auditId, what }) => ({ auditId, what }));

  it('links rows in batches, per tenant, and verifies', async () => {
    const other = await tenantOf(database());
    const own = await write(20);
    await other.write(5);
    await write(3);
    await linkAll(database());
    expect(await verify()).toMatchObject({ linked: 23, firstId: own[0], waiting: 0, faults: [] });
    expect(await auditChain(database()).verify(other.tenantId)).toMatchObject({ linked: 5, faults: [] });
    const { head } = await verify();
    expect(await auditChain(database()).hashAt(tenantId, head?.auditId ?? '')).toBe(head?.hash);
  });

  it('a row waits for a minute, and later rows wait for it', async () => {
    const [first] = await write(1);
    await write(1, '10 seconds');
    await write(2);
    await linkAll(database());
    expect(await verify()).toMatchObject({ linked: 1, firstId: first, waiting: 3, faults: [] });
    await database().knex.raw(`update audit set at = at - interval '2 minutes' where tenant_id = ?`, [tenantId]);
    // That was a change.
    expect(await faults()).toEqual([{ auditId: first, what: 'changed' }]);
  });

  describe('tampering with write access to the database', () => {
    let ids: string[];
    beforeEach(async () => {
      ids = await write(12);
      await linkAll(database());
      expect((await verify()).faults).toEqual([]);
    });
    const change = (sql: string, ...values: unknown[]) => database().knex.raw(sql, [...(values as string[])]);

    it.each([
      `transmission_id = transmission_id || 'x'`,
      'from_status = null',
      `to_status = 'closed'`,
      `event = 'logout'`,
      `actor = 'Browser'`,
      `details = '{"code": "B"}'`,
      `at = at + interval '1 microsecond'`,
    ])('changes a row: %s', async (set) => {
      await change(`update audit set ${set} where tenant_id = ? and audit_id = ?`, tenantId, ids[4]);
      expect(await faults()).toEqual([{ auditId: ids[4], what: 'changed' }]);
    });

    it.each([
      `update audit set actor = 'Browser' where tenant_id = ? and audit_id = ?`,
      'delete from audit where tenant_id = ? and audit_id = ?',
      'delete from audit_link where tenant_id = ? and audit_id = ?',
      `update audit_link set previous = '' where tenant_id = ? and audit_id = ?`,
      `update audit_link set hash = '' where tenant_id = ? and audit_id = ?`,
    ])("the proof's own check sees it as well: %s", async (tampering) => {
      const found = async (): Promise<string[]> => {
        const { findings } = await checkAuditChain({
          rows: async <Row extends object>(text: string) => (await database().knex.raw<{ rows: Row[] }>(text)).rows,
        });
        return findings.filter(({ subject }) => subject === tenantId).map(({ kind }) => kind);
      };
      expect(await found()).toEqual([]);
      await change(tampering, tenantId, ids[4]);
      expect(await found()).toEqual(['wrong']);
    });

    it('deletes a row, with its link and without', async () => {
      await change('delete from audit where tenant_id = ? and audit_id = ?', tenantId, ids[4]);
      expect(await faults()).toEqual([{ auditId: ids[4], what: 'gone' }]);
      await change('delete from audit_link where tenant_id = ? and audit_id = ?', tenantId, ids[4]);
      expect(await faults()).toEqual([{ auditId: ids[5], what: 'not the one that followed' }]);
      await change(
        `insert into audit (tenant_id, transmission_id, audit_id, event, actor, at) overriding system value
          values (?, '', ?, 'login', 'browser', now() - interval '1 hour')`,
        tenantId,
        ids[4],
      );
      expect(await faults()).toEqual([
        { auditId: ids[4], what: 'put in later' },
        { auditId: ids[5], what: 'not the one that followed' },
      ]);
    });

    it('changes a row and its link: the next link shows it', async () => {
      await change(
        `update audit_link set hash = decode(repeat('ab', 32), 'hex') where tenant_id = ? and audit_id = ?`,
        tenantId,
        ids[4],
      );
      expect(await faults()).toEqual([
        { auditId: ids[4], what: 'changed' },
        { auditId: ids[5], what: 'not the one that followed' },
      ]);
    });

    it('cuts off the end: the head shows it; with a changed head, only a copy kept elsewhere does', async () => {
      const { head } = await verify();
      for (const table of ['audit', 'audit_link'])
        await change(`delete from ${table} where tenant_id = ? and audit_id > ?`, tenantId, ids[8]);
      expect(await faults()).toEqual([{ auditId: ids[11], what: 'gone' }]);
      await change(
        `update audit_chain c set audit_id = l.audit_id, hash = l.hash from audit_link l
          where c.tenant_id = ? and l.tenant_id = c.tenant_id and l.audit_id = ?`,
        tenantId,
        ids[8],
      );
      expect(await faults()).toEqual([]);
      expect(await auditChain(database()).hashAt(tenantId, head?.auditId ?? '')).toBeUndefined();
    });
  });

  it('T63: rows past their retention may go in any order, down to the last one, and the rest verifies', async () => {
    await write(9, '401 days');
    const kept = await write(4);
    await linkAll(database());
    for (let left = 9; left > 0; left -= 2) {
      expect(await faults()).toEqual([]);
      await personalData(database()).deleteOldAudit(2);
    }
    expect(await verify()).toMatchObject({ linked: 4, firstId: kept[0], faults: [] });
    await write(1);
    await linkAll(database());
    await database().knex.raw(`delete from audit where tenant_id = ?`, [tenantId]);
    expect((await faults()).length).toBe(5);

    const quiet = await tenantOf(database());
    await quiet.write(5, '500 days');
    await linkAll(database());
    await personalData(database()).deleteOldAudit(500);
    expect(await auditChain(database()).verify(quiet.tenantId)).toMatchObject({ faults: [], waiting: 0 });
    const [next] = await quiet.write(1);
    await linkAll(database());
    expect(await auditChain(database()).verify(quiet.tenantId)).toMatchObject({ head: { auditId: next }, faults: [] });
  });

  it('more rows than a page has', async () => {
    await write(4_500);
    await linkAll(database(), 1_000);
    expect(await verify()).toMatchObject({ linked: 4_500, faults: [] });
  });

  it('writes the head into the process log once a day', async () => {
    const logged: unknown[] = [];
    const log = { debug() {}, warn() {}, error() {}, info: (facts: unknown) => void logged.push(facts) };
    let now = Date.parse('2026-11-25T12:00:00Z');
    const run = linkAudit(auditChain(database()), log, () => now);
    for (const hours of [0, 1, 24]) {
      now += hours * 3_600_000;
      await write(2);
      while ((await run(1_000)) > 0);
    }
    const { head } = await verify();
    const own = logged.filter((facts) => (facts as { tenant: string }).tenant === tenantId);
    expect(own).toHaveLength(2);
    expect(own[1]).toEqual({ tenant: tenantId, audit: head?.auditId, hash: head?.hash });
  });
});

describeOnServer('T64: the audit chain, several processes', () => {
  it('four workers at once produce one chain without gaps', async () => {
    const server = await createServerDatabase();
    const databases = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ kind: 'server', url: server.url })));
    const [database] = databases;
    if (database === undefined) throw new Error('no database');
    try {
      await migrate(database);
      const { tenantId, write } = await tenantOf(database);
      await write(1_000);
      await Promise.all(databases.map((one) => linkAll(one, 10)));
      expect(await auditChain(database).verify(tenantId)).toMatchObject({ linked: 1_000, waiting: 0, faults: [] });
    } finally {
      await Promise.all(databases.map((one) => one.close()));
      await server.drop();
    }
  }, 60_000);
});
