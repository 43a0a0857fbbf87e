import { newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ShopRole, ShopSigning } from '../../domain/orders/connect-shop.js';
import type { ShopSummary } from '../../ports/orders/connect-shops.js';
import type { Atomically, ManagedDirectory } from '../../ports/managed-directory.js';

interface Of {
  tenantId: string;
  by: string;
}

export interface ShopWish {
  shopId: number;
  name: string;
  role: ShopRole;
  /** Of a merchant: the connection whose orders it gets. */
  connectionId?: string | undefined;
  /** What is omitted stays. */
  signing?: Partial<ShopSigning>;
  /** A key to add. Undefined: one is made if the shop has none. */
  key?: string | undefined;
}

/** `key` is shown once, when it is made; it is stored sealed. */
export interface SavedShop {
  shop: ShopSummary;
  key?: { keyId: string; key: string } | undefined;
}

export interface ShopManagement {
  /** Adds a shop with a first key, or changes the tenant's own. */
  save(of: Of, wish: ShopWish): Promise<Outcome<SavedShop>>;
  /** `graceDays`: how long the earlier keys still work. Undefined `given`: a key is made. */
  addKey(of: Of, shopId: number, graceDays: number, given?: string): Promise<Outcome<SavedShop>>;
  revokeKey(of: Of, shopId: number, keyId: string): Promise<Outcome<SavedShop>>;
}

/** ConnectShops of a tenant. Each change is one transaction with its audit row. */
export function shopManagement({ atomically }: { atomically: Atomically }): ShopManagement {
  return {
    save: (of, { shopId, name, role, connectionId, signing, key }) =>
      atomically(async (directory) => {
        const { tenantId, by } = of;
        if (connectionId !== undefined && role !== 'merchant')
          return refuse('INVALID_REQUEST', 'Only a merchant has a connection.', { field: 'connection' });
        if ((await directory.tenants.entry(tenantId, 'lock')) === undefined)
          return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
        if (connectionId !== undefined && (await directory.connections.entry(tenantId, connectionId)) === undefined)
          return refuse('INVALID_REQUEST', `There is no connection ${connectionId.slice(0, 60)}.`, {
            field: 'connection',
          });
        // A shop of the demo stays one: its known key must not outlive the demo.
        const demo = (await directory.connectShops.find(tenantId, shopId))?.demo ?? false;
        const saved = await directory.connectShops.save({ tenantId, shopId, role, name, connectionId, demo }, signing);
        if (saved === 'taken')
          return refuse(
            'RESOURCE_CONFLICT',
            `The number ${shopId} is another tenant's, or the connection has a merchant already.`,
          );
        const details = { shop: String(shopId), name, role, connection: connectionId ?? '' };
        await directory.audit.note({ tenantId, event: 'shop-saved', actor: by, details });
        const now = await shown(directory, tenantId, shopId);
        if (!now.ok || (key === undefined && now.value.shop.keys.length > 0)) return now;
        const fresh = key ?? newSecret();
        return withKey(directory, of, shopId, fresh, await directory.connectShops.addKey(tenantId, shopId, fresh));
      }),
    addKey: (of, shopId, graceDays, given) =>
      atomically(async (directory) => {
        const fresh = given ?? newSecret();
        const keyId = await directory.connectShops.rotateKey(of.tenantId, shopId, fresh, graceDays);
        return withKey(directory, of, shopId, fresh, keyId);
      }),
    revokeKey: ({ tenantId, by }, shopId, keyId) =>
      atomically(async (directory) => {
        if (!(await directory.connectShops.revokeKey(tenantId, shopId, keyId)))
          return refuse('RESOURCE_NOT_FOUND', `There is no key ${keyId.slice(0, 60)} of shop ${shopId}.`);
        const details = { shop: String(shopId), key: keyId };
        await directory.audit.note({ tenantId, event: 'shop-key-revoked', actor: by, details });
        return shown(directory, tenantId, shopId);
      }),
  };
}

async function withKey(
  directory: ManagedDirectory,
  { tenantId, by }: Of,
  shopId: number,
  key: string,
  keyId: string | undefined,
): Promise<Outcome<SavedShop>> {
  if (keyId === undefined) return unknown(tenantId, shopId);
  const details = { shop: String(shopId), key: keyId };
  await directory.audit.note({ tenantId, event: 'shop-key-added', actor: by, details });
  const now = await shown(directory, tenantId, shopId);
  return now.ok ? accept({ ...now.value, key: { keyId, key } }) : now;
}

async function shown(directory: ManagedDirectory, tenantId: string, shopId: number): Promise<Outcome<SavedShop>> {
  const shop = (await directory.connectShops.list(tenantId)).find((one) => one.shopId === shopId);
  return shop === undefined ? unknown(tenantId, shopId) : accept({ shop });
}

function unknown(tenantId: string, shopId: number): Outcome<never> {
  return refuse('RESOURCE_NOT_FOUND', `There is no shop ${shopId} of tenant ${tenantId}.`);
}
