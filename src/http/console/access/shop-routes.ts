import type { RequestHandler } from 'express';
import { shopsPage } from '../../../console/pages/access/shops-page.js';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import { DELIVERY_KEYS, REQUEST_SIGNATURES, SHOP_ROLES, shopIdOf } from '../../../domain/orders/connect-shop.js';
import type { ConnectShops } from '../../../ports/orders/connect-shops.js';
import { webhookSecret } from '../../../protocols/hmac/webhook-signature.js';
import type { SavedShop, ShopManagement } from '../../../usecases/manage/connect-shops.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard } from '../guard.js';
import type { Prove } from '../prove.js';
import { accessChange, doneIn, draftOf } from './access-change.js';

export interface ShopDeps {
  pages: ConsolePages;
  connectShops: Pick<ConnectShops, 'list'>;
  shopManagement: ShopManagement;
}

type Made = { key: string; hookSecret: string };

/** How long the earlier keys work beside a new one. */
const GRACE_DAYS = 7;

/** ConnectShops of a tenant. A key is in the one answer that made it, and in no address. */
export function shopRoutes(
  { pages, connectShops, shopManagement }: ShopDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'save' | 'addKey' | 'revokeKey', RequestHandler> {
  const change = accessChange<Made>({
    guard,
    prove,
    back: `${pages.base}/access/shops`,
    async show(visit, { made, outcome, isDraft = false }, status = 200) {
      const { res, frame, used } = visit;
      const shops = await connectShops.list(used.operator.tenantId);
      const draft = isDraft ? draftOf(visit) : {};
      const more = { ...(made === undefined ? {} : { made }), ...(outcome === undefined ? {} : { outcome }) };
      pages.send(res, frame, shopsPage(frame, { shops, draft, ...more }), status);
    },
  });

  return {
    show: guard('read_keys', async (visit) => {
      const shops = await connectShops.list(visit.used.operator.tenantId);
      pages.send(visit.res, visit.frame, shopsPage(visit.frame, { shops, draft: {}, ...doneIn(visit) }));
    }),
    save: change(async ({ form }, of) => {
      const [name = '', connection = '', number = ''] = ['name', 'connection', 'shop_id'].map((field) =>
        (form.get(field) ?? '').trim(),
      );
      const shopId = shopIdOf(number);
      if (shopId === undefined) return refuse('INVALID_REQUEST', 'A number is 1 to 999999999.');
      if (name === '' || name.length > 100) return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.');
      const role = SHOP_ROLES.find((known) => known === form.get('role'));
      if (role === undefined) return refuse('INVALID_REQUEST', 'Choose a role.');
      const deliveryKey = DELIVERY_KEYS.find((known) => known === form.get('delivery_key'));
      const requestSignature = REQUEST_SIGNATURES.find((known) => known === form.get('request_signature'));
      const connectionId = connection === '' ? undefined : connection;
      const signing = { deliveryKey, requestSignature };
      return madeBy(await shopManagement.save(of, { shopId, name, role, connectionId, signing }));
    }),
    addKey: change(async ({ req }, of) => {
      const shopId = shopIdOf(String(req.params['shopId']));
      if (shopId === undefined) return unknown();
      return madeBy(await shopManagement.addKey(of, shopId, GRACE_DAYS));
    }),
    revokeKey: change(async ({ req }, of) => {
      const shopId = shopIdOf(String(req.params['shopId']));
      if (shopId === undefined) return unknown();
      const revoked = await shopManagement.revokeKey(of, shopId, String(req.params['keyId']));
      return revoked.ok ? accept(undefined) : revoked;
    }),
  };
}

function madeBy(saved: Outcome<SavedShop>): Outcome<Made | undefined> {
  if (!saved.ok) return saved;
  const { key } = saved.value;
  return accept(key && { key: key.key, hookSecret: webhookSecret(key.key) });
}

function unknown(): Outcome<never> {
  return refuse('RESOURCE_NOT_FOUND', 'There is no such shop.');
}
