import { apiKeyRepository } from '../../src/adapters/postgres/access/api-key-repository.js';
import { connectionRepository, tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { connectShops } from '../../src/adapters/postgres/orders/connect-shops.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { hashSecret } from '../../src/adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { digestOf } from '../../src/domain/digest.js';
import type { CredentialName } from '../../src/ports/access/connection-repository.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import type { Stage } from '../proof/stage/stage.js';

/** Access data of a production shop, without those of the demo. */
export const SHOP = {
  tenantId: 'attacked',
  otherTenantId: 'other',
  publicUrl: 'https://shop.attacked.example',
  returnUrl: 'https://erp.attacked.example/return',
  apiKey: 'an-api-key-of-the-attacked-shop',
  cxml: { identity: 'AN01000000001', secret: 'a-long-secret-of-the-cxml-buyer' },
  /** A connection of the other tenant, for counted refusals. */
  refused: { identity: 'AN01000000002' },
  /** Each has a feed, and so do those of the other tenant. */
  suppliers: [1, 11, 12, 13, 14],
  otherSuppliers: [2, 21, 22],
  oci: { username: 'oci-buyer', password: 'a-long-password-of-the-oci-buyer' },
} as const;

/** Number of organisations of the other tenant whose secrets this process has never verified. */
export const FRESH = 12;
export function freshIdentity(index: number): string {
  return `AN02${String(index).padStart(9, '0')}`;
}

/** Environment of a production server behind one proxy on this machine. */
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: SHOP.publicUrl,
  STORE: 'demo',
  TRUSTED_PROXIES: '127.0.0.1',
  // The feeds of the attack are on this machine.
  OUTBOUND_NETWORKS: '127.0.0.0/8',
  OUTBOUND_HTTP: 'on',
};

/** A production server process with a heap of 256 MiB, the demo's articles and its own buyers. */
export async function startAttackedShop(stage: Stage, extra: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await stage.process('attacked', 'measured');
  await server.start({ ...PRODUCTION, ...extra });
  await onboard(stage.database.url);
  return server;
}

async function onboard(url: string): Promise<void> {
  const database = await openDatabase({ kind: 'server', url });
  try {
    const tenants = tenantRepository(database);
    if ((await tenants.find(SHOP.tenantId)) !== undefined) return;
    const box = secretBox(['not the secret of the server, which seals nothing here']);
    const connections = connectionRepository(database, hashSecret, box);
    for (const tenantId of [SHOP.tenantId, SHOP.otherTenantId])
      await tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
    const settings = connectionSettings({
      returnOrigins: [new URL(SHOP.returnUrl).origin],
      language: 'de',
      currency: 'EUR',
    });
    if (!settings.ok) throw new Error(settings.refusal.reason);
    const add = async (tenantId: string, credential: CredentialName, secret: string): Promise<void> => {
      const connectionId = credential.identity.toLowerCase();
      const protocol = credential.kind;
      await connections.save({
        tenantId,
        connectionId,
        name: connectionId,
        protocol,
        demo: false,
        settings: settings.value,
      });
      await connections.addCredential(tenantId, connectionId, credential);
      await connections.addSecret(tenantId, connectionId, secret);
    };
    await add(SHOP.tenantId, { kind: 'cxml', domain: 'NetworkId', identity: SHOP.cxml.identity }, SHOP.cxml.secret);
    await add(
      SHOP.otherTenantId,
      { kind: 'cxml', domain: 'NetworkId', identity: SHOP.refused.identity },
      SHOP.cxml.secret,
    );
    await add(SHOP.tenantId, { kind: 'oci', domain: '', identity: SHOP.oci.username }, SHOP.oci.password);
    for (let index = 0; index < FRESH; index += 1)
      await add(
        SHOP.otherTenantId,
        { kind: 'cxml', domain: 'NetworkId', identity: freshIdentity(index) },
        SHOP.cxml.secret,
      );
    await apiKeyRepository(database).save({
      tenantId: SHOP.tenantId,
      keyId: 'key',
      name: 'key',
      scopes: ['read', 'write'],
      demo: false,
      createdAt: new Date(),
      digest: digestOf(SHOP.apiKey),
    });
    const shops = connectShops(database, box);
    for (const shopId of SHOP.suppliers)
      await shops.save({ tenantId: SHOP.tenantId, shopId, role: 'supplier', name: 'supplier', demo: false });
    for (const shopId of SHOP.otherSuppliers)
      await shops.save({ tenantId: SHOP.otherTenantId, shopId, role: 'supplier', name: 'supplier', demo: false });
  } finally {
    await database.close();
  }
}
