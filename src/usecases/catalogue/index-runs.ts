import type { Connection } from '../../domain/access/connection.js';
import {
  INDEX_FORMATS,
  type IndexFormat,
  type IndexIssue,
  type IndexRun,
  noteFault,
} from '../../domain/catalogue/catalogue-index.js';
import { formatOf } from '../../domain/catalogue/usual-format.js';
import { digestOf } from '../../domain/digest.js';
import { matchCodes } from './match-codes.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { ChosenCustomer } from '../../domain/access/store-customer.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { ShipToAddresses } from '../../ports/access/ship-to-addresses.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { BuyerCodes } from '../../ports/buyer-codes.js';
import type { FittedPage, IndexEncoder } from '../../ports/index-encoder.js';
import type { IndexFile, IndexOwner, IndexPiece, IndexRunKey, IndexRuns, IndexWork } from '../../ports/index-runs.js';
import type { Store } from '../../ports/store/store.js';
import { unknownConnection } from '../manage/read-connections.js';
import { assureAddress, type IndexCustomer, indexCustomer } from './index-customer.js';

interface ReadDeps {
  connections: Pick<ConnectionRepository, 'find' | 'list'>;
  indexRuns: IndexRuns;
  audit: AuditLog;
  shipToAddresses: Pick<ShipToAddresses, 'find'>;
}

/** Of a run. */
interface IndexWish {
  /** Absent: the one of the connection's platform. */
  formats?: readonly IndexFormat[] | undefined;
  /** Read everything again. */
  full?: boolean | undefined;
  /** Of ShipTo, whose prices it has. Absent: the usual customer. */
  addressId?: string | undefined;
}

interface Deps extends Omit<ReadDeps, 'audit' | 'shipToAddresses'> {
  store: Pick<Store, 'cataloguePage'>;
  encoder: IndexEncoder;
  buyerCodes: Pick<BuyerCodes, 'counts' | 'known'>;
  customerOf: IndexCustomer;
  /** A call-up as a buyer of the connection sends it, with the address id of ShipTo and the customer that it gets. */
  buyerOf: (connection: Connection, whose: Whose) => Transmission;
}

interface Whose {
  addressId?: string | undefined;
  customer?: ChosenCustomer | undefined;
}

export type IndexReads = ReturnType<typeof indexReads>;

/** Runs and their files, for operators. */
export function indexReads({ connections, indexRuns, audit, shipToAddresses }: ReadDeps) {
  const customerOf = indexCustomer({ addresses: shipToAddresses });
  async function known(tenantId: string, connectionId: string): Promise<Outcome<Connection>> {
    const connection = await connections.find(tenantId, connectionId);
    return connection === undefined ? unknownConnection(connections, tenantId, connectionId) : accept(connection);
  }
  return {
    /** Begins a run. */
    async begin(
      { tenantId, by }: { tenantId: string; by: string },
      connectionId: string,
      { formats, full = false, addressId }: IndexWish = {},
    ): Promise<Outcome<IndexRun>> {
      const connection = await known(tenantId, connectionId);
      if (!connection.ok) return connection;
      const customer = await customerOf(connection.value, addressId);
      if (!customer.ok) return customer;
      const wish = wishOf(connection.value, formats, { addressId, customer: customer.value });
      const run = await indexRuns.begin({ ...wish, incremental: !full, startedBy: by });
      if (run === undefined)
        return refuse('RESOURCE_CONFLICT', 'An index of this connection is being made: wait until it is done.');
      const details = {
        connection: connectionId,
        run: String(run.runId),
        formats: run.formats.join(','),
        ...(addressId === undefined ? {} : { address: addressId }),
      };
      await audit.note({ tenantId, event: 'index-begun', actor: by, details });
      return accept(run);
    },
    /** `addressId`: only runs for it; an empty one: only those for the usual customer. */
    async list(tenantId: string, connectionId: string, addressId?: string): Promise<Outcome<IndexRun[]>> {
      const connection = await known(tenantId, connectionId);
      if (!connection.ok) return connection;
      const only = addressId === undefined ? undefined : { addressId: addressId || undefined };
      const assured = await assureAddress({ addresses: shipToAddresses }, { tenantId, connectionId, ...only });
      return assured.ok ? accept(await indexRuns.list(tenantId, connectionId, only)) : assured;
    },
    async find(key: IndexRunKey): Promise<Outcome<IndexRun>> {
      const connection = await known(key.tenantId, key.connectionId);
      if (!connection.ok) return connection;
      const run = await indexRuns.find(key);
      return run === undefined ? refuse('RESOURCE_NOT_FOUND', 'The connection has no such run.') : accept(run);
    },
    /** The next piece of a file after this one; -1 for the first. */
    async piece(key: IndexRunKey, format: IndexFormat, after = -1): Promise<Outcome<IndexPiece>> {
      const connection = await known(key.tenantId, key.connectionId);
      if (!connection.ok) return connection;
      const piece = await indexRuns.piece(key, format, after);
      return piece === undefined
        ? refuse('RESOURCE_NOT_FOUND', 'The run has no such file, is not done, or its files are not kept any more.')
        : accept(piece);
    },
    /** The newest file of a format, for the buyer whose key is of this connection. */
    async newest(
      { tenantId, connectionId }: { tenantId: string; connectionId?: string | undefined },
      wanted: { connectionId: string; addressId?: string | undefined; format: IndexFormat },
    ): Promise<Outcome<IndexFile>> {
      const connection =
        connectionId === wanted.connectionId ? await connections.find(tenantId, connectionId) : undefined;
      if (connection === undefined) return refuse('RESOURCE_NOT_FOUND', 'The key is not of such a connection.');
      if (connection.disabledAt !== undefined) return refuse('RESOURCE_NOT_FOUND', 'The connection is disabled.');
      const customer = await customerOf(connection, wanted.addressId);
      if (!customer.ok) return refuse('RESOURCE_NOT_FOUND', customer.refusal.reason);
      const owner: IndexOwner = { tenantId, connectionId: connection.connectionId, addressId: wanted.addressId };
      const file = await indexRuns.newestFile(owner, wanted.format);
      return file === undefined ? refuse('RESOURCE_NOT_FOUND', noFileText(wanted.addressId)) : accept(file);
    },
    /** The pieces of a file after this one. Throws if it is deleted meanwhile: half a file must not look whole. */
    async *pieces(key: IndexRunKey, format: IndexFormat, after: number | undefined): AsyncGenerator<string> {
      for (let next = after; next !== undefined;) {
        const piece = await indexRuns.piece(key, format, next);
        if (piece === undefined) throw new Error('the file was deleted while it was read');
        yield piece.content;
        next = piece.next;
      }
    },
  };
}

export function noFileText(addressId: string | undefined): string {
  const whose = addressId === undefined ? '' : ` for the address id ${JSON.stringify(addressId)}`;
  return `The connection has no index in this format${whose} yet.`;
}

/**
 * Begins the runs of schedules whose period has none yet, and returns how many. Of several processes one begins each. A
 * period that passed while nothing worked is made up once, however many there were. `at`: now where absent.
 */
export function beginDueIndexes({
  connections,
  indexRuns,
  shipToAddresses,
}: {
  connections: Pick<ConnectionRepository, 'find'>;
  indexRuns: Pick<IndexRuns, 'due' | 'begin'>;
  shipToAddresses: Pick<ShipToAddresses, 'find'>;
}): (limit: number, at?: Date) => Promise<number> {
  const customerOf = indexCustomer({ addresses: shipToAddresses });
  return async (limit, at) => {
    let begun = 0;
    for (const { tenantId, connectionId, addressId, period } of await indexRuns.due(limit, at)) {
      const connection = await connections.find(tenantId, connectionId);
      if (connection === undefined) continue;
      const { formats = [] } = connection.settings.index ?? {};
      // A run for an id that is refused fails, and says why.
      const chosen = await customerOf(connection, addressId);
      const customer = chosen.ok ? chosen.value : undefined;
      const wish = wishOf(connection, formats.length === 0 ? undefined : formats, { addressId, customer });
      const run = await indexRuns.begin({ ...wish, incremental: true, startedBy: 'schedule', period });
      if (run !== undefined) begun += 1;
    }
    return begun;
  };
}

function wishOf(connection: Connection, formats: readonly IndexFormat[] | undefined, whose: Whose) {
  const { tenantId, connectionId, settings, protocol } = connection;
  return {
    tenantId,
    connectionId,
    addressId: whose.addressId,
    customer: whose.customer?.customer,
    formats: [...new Set(formats ?? [formatOf(settings.profile, protocol)])].toSorted(),
    settingsDigest: digestOfSettings(connection, whose),
  };
}

/** Products that are written at a time. */
const WRITTEN_AT_ONCE = 500;

/**
 * Works on a run for about `patienceMs`: first the store's pages go into the connection's catalogue, then the catalogue
 * goes into the files. Every piece is kept with the place behind it, so that any process goes on where the last one
 * stopped. True: the run has ended. Throws what the store throws.
 */
export async function workOnIndex(
  deps: Deps,
  key: IndexRunKey,
  { patienceMs, now }: { patienceMs: number; now: () => number },
): Promise<boolean> {
  const end = now() + patienceMs;
  do {
    const work = await deps.indexRuns.find(key);
    if (work === undefined || work.state === 'done' || work.state === 'failed') return true;
    const connection = await deps.connections.find(key.tenantId, key.connectionId);
    if (connection === undefined) return true;
    const customer = await deps.customerOf(connection, work.addressId);
    if (!customer.ok) {
      await deps.indexRuns.fail(key, customer.refusal.reason ?? customer.refusal.code);
      return true;
    }
    const whose: Whose = { addressId: work.addressId, customer: customer.value };
    if (digestOfSettings(connection, whose) !== work.settingsDigest) {
      await deps.indexRuns.fail(
        key,
        'The settings of the connection, or the customer of the address, were changed meanwhile: begin a new run.',
      );
      return true;
    }
    if (deps.store.cataloguePage === undefined) {
      await deps.indexRuns.fail(key, 'The store cannot list its products (Store.cataloguePage).');
      return true;
    }
    const buyer = deps.buyerOf(connection, whose);
    await (work.state === 'reading' ? readPage(deps, work, buyer) : writePage(deps, work, connection, buyer));
  } while (now() < end);
  return false;
}

async function readPage({ store, indexRuns }: Deps, work: IndexWork, buyer: Transmission): Promise<void> {
  const page = await store.cataloguePage?.({ buyer, after: work.cursor, since: work.since });
  if (page === undefined) return;
  await indexRuns.keepPage(work, { ...page, withdrawn: page.withdrawn ?? [] });
}

async function writePage(
  { indexRuns, encoder, buyerCodes }: Deps,
  work: IndexWork,
  connection: Connection,
  buyer: Transmission,
): Promise<void> {
  const { currency, language, formats } = work;
  const products = await indexRuns.nextProducts(work, WRITTEN_AT_ONCE);
  const last = products.at(-1);
  if (last === undefined) {
    const frames = formats.map((format) => [
      format,
      encoder.frame(format, { connection, items: work.items[format] ?? 0, currency, language }),
    ]);
    while (await indexRuns.forgetIds(work));
    await indexRuns.finish(work, Object.fromEntries(frames));
    return;
  }
  const input = { connection, buyer, currency, language, formats, products };
  const fitted = encoder.fit(input);
  const ids = await indexRuns.emitted(work, idsOf(fitted));
  const page = encoder.write(fitted, input, { items: work.items, ids });
  const issues: IndexIssue[] = structuredClone(work.issues);
  const { faults, coverage } = await matchCodes(buyerCodes, work, page);
  for (const { fault, sku } of faults) noteFault(issues, fault, sku);
  await indexRuns.keepPieces(work, {
    place: { sku: last.product.line.sku, productKey: last.productKey },
    products: work.products + products.length,
    texts: page.texts,
    ids: page.ids,
    items: page.items,
    issues,
    coverage,
  });
}

function idsOf({ products }: FittedPage): Partial<Record<IndexFormat, string[]>> {
  const ids: Partial<Record<IndexFormat, string[]>> = {};
  for (const format of INDEX_FORMATS) {
    const ofFormat = products.flatMap(({ items }) => items[format]?.id ?? []);
    if (ofFormat.length > 0) ids[format] = ofFormat;
  }
  return ids;
}

/** Of what the files depend on. */
function digestOfSettings(
  { protocol, settings: { index: _schedule, ...settings } }: Connection,
  { addressId, customer }: Whose,
): string {
  const whose = addressId === undefined ? [] : [addressId, customer ?? null];
  return digestOf(JSON.stringify([protocol, settings, ...whose]));
}
