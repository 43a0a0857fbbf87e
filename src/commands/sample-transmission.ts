import type { Connection } from '../domain/access/connection.js';
import { shoppedIn } from '../domain/transmission/shopped-in.js';
import type { Transmission } from '../domain/transmission/transmission.js';

/** A call-up such as the connection's buyer would send. */
export function sampleTransmission({ tenantId, connectionId, protocol, settings }: Connection): Transmission {
  const now = new Date();
  return {
    tenantId,
    connectionId,
    protocol,
    transmissionId: `${tenantId}_${'preview'.padEnd(26, 'a')}`,
    operation: 'create',
    status: 'active',
    request: shoppedIn(
      {
        deploymentMode: 'test',
        buyer: { email: 'buyer@example.com', name: 'Erika Beispiel', company: 'Example AG', userId: 'ebeispiel' },
        extrinsics: [
          { name: 'UserEmail', value: 'buyer@example.com' },
          { name: 'CostCenter', value: '4711' },
        ],
        items: [],
        ...(protocol === 'repost'
          ? {
              repost: {
                endCustomerId: settings.repost?.endCustomers[0] ?? 1,
                templateUser: settings.repost?.templateUsers[0] ?? 'buyer',
              },
            }
          : {}),
        ...(protocol === 'oci' ? { oci: { version: '4.0', extra: [{ name: 'COSTCENTER', value: '4711' }] } } : {}),
      },
      settings,
    ),
    buyerCookie: 'PREVIEW-COOKIE',
    returnUrl: settings.returnOrigins[0] ?? 'https://buyer.example.com/',
    epoch: 1,
    cartRevision: 1,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
}
