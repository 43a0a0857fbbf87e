import type { Database } from '../../src/adapters/postgres/database/database.js';
import { transmissionRepository } from '../../src/adapters/postgres/transmissions/transmission-repository.js';
import { DemoCartTable } from '../../src/adapters/stores/demo/demo-cart.js';
import { newTransmissionId } from '../../src/domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../src/ports/transmission/transmission-repository.js';
import { newTransmission, payloadOf, TENANT, TOKEN_DIGEST } from './transmissions.js';

/** One row of a batch. `mark` is a number that no other row has, so that an answer shows whose it is. */
export interface BatchRow {
  id: string;
  mark: string;
}

/** What runs batched statements on a database. */
export interface Batching {
  transmissions: TransmissionRepository;
  carts: DemoCartTable;
}

export function batchingOn(database: Database): Batching {
  return { transmissions: transmissionRepository(database), carts: new DemoCartTable(database.query) };
}

/** A statement that is batched, for tests that treat all of them alike. */
export interface BatchedStatementCase {
  /** Makes what the statement needs of a row. */
  prepare(batching: Batching, row: BatchRow): Promise<unknown>;
  /** Runs it for a row. Gives the mark of the row that the answer belongs to; undefined: it had no effect. */
  run(batching: Batching, row: BatchRow): Promise<string | undefined>;
  /** The same row with a value that the database refuses. */
  poisoned(row: BatchRow): BatchRow;
  /** Of writes: the mark that is stored. */
  stored?(batching: Batching, row: BatchRow): Promise<string | undefined>;
  /** Of writes: the tables, with `transmission_id`, that get one row for each row of the batch. */
  beside?: readonly string[];
}

const keyOf = ({ id }: BatchRow) => ({ tenantId: TENANT, transmissionId: id });
const claimOf = ({ id, mark }: BatchRow) => ({
  tokenDigest: TOKEN_DIGEST,
  claimDigest: `${id} ${mark}`,
  idleMinutes: 60,
});
const audit = (event: string): string => `audit where event = '${event}'`;
const asUnknown = (row: BatchRow): BatchRow => ({ ...row, id: '\0' });
const asUnreadable = (row: BatchRow): BatchRow => ({ ...row, mark: '\0' });
const create = ({ transmissions }: Batching, { id, mark }: BatchRow) =>
  transmissions.create(newTransmission({ transmissionId: id, buyerCookie: mark, startLinkSeconds: Number(mark) }));
const claim = async (batching: Batching, row: BatchRow) => {
  await create(batching, row);
  return batching.transmissions.claim(keyOf(row), claimOf(row));
};

/** Every batched statement, by the name of its form for one row. */
export const BATCHED_STATEMENTS: Readonly<Record<string, BatchedStatementCase>> = {
  'transmission-create': {
    prepare: async () => undefined,
    async run(batching, row) {
      const created = await create(batching, row);
      return created && String((created.startExpiresAt.getTime() - created.createdAt.getTime()) / 1_000);
    },
    poisoned: asUnreadable,
    stored: async ({ transmissions }, row) => (await transmissions.find(keyOf(row)))?.buyerCookie,
    beside: [audit('created')],
  },
  'transmission-find': {
    prepare: create,
    run: async ({ transmissions }, row) => (await transmissions.find(keyOf(row)))?.buyerCookie,
    poisoned: asUnknown,
  },
  'transmission-claim': {
    prepare: create,
    run: async ({ transmissions }, row) => (await transmissions.claim(keyOf(row), claimOf(row)))?.buyerCookie,
    poisoned: asUnreadable,
    stored: async ({ transmissions }, row) => (await transmissions.find(keyOf(row)))?.claimDigest?.split(' ')[1],
    beside: [audit('login')],
  },
  'transmission-attach-cart': {
    prepare: claim,
    run: async ({ transmissions }, row) =>
      (await transmissions.attachCart(keyOf(row), { store: 'demo', id: row.mark }))?.buyerCookie,
    poisoned: asUnreadable,
    stored: async ({ transmissions }, row) => (await transmissions.find(keyOf(row)))?.cart?.id,
  },
  'transmission-find-shown': {
    async prepare(batching, row) {
      await claim(batching, row);
      await batching.transmissions.noteShown(
        { ...keyOf(row), cartRevision: 0 },
        { mark: row.mark, lines: [], told: [] },
      );
    },
    run: async ({ transmissions }, row) => (await transmissions.findShown(keyOf(row))).shown?.mark,
    poisoned: asUnknown,
  },
  'transmission-transfer': {
    async prepare(batching, row) {
      await claim(batching, row);
      await batching.transmissions.attachCart(keyOf(row), { store: 'demo', id: row.id });
    },
    async run({ transmissions }, row) {
      const payload = { ...payloadOf(row.mark), payloadId: row.mark };
      const answer = await transmissions.transfer(keyOf(row), { cartRevision: 0, payload });
      return answer === 'transferred' ? row.mark : undefined;
    },
    poisoned: asUnreadable,
    stored: async ({ transmissions }, row) => (await transmissions.findPayload(keyOf(row)))?.payload.payloadId,
    beside: [
      audit('transfer'),
      'transfer_payload where true',
      `(select input->'cart'->>'id' as transmission_id from job where kind = 'clear-cart') cleared where true`,
    ],
  },
  'demo-cart-read': {
    prepare: ({ carts }, row) =>
      carts.add(cartOf(row), [{ lineId: `line of ${row.mark}`, sku: 'SKU-001', quantity: '1' }]),
    run: async ({ carts }, row) => (await carts.read(cartOf(row))).lines[0]?.lineId.replace('line of ', ''),
    poisoned: asUnknown,
  },
};

const cartOf = ({ id }: BatchRow) => ({ tenantId: TENANT, cartId: id, currency: 'EUR', language: 'en' });

/** New rows of a statement, prepared. */
export async function batchRows(
  { prepare }: BatchedStatementCase,
  batching: Batching,
  count: number,
): Promise<BatchRow[]> {
  const rows = Array.from({ length: count }, (_, n) => ({ id: newTransmissionId(TENANT), mark: String(1_000 + n) }));
  await Promise.all(rows.map((row) => prepare(batching, row)));
  return rows;
}

/** The rows of a write that are stored. Throws if one is stored with another's values, or in half. */
export async function storedRows(
  { stored, beside = [] }: BatchedStatementCase,
  database: Database,
  rows: readonly BatchRow[],
): Promise<BatchRow[]> {
  const batching = batchingOn(database);
  const marks = await Promise.all(rows.map(async (row) => stored?.(batching, row)));
  const found = rows.filter((_, n) => marks[n] !== undefined);
  for (const [n, { id, mark }] of rows.entries())
    if (marks[n] !== undefined && marks[n] !== mark) throw new Error(`${id} has ${marks[n]} and not ${mark}`);
  for (const table of beside) {
    const { rows: counts } = await database.knex.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from ${table} and transmission_id = any(?)`,
      [rows.map(({ id }) => id)],
    );
    if (counts[0]?.n !== found.length) throw new Error(`${table}: ${counts[0]?.n} rows for ${found.length}`);
  }
  return found;
}
