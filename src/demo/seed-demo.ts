import { connectionSettings } from '../config/connection-settings.js';
import { digestOf } from '../domain/digest.js';
import type { ApiKeyRepository } from '../ports/api-key-repository.js';
import type { ConnectionRepository, CredentialName } from '../ports/connection-repository.js';
import type { TenantRepository } from '../ports/tenant-repository.js';

/** Source 002's own access data: well known, hence usable only while the demo is switched on. */
export const DEMO = {
  tenantId: 'demo',
  identity: 'buyer@company.com',
  secret: 'SecretPassword123',
  supplier: { domain: 'DUNS', identity: '123456789' },
  apiKey: 'demo-api-key',
} as const;

interface Directory {
  tenants: TenantRepository;
  connections: ConnectionRepository;
  apiKeys: ApiKeyRepository;
}

const RETURN_ORIGINS = ['https://erp.company.com', 'https://erp.example.com'];

/** Puts the demo tenant, its connections and its key in place; running it again changes nothing that matters. */
export async function seedDemo({ tenants, connections, apiKeys }: Directory): Promise<void> {
  const { tenantId, identity, secret, supplier, apiKey } = DEMO;
  await tenants.save({ tenantId, name: 'Demo shop', settings: { frontendOrigins: [] } });
  const seeds: { connectionId: string; name: string; protocol: 'cxml' | 'oci'; credential: CredentialName; settings: object }[] = [
    {
      connectionId: 'company-cxml',
      name: 'Company GmbH (cXML)',
      protocol: 'cxml',
      credential: { kind: 'cxml', domain: 'NetworkId', identity },
      settings: { language: 'de', currency: 'EUR', cxml: { supplier, to: [supplier], buyer: { domain: 'NetworkId', identity } } },
    },
    { connectionId: 'company-oci', name: 'Company GmbH (OCI)', protocol: 'oci', credential: { kind: 'oci', domain: '', identity }, settings: { language: 'de', currency: 'EUR', oci: { allowGet: true } } },
  ];
  for (const { connectionId, name, protocol, credential, settings } of seeds) {
    const checked = connectionSettings({ returnOrigins: RETURN_ORIGINS, ...settings });
    if (!checked.ok) throw new Error(checked.refusal.reason);
    await connections.save({ tenantId, connectionId, name, protocol, demo: true, settings: checked.value });
    await connections.addCredential(tenantId, connectionId, credential);
    const [known] = (await connections.findByCredential(credential)).filter((candidate) => candidate.connection.tenantId === tenantId);
    if ((known?.secretHashes.length ?? 0) === 0) await connections.addSecret(tenantId, connectionId, secret);
  }
  const digest = digestOf(apiKey);
  if ((await apiKeys.findByDigest(digest)) === undefined) {
    await apiKeys.save({ tenantId, keyId: 'demo', name: 'Demo key', scopes: ['read', 'write'], demo: true, createdAt: new Date(), digest });
  }
}
