import { type Outcome, accept, refuse } from '../../../../domain/error-codes.js';
import { type ShopRole, type ShopSigning, shopIdOf } from '../../../../domain/orders/connect-shop.js';
import type { ConnectShops, ShopSummary } from '../../../../ports/orders/connect-shops.js';
import { webhookSecret } from '../../../../protocols/hmac/webhook-signature.js';
import type { SavedShop, ShopManagement } from '../../../../usecases/manage/connect-shops.js';
import type { AdminAnswer, AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  shops: ShopManagement;
  connectShops: Pick<ConnectShops, 'list'>;
}

interface SaveBody {
  shop_id: number;
  name: string;
  role: ShopRole;
  connection?: string;
  delivery_key?: ShopSigning['deliveryKey'];
  request_signature?: ShopSigning['requestSignature'];
}

const GRACE_DAYS = 7;

export function shopCalls({ shops, connectShops }: Deps): Record<string, AdminCall> {
  return {
    async adminListShops({ tenantId }) {
      return accept({ data: { shops: (await connectShops.list(tenantId)).map(shopView) } });
    },
    async adminSaveShop({ tenantId, by, body }: AdminRequest<SaveBody>) {
      const { shop_id: shopId, name, role, connection: connectionId } = body;
      const signing = { deliveryKey: body.delivery_key, requestSignature: body.request_signature };
      const saved = await shops.save({ tenantId, by }, { shopId, name, role, connectionId, signing });
      return saved.ok ? accept(madeAnswer(saved.value)) : saved;
    },
    async adminAddShopKey({ tenantId, by, params, body }: AdminRequest<{ grace_days?: number; key?: string }>) {
      const shopId = idOf(params);
      if (!shopId.ok) return shopId;
      const made = await shops.addKey({ tenantId, by }, shopId.value, body.grace_days ?? GRACE_DAYS, body.key);
      return made.ok ? accept(madeAnswer(made.value, body.key)) : made;
    },
    async adminRevokeShopKey({ tenantId, by, params }: AdminRequest) {
      const shopId = idOf(params);
      if (!shopId.ok) return shopId;
      const revoked = await shops.revokeKey({ tenantId, by }, shopId.value, params['key'] ?? '');
      return revoked.ok ? accept({ data: shopView(revoked.value.shop) }) : revoked;
    },
  };
}

function idOf({ shop = '' }: Record<string, string>): Outcome<number> {
  const shopId = shopIdOf(shop);
  return shopId === undefined
    ? refuse('RESOURCE_NOT_FOUND', `"${shop.slice(0, 60)}" is no shop number: 1 to 999999999.`)
    : accept(shopId);
}

/** A given key is known to the caller: it is not repeated. */
function madeAnswer({ shop, key }: SavedShop, given?: string): AdminAnswer {
  const view = { ...shopView(shop), key_id: key?.keyId ?? null };
  return {
    data: {
      ...view,
      key: key === undefined || given !== undefined ? null : key.key,
      hook_secret: key === undefined ? null : webhookSecret(key.key),
    },
    kept: { ...view, key: null, hook_secret: null },
  };
}

function shopView({ shopId, name, role, connectionId, signing, keys }: ShopSummary): object {
  return {
    shop_id: shopId,
    name,
    role,
    connection: connectionId ?? null,
    delivery_key: signing.deliveryKey,
    request_signature: signing.requestSignature,
    keys: keys.map(({ keyId, createdAt, expiresAt }) => ({
      key_id: keyId,
      created_at: createdAt.toISOString(),
      expires_at: expiresAt?.toISOString() ?? null,
    })),
  };
}
