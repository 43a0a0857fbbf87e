import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { newTransmissionId } from '../../../src/domain/transmission/transmission.js';
import type { NamedStatement } from '../../../src/ports/statement-runner.js';
import type {
  NewTransmission,
  TransmissionRepository,
} from '../../../src/ports/transmission/transmission-repository.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';

const TENANT = 'acme';
const SUMMARY = { itemsCount: '1', linesCount: 1, totalAmount: '1.00', currency: 'EUR' };

/**
 * A server prepares its statements while its tables are nearly empty and without statistics, and keeps those plans. A
 * plan that uses the tenant alone gets slower with every session.
 */
describeOnServer('plans of statements prepared early', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;
  let client: Client;
  beforeAll(async () => {
    server = await createServerDatabase();
    database = await openDatabase({ kind: 'server', url: server.url });
    await migrate(database);
    client = new Client({ connectionString: server.url });
    await client.connect();
    await client.query('set plan_cache_mode = force_generic_plan');
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await database.close();
    await server.drop();
  });

  it.each([0, 3, 60, 600])('with %d sessions, one transmission is found by its primary key', async (count) => {
    await grow(count);
    const used = new Map<string, string[]>();
    for (const { name, text } of await statementsOfOneKey())
      used.set(
        name,
        (await scansOf(text)).filter((scan) => scan.startsWith('transmission:')),
      );
    expect([...used.keys()].filter((name) => name.endsWith('-many'))).toHaveLength(4);
    expect(used.size).toBeGreaterThan(13);
    expect([...used].filter(([, scans]) => scans.some((scan) => scan !== 'transmission: transmission_pkey'))).toEqual(
      [],
    );
  });

  it('by BuyerCookie, with an index that begins with the cookie', async () => {
    await grow(600);
    const statements = await recorded((repository) => repository.findByBuyerCookie(TENANT, 'nobody'));
    expect(statements.length).toBe(2);
    await client.query('analyze transmission');
    for (const { text } of statements)
      expect(await scansOf(text)).toEqual(['transmission: transmission_newest_of_cookie']);
  });

  async function grow(count: number): Promise<void> {
    const repository = transmissionRepository(database);
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from transmission');
    for (let there = rows[0]?.count ?? 0; there < count; there += 1) await repository.create(newTransmission());
  }

  /** The repository's statements for one transmission. */
  async function statementsOfOneKey(): Promise<NamedStatement[]> {
    const key = { tenantId: TENANT, transmissionId: newTransmissionId(TENANT) };
    return recorded(async (repository) => {
      await aloneAndTogether(() => repository.find(key));
      await aloneAndTogether(() => repository.claim(key, { tokenDigest: 't', claimDigest: 'c', idleMinutes: 5 }));
      await aloneAndTogether(() => repository.attachCart(key, { store: 'demo', id: 'c' }));
      await repository.attachClone(key, { customerId: 'c' });
      await repository.touch(key, 5);
      await repository.writeCart(key, () => Promise.resolve());
      await repository.markRestored(key, []);
      await repository.noteSummary(key, SUMMARY);
      await aloneAndTogether(() =>
        repository.transfer(key, {
          cartRevision: 0,
          payload: {
            payloadId: 'p@example.com',
            kind: 'oci',
            action: 'https://erp.example.com/',
            method: 'post',
            target: '_top',
            charset: 'utf-8',
            fields: [],
            summary: SUMMARY,
          },
        }),
      );
      await repository.end(key, 'closed', 'buyer');
    });
  }

  /** Two at once go out by the statement for many (batches.ts). */
  async function aloneAndTogether(act: () => Promise<unknown>): Promise<void> {
    await act();
    await Promise.all([act(), act()]);
  }

  async function recorded(act: (repository: TransmissionRepository) => Promise<unknown>): Promise<NamedStatement[]> {
    const statements = new Map<string, NamedStatement>();
    const query: Database['query'] = (statement, values) => {
      statements.set(statement.name, statement);
      return database.query(statement, values);
    };
    await act(transmissionRepository({ ...database, query, asTenant: (_tenantId, read) => read(query) }));
    return [...statements.values()];
  }

  /** `table: index` of each scan of a stored table, `table: none` for a full scan. */
  async function scansOf(text: string): Promise<string[]> {
    const parameters = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
    const nulls = Array.from({ length: parameters }, () => 'null').join(', ');
    await client.query(`prepare plan as ${text}`);
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (format json) execute plan${nulls === '' ? '' : `(${nulls})`}`,
      );
      return rows.flatMap((row) => scansBelow(row['QUERY PLAN'][0].Plan));
    } finally {
      await client.query('deallocate plan');
    }
  }
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

function scansBelow(node: PlanNode): string[] {
  const own =
    / Scan$/.test(node['Node Type']) && node['Relation Name'] !== undefined
      ? [`${node['Relation Name']}: ${node['Index Name'] ?? 'none'}`]
      : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansBelow)];
}

function newTransmission(): NewTransmission {
  return {
    tenantId: TENANT,
    transmissionId: newTransmissionId(TENANT),
    connectionId: 'rocket',
    protocol: 'cxml',
    operation: 'create',
    buyerCookie: 'a buyer cookie',
    returnUrl: 'https://erp.example.com/return',
    tokenDigest: 'd',
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [] },
    startLinkSeconds: 600,
    idleMinutes: 60,
    absoluteMinutes: 600,
  };
}
