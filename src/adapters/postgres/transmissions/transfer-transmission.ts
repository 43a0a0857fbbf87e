import type { TransmissionKey } from '../../../domain/transmission/transmission.js';
import { keptCartText } from '../../../domain/transmission/sent-cart.js';
import type { Transfer } from '../../../ports/transmission/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import { giveWay, isLargeCart } from '../../../domain/give-way.js';
import type { Database } from '../database/database.js';
import { CLONE_REMOVAL, HAS_CLONE, countSale, factLines, fromStatuses, isOneOf, maySql, toStatus } from './step-sql.js';

/**
 * How long a commit waits for a cart write to end before it asks for the cart to be read again; the commit fails in
 * either case.
 */
const WAIT_MS = 500;

const COLUMNS = {
  id: 'text',
  cart_revision: 'int',
  payload: 'text',
  facts: 'text',
  content_mark: 'text',
  sent_summary: 'text',
  lines: 'text',
  uncounted: 'boolean',
  sent_cart: 'text',
};

const MAY_GO = `${maySql('transfer')} and t.cart_revision = r.cart_revision
  and (t.cart_lease is null or t.cart_lease_until < now())`;

const moved = (place: string): string => `
  update transmission t set status = ${toStatus('transfer')}, ended_at = now(), summary = r.sent_summary::jsonb,
    shown_cart = null, cart_notices = null
  from r where ${place}
  returning r.n, t.tenant_id, t.transmission_id, t.protocol, t.status, t.cart, t.clone, t.created_at, t.summary,
    r.uncounted or t.uncounted as uncounted, t.trace_parent, r.payload, r.facts, r.content_mark, r.lines, r.sent_cart`;

const WITH_ALL = `
  stored as (
    insert into transfer_payload (tenant_id, transmission_id, payload, cart)
      select t.tenant_id, t.transmission_id, t.payload, t.sent_cart from t
  ), cleaned as (
    insert into job (tenant_id, kind, input)
    select t.tenant_id, 'clear-cart', jsonb_strip_nulls(jsonb_build_object('cart', t.cart,
      'contentMark', t.content_mark, 'traceParent', t.trace_parent))
      from t where t.cart is not null
    union all select ${CLONE_REMOVAL} from t where ${HAS_CLONE}
  ), audited as (
    insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor, details)
    select t.tenant_id, t.transmission_id, ${fromStatuses('transfer')}, t.status, 'transfer', 'browser', t.facts::jsonb
      from t
  ), counted as (
    ${countSale('t', 't.lines')} where not uncounted
  )
  select t.n from t`;

const ONE_ROW = Object.entries(COLUMNS).map(([name, type], index) => `$${index + 2}::${type} as ${name}`);

/**
 * P1: state, payload with its cart, clean-up job and audit in one statement; of several concurrent clicks at most one
 * finds the row active.
 */
const TRANSFER: BatchedStatement = {
  columns: COLUMNS,
  one: {
    name: 'transmission-transfer',
    tells: true,
    text: `
      with r as (select 0 as n, ${ONE_ROW.join(', ')}),
        t as (${moved(`t.tenant_id = $1 and t.transmission_id = $2 and ${MAY_GO}`)}), ${WITH_ALL}`,
  },
  many: {
    name: 'transmission-transfer-many',
    tells: true,
    text: `with r as (select r.* from ${givenRows(COLUMNS)}), t as (${moved(isOneOf(MAY_GO))}), ${WITH_ALL}`,
  },
};

const MISS: NamedStatement = {
  name: 'transmission-transfer-miss',
  text: `
    select t.cart_revision = $3 and t.cart_lease is not null and t.cart_lease_until >= now() as being_written
    from transmission t where t.tenant_id = $1 and t.transmission_id = $2 and ${maySql('transfer')}`,
};

export function transferTransmission({
  query,
}: Database): (key: TransmissionKey, transfer: Transfer) => Promise<'transferred' | 'cart_changed' | 'not_active'> {
  const transfers = batched(query, TRANSFER);
  return async (
    { tenantId, transmissionId },
    { cartRevision, payload, contentMark, sent, lines = [], uncounted = false },
  ) => {
    const facts = { payloadId: payload.payloadId, kind: payload.kind, ...payload.summary };
    const isLarge = isLargeCart(payload.summary.linesCount);
    const payloadText = JSON.stringify(payload);
    if (isLarge) await giveWay();
    const sentText = sent === undefined ? null : keptCartText(sent);
    if (isLarge) await giveWay();
    const done = await transfers(tenantId, [
      transmissionId,
      cartRevision,
      payloadText,
      JSON.stringify(facts),
      contentMark ?? null,
      JSON.stringify(payload.summary),
      factLines(lines),
      uncounted,
      sentText,
    ]);
    if (done.length > 0) return 'transferred';

    const giveUpAt = performance.now() + WAIT_MS;
    for (;;) {
      const [live] = await query<{ being_written: boolean }>(MISS, [tenantId, transmissionId, cartRevision]);
      if (live === undefined) return 'not_active';
      if (!live.being_written || performance.now() > giveUpAt) return 'cart_changed';
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}
