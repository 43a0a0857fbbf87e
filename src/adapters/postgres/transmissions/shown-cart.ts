import { isDeepStrictEqual } from 'node:util';
import type { CartNotice } from '../../../domain/cart/cart.js';
import {
  knownAfter,
  knownWhenAsked,
  ONLY_LOOKED,
  type ShownAnswer,
  type ShownCart,
  stillUntold,
} from '../../../domain/cart/shown-cart.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { TransmissionRepository } from '../../../ports/transmission/transmission-repository.js';
import type { Database } from '../database/database.js';

/** Notes nothing during a write: it is unknown whether the cart was read before or after it. */
const MAY_NOTE = `
  t.tenant_id = $1 and t.transmission_id = $2 and t.status = 'active' and t.cart_revision = $3
  and (t.cart_lease is null or t.cart_lease_until < now())`;

const KNOWN: NamedStatement = {
  name: 'transmission-known-cart',
  text: `select t.shown_cart as shown, t.cart_notices as untold from transmission t where ${MAY_NOTE}`,
};

const NOTE_SHOWN: NamedStatement = {
  name: 'transmission-note-shown',
  text: `update transmission t set shown_cart = $4::jsonb, cart_notices = $5::jsonb where ${MAY_NOTE}`,
};

const NOTE_UNTOLD: NamedStatement = {
  name: 'transmission-note-untold',
  text: `
    update transmission t set cart_notices = coalesce(t.cart_notices, '[]'::jsonb) || $3::jsonb
    where t.tenant_id = $1 and t.transmission_id = $2 and t.status = 'active'`,
};

const KEY_COLUMN = { id: 'text' };

const FIND_SHOWN: BatchedStatement = {
  columns: KEY_COLUMN,
  isRead: true,
  one: {
    name: 'transmission-find-shown',
    text: `
      select t.shown_cart as shown, t.cart_notices as untold from transmission t
      where t.tenant_id = $1 and t.transmission_id = $2`,
  },
  many: {
    name: 'transmission-find-shown-many',
    text: `
      select r.n, found.shown, found.untold from ${givenRows(KEY_COLUMN)} cross join lateral (
        select t.shown_cart as shown, t.cart_notices as untold from transmission t
        where t.tenant_id = $1 and t.transmission_id = r.id offset 0
      ) found`,
  },
};

/** Columns of a transmission row. */
export interface KnownRow {
  shown: ShownCart | null;
  untold: CartNotice[] | null;
}

export function knowledgeAfter({ shown, untold }: KnownRow, answer: ShownAnswer): KnownRow {
  const known = knownAfter(shown ?? undefined, answer);
  const still = stillUntold(untold ?? [], known, answer);
  return { shown: known, untold: still.length === 0 ? null : still };
}

/** As two jsonb parameters. */
export function valuesOf({ shown, untold }: KnownRow): (string | null)[] {
  return [shown, untold].map((value) => (value === null ? null : JSON.stringify(value)));
}

export function shownCarts({
  query,
}: Database): Pick<TransmissionRepository, 'noteShown' | 'noteAsked' | 'noteUntold' | 'findShown'> {
  const find = batched<KnownRow>(query, FIND_SHOWN);
  return {
    async noteShown({ tenantId, transmissionId, cartRevision }, cart) {
      const values = [tenantId, transmissionId, cartRevision];
      const [row] = await query<KnownRow>(KNOWN, values);
      if (row === undefined) return;
      const next = knowledgeAfter(row, { cart, asked: ONLY_LOOKED });
      if (isDeepStrictEqual(row, next)) return;
      await query(NOTE_SHOWN, [...values, ...valuesOf(next)]);
    },
    async noteAsked({ tenantId, transmissionId, cartRevision }, now) {
      const values = [tenantId, transmissionId, cartRevision];
      const [row] = await query<KnownRow>(KNOWN, values);
      if (row === undefined || row.shown === null) return;
      await query(NOTE_SHOWN, [...values, ...valuesOf({ ...row, shown: knownWhenAsked(row.shown, now) })]);
    },
    async noteUntold({ tenantId, transmissionId }, notices) {
      await query(NOTE_UNTOLD, [tenantId, transmissionId, JSON.stringify(notices)]);
    },
    async findShown({ tenantId, transmissionId }) {
      const [row] = await find(tenantId, [transmissionId]);
      return { shown: row?.shown ?? undefined, untold: row?.untold ?? [] };
    },
  };
}
