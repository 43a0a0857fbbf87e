import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { Connector } from '../../../src/connector.js';
import { SECRET } from './buyer.js';

export interface Onboarding {
  tenantId: string;
  connectionId: string;
  protocol: 'cxml' | 'oci';
  settings: object;
}

/** A tenant with one connection; its credential is its id, its secret is the buyer's. */
export async function onboard(
  { tenants, connections }: Connector['directory'],
  { tenantId, connectionId, protocol, settings }: Onboarding,
): Promise<void> {
  const checked = connectionSettings(settings);
  if (!checked.ok) throw new Error(checked.refusal.reason);
  if ((await tenants.find(tenantId)) === undefined)
    await tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
  await connections.save({
    tenantId,
    connectionId,
    name: connectionId,
    protocol,
    demo: false,
    settings: checked.value,
  });
  await connections.addCredential(tenantId, connectionId, {
    kind: protocol,
    domain: protocol === 'oci' ? '' : 'NetworkId',
    identity: connectionId,
  });
  await connections.addSecret(tenantId, connectionId, SECRET);
}
