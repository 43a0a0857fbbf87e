import { buyerOf } from '../../../domain/cart/cart-total.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type { NewTransmission } from '../../../ports/transmission/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { countStart } from './step-sql.js';

/** A start link that lives longer than the idle time extends the transmission's life; the absolute end limits both. */
const CREATE: NamedStatement = {
  name: 'transmission-create',
  tells: true,
  text: `
    with t as (
      insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
        buyer_cookie, return_url,
        token_digest, call_up_digest, start_expires_at, expires_at, absolute_expires_at, buyer, test_id,
        uncounted, trace_parent)
      values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, now() + make_interval(secs => $11),
        least(now() + greatest(make_interval(mins => $12), make_interval(secs => $11)),
          now() + make_interval(mins => $13)),
        now() + make_interval(mins => $13), $14, $16, $15::boolean or $16::text is not null, $17)
      on conflict (tenant_id, connection_id, call_up_digest) where status = 'open' and call_up_digest is not null
        do nothing
      returning *
    ), audited as (
      insert into audit (tenant_id, transmission_id, to_status, event, actor)
        select t.tenant_id, t.transmission_id, t.status, 'created', 'buyer' from t
    ), counted as (
      ${countStart('t')} where not uncounted
    )
    select t.created_at, t.start_expires_at, t.expires_at, t.absolute_expires_at, t.epoch, t.cart_revision from t`,
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
  const insert = async (transmission: NewTransmission): Promise<Transmission | undefined> => {
    const [row] = await query<CreatedRow>(CREATE, [
      transmission.tenantId,
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
