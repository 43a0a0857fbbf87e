import type { CartNotice } from '../../../domain/cart/cart.js';
import type { ShownCart } from '../../../domain/cart/shown-cart.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { TransmissionRepository } from '../../../ports/transmission/transmission-repository.js';
import type { Database } from '../database/database.js';

/** Has no effect while a write is under way: nobody can say whether the cart was read before or after it. */
const NOTE_SHOWN: NamedStatement = {
  name: 'transmission-note-shown',
  text: `
    update transmission t set shown_cart = $3::jsonb, cart_notices = null
    where t.tenant_id = $1 and t.transmission_id = $2 and t.status = 'active' and t.cart_revision = $4 and (t.shown_cart is distinct from $3::jsonb or t.cart_notices is not null)
      and (t.cart_lease is null or t.cart_lease_until < now())`,
};

const NOTE_UNTOLD: NamedStatement = {
  name: 'transmission-note-untold',
  text: `update transmission t set cart_notices = coalesce(t.cart_notices, '[]'::jsonb) || $3::jsonb where t.tenant_id = $1 and t.transmission_id = $2 and t.status = 'active'`,
};

const FIND_SHOWN: NamedStatement = {
  name: 'transmission-find-shown',
  text: 'select t.shown_cart as shown, t.cart_notices as untold from transmission t where t.tenant_id = $1 and t.transmission_id = $2',
};

export function shownCarts({
  query,
}: Database): Pick<TransmissionRepository, 'noteShown' | 'noteUntold' | 'findShown'> {
  return {
    async noteShown({ tenantId, transmissionId, cartRevision }, shown) {
      await query(NOTE_SHOWN, [tenantId, transmissionId, JSON.stringify(shown), cartRevision]);
    },
    async noteUntold({ tenantId, transmissionId }, notices) {
      await query(NOTE_UNTOLD, [tenantId, transmissionId, JSON.stringify(notices)]);
    },
    async findShown({ tenantId, transmissionId }) {
      const [row] = await query<{ shown: ShownCart | null; untold: CartNotice[] | null }>(FIND_SHOWN, [
        tenantId,
        transmissionId,
      ]);
      return { shown: row?.shown ?? undefined, untold: row?.untold ?? [] };
    },
  };
}
