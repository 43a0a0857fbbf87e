import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_OPERATIONS } from '../../../src/http/gateway/admin/openapi-operations.js';
import { API_SECTIONS } from '../../../src/wiring/api-sections.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { freshData } from '../../support/fresh-data.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { otherTenant } from '../gateway/api/api-calls.js';
import { type BlindReads, blindReads } from './blind-reads.js';
import {
  ATTEMPTS,
  type Attempt,
  type Owned,
  type Stranger,
  WITHOUT_TENANT,
  adminAttempt,
  ownedBy,
  sessionAttempt,
} from './foreign-attempts.js';

const OPERATIONS = API_SECTIONS.flatMap(({ operations }) => operations);
const SESSION_PATH = '/v1/punchout/sessions/{id}';
const STRANGER: Stranger = { key: 'other-all', shop: { id: '77', key: 'a-key-of-the-other-tenant' } };

const attempts: [string, Attempt, boolean][] = OPERATIONS.flatMap(
  ({ operationId, method, path }): [string, Attempt, boolean][] => {
    if (path.startsWith(SESSION_PATH)) return [[operationId, sessionAttempt(method, path), true]];
    const admin = ADMIN_OPERATIONS.find((operation) => operation.operationId === operationId);
    if (admin !== undefined) return [[operationId, adminAttempt(admin), path.includes('{')]];
    const attempt = ATTEMPTS[operationId];
    return attempt === undefined ? [] : [[operationId, attempt.run, attempt.unknown === true]];
  },
);

it('every operation is attempted, or lists why it owns nothing', () => {
  const attempted = new Set(attempts.map(([operationId]) => operationId));
  const left = OPERATIONS.filter(
    ({ operationId }) => !attempted.has(operationId) && WITHOUT_TENANT[operationId] === undefined,
  );
  expect(
    left.map(
      ({ operationId }) =>
        `${operationId}: add another tenant's attempt (ATTEMPTS), or why it has no tenant data (WITHOUT_TENANT), ` +
        'in test/http/openapi/foreign-attempts.ts',
    ),
  ).toEqual([]);
});

/** Gives the running shop and the data of its first tenant. */
function battery(open: () => Promise<RunningShop>): { shop?: RunningShop; owned?: Owned } {
  const at: { shop?: RunningShop; owned?: Owned; before?: unknown } = {};
  const shop = (): RunningShop => {
    if (at.shop === undefined) throw new Error('the shop did not start');
    return at.shop;
  };
  const rows = (): Promise<unknown> =>
    Promise.all([
      shop().knex('transmission').where({ tenant_id: 'demo' }).orderBy('transmission_id'),
      shop().knex('transfer_payload').where({ tenant_id: 'demo' }).orderBy('transmission_id'),
      shop().knex('connect_order').where({ tenant_id: 'demo' }),
      ...[
        'tenant',
        'api_key',
        'connection',
        'connection_credential',
        'connection_secret',
        'middleware_key',
        'oauth_client',
        'oauth_secret',
        'connect_shop',
        'connect_key',
        'site',
        'operator',
        'audit',
      ].map((table) => shop().knex(table).where({ tenant_id: 'demo' }).orderByRaw('1, 2, 3')),
    ]);

  beforeAll(async () => {
    at.shop = await open();
    await otherTenant(at.shop);
    await at.shop.connector.directory.connectShops.save({
      tenantId: 'other',
      shopId: Number(STRANGER.shop.id),
      role: 'supplier',
      name: 'Other',
      demo: false,
    });
    await at.shop.connector.directory.connectShops.addKey('other', Number(STRANGER.shop.id), STRANGER.shop.key);
    at.owned = await ownedBy(at.shop);
    at.before = await rows();
  }, 60_000);
  afterAll(async () => {
    await at.shop?.close();
  });

  it.each(attempts)('%s', async (_, run, unknown) => {
    if (at.owned === undefined) throw new Error('nothing is owned');
    const { marks } = at.owned;
    const answers = await run(shop(), at.owned, STRANGER);
    expect(answers.length).toBeGreaterThan(0);
    // A batch repeats the requested ids, and the stranger's log repeats what they sent themselves.
    const requested = /"session_id":"[^"]*","success":false/g;
    const sent: string[] = await shop()
      .knex('message_log')
      .where({ tenant_id: 'other', direction: 'in' })
      .pluck('content');
    const foreign = (text: string): string =>
      sent.reduce((rest, content) => rest.replaceAll(JSON.stringify(content), ''), text.replaceAll(requested, ''));
    const crossings = answers.filter(({ text }) => marks.some((mark) => foreign(text).includes(mark)));
    expect(crossings.map(({ url, text }) => ({ url, text }))).toEqual([]);
    if (unknown)
      expect(
        answers.map(({ status, text }) => `${status} ${text}`).filter((answer) => !answer.startsWith('404')),
      ).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500 || status === 401).map(({ text }) => text)).toEqual([]);
  });

  it('afterwards nothing has changed', async () => {
    expect(await rows()).toEqual(at.before);
  });
  return at;
}

describe('Two tenants, every operation, foreign ids: 0 crossings', () => {
  const home: { directory?: string } = {};
  afterAll(async () => {
    if (home.directory !== undefined) await rm(home.directory, { recursive: true, force: true });
  });
  battery(async () => startShop({ directory: (home.directory = await freshData()) }, ''));
});

describeOnServer(
  'On a server, without the tenant predicate in reads of several rows: row-level security protects them (T39)',
  () => {
    let reads: BlindReads;
    const server: { database?: Awaited<ReturnType<typeof createMigratedDatabase>> } = {};

    beforeAll(() => {
      reads = blindReads();
    });
    afterAll(async () => {
      reads.end();
      await server.database?.drop();
    });

    const at = battery(async () => {
      server.database = await createMigratedDatabase();
      return startShop({ url: server.database.url }, '');
    });

    it('the predicates were really removed', () => {
      expect([...reads.stripped].toSorted()).toEqual(
        expect.arrayContaining(['session-history-any-any', 'session-history-find-many']),
      );
      expect(reads.stripped.size).toBeGreaterThan(4);
    });

    it("without row-level security too, the other tenant's sessions are visible: this test can fail", async () => {
      const { shop, owned } = at;
      if (shop === undefined || owned === undefined) throw new Error('the shop did not start');
      await shop.knex.raw('alter table transmission disable row level security');
      const answers = await ATTEMPTS['listSessions']?.run(shop, owned, STRANGER);
      expect(answers?.[0]?.text).toContain(owned.sessions.open);
    });
  },
);
