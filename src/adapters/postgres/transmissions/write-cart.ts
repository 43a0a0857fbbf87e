import { randomUUID } from 'node:crypto';
import type { CartRef } from '../../../domain/cart/cart.js';
import type { TransmissionKey } from '../../../domain/transmission/transmission.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { ShownAfter, TransmissionRepository } from '../../../ports/transmission/transmission-repository.js';
import type { Database } from '../database/database.js';
import { type KnownRow, knowledgeAfter, valuesOf } from './shown-cart.js';
import { maySql } from './step-sql.js';

/** Longer than a store may take to answer; a dead process blocks the cart no longer than this. */
const LEASE = `interval '5 seconds'`;
/**
 * Longest wait for other writes. A request has 3 s in total (P5), and one write of a real shop takes a second under
 * load.
 */
const WAIT_MS = 2_500;

const KEY = 't.tenant_id = $1 and t.transmission_id = $2';

/**
 * A lease on the row replaces a row lock: no connection is held while the shop works. The revision changes when the
 * write begins and when it ends, so a transfer that read the cart before or during the write does not commit (T58).
 */
const TAKE: NamedStatement = {
  name: 'cart-lease-take',
  text: `
    with taken as (
      update transmission t set cart_lease = $3, cart_lease_until = now() + ${LEASE},
        cart_revision = t.cart_revision + 1
      where ${KEY} and ${maySql('transfer')} and (t.cart_lease is null or t.cart_lease_until < now())
      returning t.cart, t.shown_cart, t.cart_notices
    )
    select exists (select 1 from taken) as taken, (select cart from taken) as cart,
      (select shown_cart from taken) as shown, (select cart_notices from taken) as untold,
      coalesce((select ${maySql('transfer')} from transmission t where ${KEY}), false) as active`,
};

const FINISH: NamedStatement = {
  name: 'cart-lease-finish',
  text: `
    with finished as (
      update transmission t set cart_lease = null, cart_lease_until = null, cart_revision = t.cart_revision + 1,
        shown_cart = case when $4::boolean then t.shown_cart else $5::jsonb end,
        cart_notices = case when $5 is null then t.cart_notices else $6::jsonb end
      where ${KEY} and t.cart_lease = $3
      returning ${maySql('transfer')} as active
    )
    select coalesce((select active from finished), false) as mine,
      coalesce((select ${maySql('transfer')} from transmission t where ${KEY}), false) as active`,
};

interface LeaseRow extends KnownRow {
  taken: boolean;
  cart: CartRef | null;
  active: boolean;
}

type Written<T> = { ok: true; value: T } | { ok: false; refused: 'not_active' | 'busy' };

/**
 * `busy`: another write held the cart for the whole wait; or this write exceeded its lease and another began, so that
 * its effect on the cart is unknown.
 */
export function writeCart({ query }: Database): TransmissionRepository['writeCart'] {
  const finish = async (values: (string | boolean | null)[]): Promise<{ mine: boolean; active: boolean } | undefined> =>
    (await query<{ mine: boolean; active: boolean }>(FINISH, values))[0];

  const line = waitingLine();

  return async <T>(
    key: TransmissionKey,
    write: (cart: CartRef | undefined) => Promise<T>,
    shownAfter?: ShownAfter<T>,
  ): Promise<Written<T>> => {
    const giveUpAt = performance.now() + WAIT_MS;
    const leave = await line(`${key.tenantId}/${key.transmissionId}`, WAIT_MS);
    try {
      return await writeLeased(key, giveUpAt, write, shownAfter);
    } finally {
      leave();
    }
  };

  async function writeLeased<T>(
    { tenantId, transmissionId }: TransmissionKey,
    giveUpAt: number,
    write: (cart: CartRef | undefined) => Promise<T>,
    shownAfter?: ShownAfter<T>,
  ): Promise<Written<T>> {
    const values = [tenantId, transmissionId, randomUUID()];
    let lease: LeaseRow | undefined;
    for (;;) {
      [lease] = await query<LeaseRow>(TAKE, values);
      if (lease?.taken === true) break;
      if (lease?.active !== true) return { ok: false, refused: 'not_active' };
      const leftMs = giveUpAt - performance.now();
      if (leftMs <= 0) return { ok: false, refused: 'busy' };
      await pause(WAIT_MS - leftMs);
    }
    let value: T;
    try {
      value = await write(lease.cart ?? undefined);
    } catch (error) {
      // Returns the shop's answer without delay (P5); a lease that cannot be released now expires by itself. The buyer
      // got no new information: the known cart stays unchanged.
      void finish([...values, true, null, null]).catch(() => undefined);
      throw error;
    }
    const shown = shownAfter?.(value);
    const known = typeof shown === 'object' ? knowledgeAfter(lease, shown) : { shown: null, untold: null };
    const end = await finish([...values, shown === 'as_before', ...valuesOf(known)]);
    if (end?.mine === true) return { ok: true, value };
    return { ok: false, refused: end?.active === true ? 'busy' : 'not_active' };
  }
}

/** Random, so that waiting requests do not query together. Longer after 400 ms, to spare the database. */
function pause(waitedMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 15 + Math.random() * (waitedMs < 400 ? 50 : 150)));
}

/**
 * Queues callers of this process per key, first come, first served, instead of each polling the database. Returns a
 * function that ends the turn; a caller that has waited for `waitMs` proceeds without its turn.
 */
export function waitingLine(): (key: string, waitMs: number) => Promise<() => void> {
  const lines = new Map<string, Set<() => void>>();
  return (key, waitMs) =>
    new Promise((resolve) => {
      const line = lines.get(key) ?? new Set();
      lines.set(key, line);
      const go = (): void => {
        clearTimeout(timer);
        resolve(() => {
          line.delete(go);
          const [next] = line;
          if (next !== undefined) next();
          else if (lines.get(key) === line) lines.delete(key);
        });
      };
      const timer = setTimeout(go, waitMs);
      line.add(go);
      if (line.size === 1) go();
    });
}
