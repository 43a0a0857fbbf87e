import { connectionSettings } from '../config/connection-settings.js';
import { digestOf } from '../domain/digest.js';
import {
  type ApiKeyRepository,
  type MiddlewareKeys,
  USUAL_OAUTH_SCOPES,
  type OAuthClients,
} from '../ports/access/client-keys.js';
import type { ConnectShops } from '../ports/orders/connect-shops.js';
import type { ConnectionRepository, CredentialName, TenantRepository } from '../ports/access/connection-repository.js';
import type { Operators } from '../ports/access/operators.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import type { Sites } from '../ports/context.js';

/** PunchFlow's own access data: publicly known, so accepted only if the demo is switched on. */
export const DEMO = {
  tenantId: 'demo',
  identity: 'buyer@company.com',
  secret: 'SecretPassword123',
  supplier: { domain: 'DUNS', identity: '123456789' },
  /** A second cXML buyer: Coupa, in English, with links that expire soon. Its secret is the same. */
  example: { connectionId: 'example-coupa', identity: 'procurement@example.com' },
  apiKey: 'demo-api-key',
  /** For `/v1/admin`. */
  adminKey: 'demo-admin-key',
  /** Punchout Rocket's own access data. */
  middleware: {
    connectionId: 'company-repost',
    apiKey: 'site-api-key-abc',
    endCustomerId: 2,
    /** A second end customer of the same middleware, who shops in English. */
    english: { connectionId: 'company-repost-english', endCustomerId: 102 },
    templateUser: 'buyer123',
    gateway: 'https://middleware.example.com',
  },
  /** An API client for session contexts, and the sites of the demo shop. */
  client: { clientId: 'demo-client', secret: 'demo-client-secret' },
  site: {
    siteCode: 'main',
    name: 'Nordlicht',
    country: 'DE',
    currency: 'EUR',
    currencies: ['EUR', 'CHF', 'USD'],
    languages: ['de', 'en'],
  },
  /** Signs in to the console by a link that the server prints; has no password. */
  operator: { operatorId: 'demo', email: 'operator@demo.invalid', name: 'Demo operator' },
  /** The ConnectShops of the demo: a supplier, and the merchant that the cXML buyer orders as. */
  connect: [
    { shopId: 1, role: 'supplier', name: 'Demo shop', key: 'demo-connect-key' },
    {
      shopId: 2,
      role: 'merchant',
      name: 'Company GmbH',
      key: 'demo-connect-merchant-key',
      connectionId: 'company-cxml',
    },
  ],
} as const;

interface Directory {
  tenants: TenantRepository;
  connections: ConnectionRepository;
  apiKeys: ApiKeyRepository;
  connectShops: ConnectShops;
  middlewareKeys: MiddlewareKeys;
  oauthClients: OAuthClients;
  sites: Sites;
  operators: Operators;
}

interface Seed {
  connectionId: string;
  name: string;
  protocol: Protocol;
  settings: object;
}

const RETURN_ORIGINS = ['https://erp.company.com', 'https://erp.example.com'];

/**
 * Creates the demo tenant, its connections and its keys. Can be repeated without harm: what operators have changed in
 * the connections stays.
 */
export async function seedDemo({
  tenants,
  connections,
  apiKeys,
  connectShops,
  middlewareKeys,
  oauthClients,
  sites,
  operators,
}: Directory): Promise<void> {
  const { tenantId, identity, supplier, apiKey, adminKey } = DEMO;
  const known = await tenants.find(tenantId);
  await tenants.save({ tenantId, name: 'Demo shop', settings: known?.settings ?? { frontendOrigins: [] } });
  const seeds: (Seed & { credential: CredentialName })[] = [
    {
      connectionId: 'company-cxml',
      name: 'Company GmbH (cXML)',
      protocol: 'cxml',
      credential: { kind: 'cxml', domain: 'NetworkId', identity },
      settings: {
        language: 'de',
        currency: 'EUR',
        cxml: { supplier, to: [supplier], buyer: { domain: 'NetworkId', identity } },
      },
    },
    {
      connectionId: 'company-oci',
      name: 'Company GmbH (OCI)',
      protocol: 'oci',
      credential: { kind: 'oci', domain: '', identity },
      settings: { language: 'de', currency: 'EUR', oci: { allowGet: true } },
    },
  ];
  for (const { credential, ...seed } of seeds)
    if (await keepOrSave(connections, seed)) await openConnection(connections, seed, credential);
  const { middleware } = DEMO;
  const { english } = middleware;
  for (const { connectionId, name, language, endCustomerId } of [
    { ...middleware, name: 'Company GmbH (middleware)', language: 'de' },
    { ...english, name: 'Company Ltd (middleware)', language: 'en' },
  ]) {
    const seed: Seed = {
      connectionId,
      name,
      protocol: 'repost',
      settings: {
        returnOrigins: [middleware.gateway],
        language,
        currency: 'EUR',
        repost: { templateUsers: [middleware.templateUser], endCustomers: [endCustomerId] },
      },
    };
    if (await keepOrSave(connections, seed)) await middlewareKeys.add(tenantId, connectionId, middleware.apiKey);
  }
  for (const { key, ...shop } of DEMO.connect) {
    await connectShops.save({ tenantId, demo: true, ...shop }, { deliveryKey: 'own' });
    if (((await connectShops.findSigner(shop.shopId))?.keys.length ?? 0) === 0)
      await connectShops.addKey(tenantId, shop.shopId, key);
  }
  const { client, site, operator } = DEMO;
  await operators.add({ ...operator, tenantId, role: 'owner', demo: true });
  await oauthClients.save({
    tenantId,
    clientId: client.clientId,
    name: 'Demo management system',
    scopes: [...USUAL_OAUTH_SCOPES],
    demo: true,
  });
  if (((await oauthClients.find(client.clientId))?.secretHashes.length ?? 0) === 0)
    await oauthClients.addSecret(tenantId, client.clientId, client.secret);
  if ((await sites.list(tenantId)).length === 0)
    await sites.save({
      ...site,
      tenantId,
      currencies: [...site.currencies],
      languages: [...site.languages],
      isDefault: true,
    });
  const keys = [
    { keyId: 'demo', name: 'Demo key', scopes: ['read', 'write'], digest: digestOf(apiKey) },
    { keyId: 'demo-admin', name: 'Demo key of operators', scopes: ['admin'], digest: digestOf(adminKey) },
  ] as const;
  for (const { digest, scopes, ...key } of keys)
    if ((await apiKeys.findByDigest(digest)) === undefined)
      await apiKeys.save({ tenantId, ...key, scopes: [...scopes], demo: true, createdAt: new Date(), digest });
}

/**
 * Creates the second cXML buyer. Not at the start: a JSON call-up names no connection while there is only one of its
 * protocol.
 */
export async function seedExample({ connections }: Pick<Directory, 'connections'>): Promise<void> {
  const { supplier, example } = DEMO;
  const seed: Seed = {
    connectionId: example.connectionId,
    name: 'Example Inc. (Coupa)',
    protocol: 'cxml',
    settings: {
      profile: 'coupa',
      language: 'en',
      currency: 'EUR',
      startLinkSeconds: 30,
      cxml: { supplier, to: [supplier], buyer: { domain: 'NetworkId', identity: example.identity } },
    },
  };
  // The story of the link that expires needs these settings.
  await saveConnection(connections, seed);
  await openConnection(connections, seed, { kind: 'cxml', domain: 'NetworkId', identity: example.identity });
}

/**
 * Saves the connection if it is not there. Returns false if an operator made the one that is there: it must not get
 * publicly known secrets.
 */
async function keepOrSave(connections: ConnectionRepository, seed: Seed): Promise<boolean> {
  const there = await connections.find(DEMO.tenantId, seed.connectionId);
  if (there === undefined) await saveConnection(connections, seed);
  return there?.demo ?? true;
}

async function saveConnection(connections: ConnectionRepository, { settings, ...seed }: Seed): Promise<void> {
  const checked = connectionSettings({ returnOrigins: RETURN_ORIGINS, ...settings });
  if (!checked.ok) throw new Error(checked.refusal.reason);
  await connections.save({ tenantId: DEMO.tenantId, ...seed, demo: true, settings: checked.value });
}

async function openConnection(
  connections: ConnectionRepository,
  { connectionId }: Seed,
  credential: CredentialName,
): Promise<void> {
  const { tenantId, secret } = DEMO;
  await connections.addCredential(tenantId, connectionId, credential);
  const [known] = (await connections.findByCredential(credential)).filter(
    (candidate) => candidate.connection.tenantId === tenantId,
  );
  if ((known?.secretHashes.length ?? 0) === 0) await connections.addSecret(tenantId, connectionId, secret);
}
