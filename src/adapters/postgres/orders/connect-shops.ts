import { randomUUID } from 'node:crypto';
import type { ConnectShop, ShopRole, ShopSigning } from '../../../domain/orders/connect-shop.js';
import type { ConnectShops, ShopSummary } from '../../../ports/orders/connect-shops.js';
import { SEAL_OWNERS, type SecretSealing } from '../access/sealed-secrets.js';
import type { Database } from '../database/database.js';

const COLUMNS = 's.tenant_id, s.shop_id, s.role, s.name, s.connection_id, s.demo, s.delivery_key, s.request_signature';
const ACTIVE = '(k.expires_at is null or k.expires_at > now())';

const FIND_SIGNER = {
  name: 'connect-signer-find',
  text: `
    select ${COLUMNS},
      (select array_agg(k.sealed_key order by k.created_at, k.key_id) from connect_key k
        where k.tenant_id = s.tenant_id and k.shop_id = s.shop_id and ${ACTIVE}) as sealed_keys
    from connect_shop s where s.shop_id = $1`,
};
const FIND = {
  name: 'connect-shop-find',
  text: `select ${COLUMNS} from connect_shop s where s.tenant_id = $1 and s.shop_id = $2`,
};
const LIST = {
  name: 'connect-shop-list',
  text: `
    select ${COLUMNS}, (
      select json_agg(json_build_object('keyId', k.key_id, 'createdAt', k.created_at, 'expiresAt', k.expires_at)
        order by k.created_at)
      from connect_key k where k.tenant_id = s.tenant_id and k.shop_id = s.shop_id and ${ACTIVE}
    ) as keys
    from connect_shop s where s.tenant_id = $1 order by s.shop_id`,
};
/** Shop and stream in one statement; does nothing where another tenant has the id. */
const SAVE = {
  name: 'connect-shop-save',
  text: `
    with saved as (
      insert into connect_shop as s (tenant_id, shop_id, role, name, connection_id, demo, delivery_key,
        request_signature)
      select $1, $2, $3, $4, $5, $6, coalesce($7, 'own'), coalesce($8, 'optional')
      where not exists (select from connect_shop other where other.shop_id = $2 and other.tenant_id <> $1)
      on conflict (tenant_id, shop_id) do update set role = excluded.role, name = excluded.name,
        connection_id = excluded.connection_id, demo = excluded.demo,
        delivery_key = coalesce($7, s.delivery_key), request_signature = coalesce($8, s.request_signature)
      returning s.tenant_id, s.shop_id
    ), streamed as (
      insert into connect_stream (tenant_id, shop_id) select tenant_id, shop_id from saved on conflict do nothing
    )
    select shop_id from saved`,
};
const MERCHANT_OF = {
  name: 'connect-merchant-of',
  text: `select ${COLUMNS} from connect_shop s where s.tenant_id = $1 and s.connection_id = $2`,
};
const SUPPLIER_OF = {
  name: 'connect-supplier-of',
  text: `
    select ${COLUMNS} from connect_shop s where s.tenant_id = $1 and s.role = 'supplier' order by s.shop_id limit 1`,
};
const NEXT_ID = {
  name: 'connect-shop-next-id',
  text: 'select coalesce(max(shop_id), 0) + 1 as next from connect_shop',
};
const NAME_OF = { name: 'connect-tenant-name', text: 'select name from tenant where tenant_id = $1' };
/** Uses the empty slot, else the slot of an expired key, else that of the older key. */
const ADD_KEY = {
  name: 'connect-key-add',
  text: `
    with shop as (select tenant_id, shop_id from connect_shop where tenant_id = $1 and shop_id = $2 for update),
    ended as (
      update connect_key k
        set expires_at = least(coalesce(k.expires_at, 'infinity'), now() + make_interval(days => $5::int))
      from shop where k.tenant_id = shop.tenant_id and k.shop_id = shop.shop_id and $5::int is not null
    )
    insert into connect_key (tenant_id, shop_id, slot, key_id, sealed_key)
    select shop.tenant_id, shop.shop_id, (
      select slot.n from (values (1), (2)) as slot (n)
      left join connect_key k on k.tenant_id = shop.tenant_id and k.shop_id = shop.shop_id and k.slot = slot.n
      order by (k.slot is null) desc, (k.expires_at is not null and k.expires_at <= now()) desc, k.created_at, slot.n
        limit 1
    ), $3, $4 from shop
    on conflict (tenant_id, shop_id, slot) do update set key_id = excluded.key_id, sealed_key = excluded.sealed_key,
      created_at = now(), expires_at = null
    returning key_id`,
};
const REVOKE_KEY = {
  name: 'connect-key-revoke',
  text: 'delete from connect_key where tenant_id = $1 and shop_id = $2 and key_id = $3 returning key_id',
};

interface ShopRow {
  tenant_id: string;
  shop_id: number;
  role: ShopRole;
  name: string;
  connection_id: string | null;
  demo: boolean;
  delivery_key: ShopSigning['deliveryKey'];
  request_signature: ShopSigning['requestSignature'];
}

/** Attempts to find a free id while other processes create shops. */
const ATTEMPTS = 20;

export function connectShops({ query, asTenant }: Database, box: SecretSealing): ConnectShops {
  const one = async (statement: typeof FIND, values: (string | number)[]): Promise<ConnectShop | undefined> => {
    const [row] = await query<ShopRow>(statement, values);
    return row === undefined ? undefined : shopOf(row);
  };
  const save: ConnectShops['save'] = async (shop, { deliveryKey, requestSignature } = {}) => {
    try {
      const values = [
        shop.tenantId,
        shop.shopId,
        shop.role,
        shop.name,
        shop.connectionId ?? null,
        shop.demo,
        deliveryKey ?? null,
        requestSignature ?? null,
      ];
      return (await query(SAVE, values)).length > 0 ? 'saved' : 'taken';
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken';
      throw error;
    }
  };
  const make = async (
    find: () => Promise<ConnectShop | undefined>,
    shop: Omit<ConnectShop, 'shopId' | 'demo'>,
  ): Promise<ConnectShop> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = await find();
      if (found !== undefined) return found;
      const [row] = await query<{ next: number }>(NEXT_ID, []);
      const made = { ...shop, shopId: (row?.next ?? 1) + attempt, demo: false };
      if ((await save(made)) === 'saved') return made;
    }
    throw new Error('no free shop id was found');
  };
  const addKey = async (
    tenantId: string,
    shopId: number,
    key: string,
    graceDays: number | null,
  ): Promise<string | undefined> => {
    const keyId = randomUUID().slice(0, 8);
    return (
      await query(ADD_KEY, [tenantId, shopId, keyId, box.seal(key, SEAL_OWNERS.shop(tenantId, shopId)), graceDays])
    ).length > 0
      ? keyId
      : undefined;
  };

  return {
    async findSigner(shopId) {
      const [row] = await query<ShopRow & { sealed_keys: string[] | null }>(FIND_SIGNER, [shopId]);
      if (row === undefined) return undefined;
      return {
        shop: shopOf(row),
        signing: signingOf(row),
        keys: (row.sealed_keys ?? []).flatMap(
          (sealed) => box.open(sealed, SEAL_OWNERS.shop(row.tenant_id, shopId))?.text ?? [],
        ),
      };
    },
    find: (tenantId, shopId) => one(FIND, [tenantId, shopId]),
    async list(tenantId) {
      const rows = await asTenant(tenantId, (read) =>
        read<ShopRow & { keys: { keyId: string; createdAt: string; expiresAt: string | null }[] | null }>(LIST, [
          tenantId,
        ]),
      );
      return rows.map((row): ShopSummary => ({
        ...shopOf(row),
        signing: signingOf(row),
        keys: (row.keys ?? []).map(({ keyId, createdAt, expiresAt }) => ({
          keyId,
          createdAt: new Date(createdAt),
          expiresAt: expiresAt === null ? undefined : new Date(expiresAt),
        })),
      }));
    },
    save,
    merchantOf: (tenantId, connectionId) =>
      make(() => one(MERCHANT_OF, [tenantId, connectionId]), {
        tenantId,
        role: 'merchant',
        name: connectionId,
        connectionId,
      }),
    async supplierOf(tenantId) {
      const [tenant] = await query<{ name: string }>(NAME_OF, [tenantId]);
      return make(() => one(SUPPLIER_OF, [tenantId]), { tenantId, role: 'supplier', name: tenant?.name ?? tenantId });
    },
    addKey: (tenantId, shopId, key) => addKey(tenantId, shopId, key, null),
    rotateKey: addKey,
    async revokeKey(tenantId, shopId, keyId) {
      return (await query(REVOKE_KEY, [tenantId, shopId, keyId])).length > 0;
    },
  };
}

function shopOf(row: ShopRow): ConnectShop {
  return {
    tenantId: row.tenant_id,
    shopId: row.shop_id,
    role: row.role,
    name: row.name,
    connectionId: row.connection_id ?? undefined,
    demo: row.demo,
  };
}

function signingOf({ delivery_key: deliveryKey, request_signature: requestSignature }: ShopRow): ShopSigning {
  return { deliveryKey, requestSignature };
}

function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
