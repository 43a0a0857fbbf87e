import type { CartRef } from '../../../domain/cart/cart.js';
import type { CustomerClone } from '../../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../../domain/cart/restore-report.js';
import type { Transmission, TransmissionKey } from '../../../domain/transmission/transmission.js';
import type { Claim } from '../../../ports/transmission/transmission-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import type { Database } from '../database/database.js';
import { fromStatuses, isOneOf, maySql, toStatus } from './step-sql.js';
import { TRANSMISSION, type TransmissionRow, transmissionOf } from './transmission-row.js';

const KEY = 't.tenant_id = $1 and t.transmission_id = $2';

const CLAIM_COLUMNS = { id: 'text', token_digest: 'text', claim_digest: 'text', idle: 'int' };

/** The claim of rows `r`, or of the parameters. */
const claimed = ({ claimDigest, idle }: { claimDigest: string; idle: string }): string => `
  set status = ${toStatus('login')}, claim_digest = ${claimDigest}, epoch = t.epoch + 1, logged_in_at = now(),
    expires_at = least(now() + make_interval(mins => ${idle}), t.absolute_expires_at)`;

const AUDITED_CLAIM = `
  insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
  select t.tenant_id, t.transmission_id, ${fromStatuses('login')}, t.status, 'login', 'browser' from t`;

/** T01: one conditional UPDATE; of several concurrent browsers only one finds the row open. */
const CLAIM: BatchedStatement = {
  columns: CLAIM_COLUMNS,
  one: {
    name: 'transmission-claim',
    tells: true,
    text: `
      with t as (
        update transmission t ${claimed({ claimDigest: '$4', idle: '$5' })}
        where ${KEY} and ${maySql('login')} and t.token_digest is not distinct from $3
        returning t.*
      ), audited as (${AUDITED_CLAIM})
      select ${TRANSMISSION} from t`,
  },
  many: {
    name: 'transmission-claim-many',
    tells: true,
    text: `
      with r as (select r.* from ${givenRows(CLAIM_COLUMNS)}), t as (
        update transmission t ${claimed({ claimDigest: 'r.claim_digest', idle: 'r.idle' })}
        from r where ${isOneOf(`${maySql('login')} and t.token_digest is not distinct from r.token_digest`)}
        returning r.n, t.*
      ), audited as (${AUDITED_CLAIM})
      select t.n, ${TRANSMISSION} from t`,
  },
};

const CART_COLUMNS = { id: 'text', cart: 'text' };

/**
 * A job of the same commit clears a cart that lost against an earlier one: no buyer uses it. A batch takes only
 * transmissions without a cart.
 */
const ATTACH_CART: BatchedStatement = {
  columns: CART_COLUMNS,
  one: {
    name: 'transmission-attach-cart',
    text: `
      with t as (
        update transmission t set cart = coalesce(t.cart, $3::jsonb) where ${KEY} and ${maySql('transfer')}
        returning t.*
      ), lost as (
        insert into job (tenant_id, kind, input)
          select t.tenant_id, 'clear-cart', jsonb_build_object('cart', $3::jsonb, 'fresh', true)
        from transmission t where ${KEY} and not exists (select from t as kept where kept.cart = $3::jsonb)
      )
      select ${TRANSMISSION} from t`,
  },
  many: {
    name: 'transmission-attach-cart-many',
    text: `
      with r as (select r.* from ${givenRows(CART_COLUMNS)}), t as (
        update transmission t set cart = r.cart::jsonb
        from r where ${isOneOf(`${maySql('transfer')} and t.cart is null`)}
        returning r.n, t.*
      )
      select t.n, ${TRANSMISSION} from t`,
  },
};

/** Also for a transmission that has ended: the account exists, and the job that removes it needs the entry. */
const ATTACH_CLONE: NamedStatement = {
  name: 'transmission-attach-clone',
  text: `update transmission t set clone = coalesce(t.clone, $3) where ${KEY}`,
};

const MARK_RESTORED: NamedStatement = {
  name: 'transmission-mark-restored',
  text: `
    with t as (
      update transmission t set restored_at = now(), restore_report = $3 where ${KEY} and ${maySql('transfer')}
        and t.restored_at is null
      returning t.tenant_id, t.transmission_id
    )
    insert into job (tenant_id, kind, input)
      select t.tenant_id, 'compare-prices', jsonb_build_object('transmissionId', t.transmission_id) from t`,
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
  const claims = batched<TransmissionRow>(query, CLAIM);
  const carts = batched<TransmissionRow>(query, ATTACH_CART);
  const only = ([row]: TransmissionRow[]): Transmission | undefined =>
    row === undefined ? undefined : transmissionOf(row);
  return {
    claim: async ({ tenantId, transmissionId }, { tokenDigest = null, claimDigest, idleMinutes }) =>
      only(await claims(tenantId, [transmissionId, tokenDigest, claimDigest, idleMinutes])),
    attachCart: async ({ tenantId, transmissionId }, cart) =>
      only(await carts(tenantId, [transmissionId, JSON.stringify(cart)])),
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
