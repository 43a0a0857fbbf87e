import type { CartRef } from '../../../domain/cart/cart.js';
import type { CustomerClone } from '../../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../../domain/cart/restore-report.js';
import type { Transmission, TransmissionKey } from '../../../domain/transmission/transmission.js';
import type { Claim } from '../../../ports/transmission/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { fromStatuses, maySql, toStatus } from './step-sql.js';
import { TRANSMISSION, type TransmissionRow, transmissionOf } from './transmission-row.js';

const KEY = 't.tenant_id = $1 and t.transmission_id = $2';

/** T01: one conditional UPDATE; of several concurrent browsers only one finds the row open. */
const CLAIM: NamedStatement = {
  name: 'transmission-claim',
  tells: true,
  text: `
    with t as (
      update transmission t set status = ${toStatus('login')}, claim_digest = $4, epoch = t.epoch + 1,
        logged_in_at = now(),
        expires_at = least(now() + make_interval(mins => $5), t.absolute_expires_at)
      where ${KEY} and ${maySql('login')} and t.token_digest is not distinct from $3
      returning t.*
    ), audited as (
      insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
      select t.tenant_id, t.transmission_id, ${fromStatuses('login')}, t.status, 'login', 'browser' from t
    )
    select ${TRANSMISSION} from t`,
};

/** A job of the same commit clears a cart that lost against an earlier one: no buyer uses it. */
const ATTACH_CART: NamedStatement = {
  name: 'transmission-attach-cart',
  text: `
    with t as (
      update transmission t set cart = coalesce(t.cart, $3::jsonb) where ${KEY} and ${maySql('transfer')} returning t.*
    ), lost as (
      insert into job (tenant_id, kind, input)
        select t.tenant_id, 'clear-cart', jsonb_build_object('cart', $3::jsonb, 'fresh', true)
      from transmission t where ${KEY} and not exists (select from t as kept where kept.cart = $3::jsonb)
    )
    select ${TRANSMISSION} from t`,
};

/** Also for a transmission that has ended: the account exists, and the job that removes it needs the entry. */
const ATTACH_CLONE: NamedStatement = {
  name: 'transmission-attach-clone',
  text: `update transmission t set clone = coalesce(t.clone, $3) where ${KEY}`,
};

const MARK_RESTORED: NamedStatement = {
  name: 'transmission-mark-restored',
  text: `
    update transmission t set restored_at = now(), restore_report = $3 where ${KEY} and ${maySql('transfer')}
      and t.restored_at is null`,
};

/** Writes only when it moves the end by more than a minute. */
const TOUCH: NamedStatement = {
  name: 'transmission-touch',
  text: `
    update transmission t set expires_at = least(now() + make_interval(mins => $3), t.absolute_expires_at)
    where ${KEY} and ${maySql('transfer')}
      and t.expires_at + interval '1 minute' < least(now() + make_interval(mins => $3), t.absolute_expires_at)`,
};

export interface TransmissionClaims {
  claim(key: TransmissionKey, claim: Claim): Promise<Transmission | undefined>;
  attachCart(key: TransmissionKey, cart: CartRef): Promise<Transmission | undefined>;
  attachClone(key: TransmissionKey, clone: CustomerClone): Promise<void>;
  markRestored(key: TransmissionKey, report: RestoredItem[]): Promise<void>;
  touch(key: TransmissionKey, idleMinutes: number): Promise<void>;
}

export function transmissionClaims({ query }: Database): TransmissionClaims {
  const one = async (
    statement: NamedStatement,
    { tenantId, transmissionId }: TransmissionKey,
    ...values: unknown[]
  ): Promise<Transmission | undefined> => {
    const [row] = await query<TransmissionRow>(statement, [tenantId, transmissionId, ...values]);
    return row === undefined ? undefined : transmissionOf(row);
  };
  return {
    claim: (key, claim) => one(CLAIM, key, claim.tokenDigest ?? null, claim.claimDigest, claim.idleMinutes),
    attachCart: (key, cart) => one(ATTACH_CART, key, JSON.stringify(cart)),
    async attachClone({ tenantId, transmissionId }, clone) {
      await query(ATTACH_CLONE, [tenantId, transmissionId, JSON.stringify(clone)]);
    },
    async markRestored({ tenantId, transmissionId }, report) {
      await query(MARK_RESTORED, [tenantId, transmissionId, JSON.stringify(report)]);
    },
    async touch({ tenantId, transmissionId }, idleMinutes) {
      await query(TOUCH, [tenantId, transmissionId, idleMinutes]);
    },
  };
}
