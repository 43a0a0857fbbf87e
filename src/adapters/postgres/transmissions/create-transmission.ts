import { buyerOf } from '../../../domain/cart/cart-total.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { NewTransmission } from '../../../ports/transmission/transmission-repository.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import type { Database } from '../database/database.js';
import { countStart } from './step-sql.js';

const COLUMNS = {
  id: 'text',
  connection_id: 'text',
  protocol: 'text',
  operation: 'text',
  request: 'text',
  buyer_cookie: 'text',
  return_url: 'text',
  token_digest: 'text',
  call_up_digest: 'text',
  start_seconds: 'float8',
  idle_minutes: 'int',
  absolute_minutes: 'int',
  buyer: 'text',
  uncounted: 'boolean',
  test_id: 'text',
  trace_parent: 'text',
};

const inserted = (rows: string): string => `
  insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
    buyer_cookie, return_url, token_digest, call_up_digest, start_expires_at, expires_at, absolute_expires_at, buyer,
    test_id, uncounted, trace_parent)
  select $1, r.id, r.connection_id, r.protocol, r.operation, 'open', r.request::json, r.buyer_cookie, r.return_url,
    r.token_digest, r.call_up_digest, now() + make_interval(secs => r.start_seconds),
    least(now() + greatest(make_interval(mins => r.idle_minutes), make_interval(secs => r.start_seconds)),
      now() + make_interval(mins => r.absolute_minutes)),
    now() + make_interval(mins => r.absolute_minutes), r.buyer::json, r.test_id, r.uncounted or r.test_id is not null,
    r.trace_parent
  from ${rows}
  on conflict (tenant_id, connection_id, call_up_digest) where status = 'open' and call_up_digest is not null
    do nothing
  returning *`;

const AFTER = `
  audited as (
    insert into audit (tenant_id, transmission_id, to_status, event, actor)
      select t.tenant_id, t.transmission_id, t.status, 'created', 'buyer' from t
  ), counted as (
    ${countStart('t')} where not uncounted
  )`;

const CREATED = 't.created_at, t.start_expires_at, t.expires_at, t.absolute_expires_at, t.epoch, t.cart_revision';

const ONE_ROW = Object.entries(COLUMNS).map(([name, type], index) => `$${index + 2}::${type} as ${name}`);

/**
 * A start link that lives longer than the idle time extends the transmission's life; the absolute end limits both. Two
 * batches with the same call-ups take them in the same order, so that none waits for the other in a circle.
 */
const CREATE: BatchedStatement = {
  columns: COLUMNS,
  one: {
    name: 'transmission-create',
    tells: true,
    text: `with t as (${inserted(`(select ${ONE_ROW.join(', ')}) r`)}), ${AFTER} select ${CREATED} from t`,
  },
  many: {
    name: 'transmission-create-many',
    tells: true,
    text: `
      with r as (select r.* from ${givenRows(COLUMNS)}),
        t as (${inserted('r order by r.call_up_digest')}), ${AFTER}
      select r.n, ${CREATED} from t join r on r.id = t.transmission_id`,
  },
};

/** Columns that the database sets; the others keep the given values. */
interface CreatedRow {
  created_at: Date;
  start_expires_at: Date;
  expires_at: Date;
  absolute_expires_at: Date;
  epoch: number;
  cart_revision: number;
}

/** An unused expired link stays `open` until the worker runs; the same call-up then starts a new transmission. */
const RELEASE_DEAD_CALL_UP = {
  name: 'transmission-release-dead-call-up',
  text: `
    update transmission t set call_up_digest = null
    where t.tenant_id = $1 and t.connection_id = $2 and t.call_up_digest = $3 and t.status = 'open'
      and (t.start_expires_at <= now() or t.expires_at <= now())
    returning t.transmission_id`,
};

export function createTransmission({
  query,
}: Database): (transmission: NewTransmission) => Promise<Transmission | undefined> {
  const inserts = batched<CreatedRow>(query, CREATE);
  const insert = async (transmission: NewTransmission): Promise<Transmission | undefined> => {
    const [row] = await inserts(transmission.tenantId, [
      transmission.transmissionId,
      transmission.connectionId,
      transmission.protocol,
      transmission.operation,
      JSON.stringify(transmission.request),
      transmission.buyerCookie,
      transmission.returnUrl,
      transmission.tokenDigest ?? null,
      transmission.callUpDigest ?? null,
      transmission.startLinkSeconds,
      transmission.idleMinutes,
      transmission.absoluteMinutes,
      JSON.stringify(buyerOf(transmission.request)),
      transmission.uncounted === true,
      transmission.testId ?? null,
      transmission.traceParent ?? null,
    ]);
    return row === undefined ? undefined : createdFrom(transmission, row);
  };

  return async (transmission) => {
    const stored = await insert(transmission);
    if (stored !== undefined) return stored;
    const released = await query(RELEASE_DEAD_CALL_UP, [
      transmission.tenantId,
      transmission.connectionId,
      transmission.callUpDigest,
    ]);
    return released.length > 0 ? insert(transmission) : undefined;
  };
}

function createdFrom(
  {
    tenantId,
    transmissionId,
    connectionId,
    protocol,
    operation,
    request,
    buyerCookie,
    returnUrl,
    tokenDigest,
    testId,
    traceParent,
  }: NewTransmission,
  row: CreatedRow,
): Transmission {
  return {
    tenantId,
    transmissionId,
    connectionId,
    protocol,
    operation,
    status: 'open',
    request,
    buyerCookie,
    returnUrl,
    epoch: row.epoch,
    cartRevision: row.cart_revision,
    createdAt: row.created_at,
    startExpiresAt: row.start_expires_at,
    startExpired: false,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    tokenDigest,
    isTest: testId === undefined ? undefined : true,
    traceParent,
  };
}
