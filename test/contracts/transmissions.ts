import { digestOf, newSecret } from '../../src/domain/digest.js';
import { newTransmissionId, type Transmission } from '../../src/domain/transmission/transmission.js';
import type { TransferPayload } from '../../src/domain/transmission/transfer-payload.js';
import type { NewTransmission, TransmissionRepository } from '../../src/ports/transmission/transmission-repository.js';

export const TENANT = 'acme';
export const TOKEN_DIGEST = digestOf('start-token');

export function newTransmission(change: Partial<NewTransmission> = {}): NewTransmission {
  return {
    tenantId: TENANT,
    transmissionId: newTransmissionId(TENANT),
    connectionId: 'buyer-one',
    protocol: 'cxml',
    operation: 'create',
    request: {
      deploymentMode: 'test',
      buyer: { email: 'änne@example.com' },
      extrinsics: [{ name: 'UserEmail', value: 'änne@example.com' }],
      items: [],
    },
    buyerCookie: ' 1&<"ä\t ',
    returnUrl: 'https://erp.example.com/return?a=1',
    tokenDigest: TOKEN_DIGEST,
    startLinkSeconds: 300,
    idleMinutes: 60,
    absoluteMinutes: 480,
    ...change,
  };
}

/** Stores an open transmission. */
export async function openTransmission(
  repository: TransmissionRepository,
  change: Partial<NewTransmission> = {},
): Promise<Transmission> {
  const created = await repository.create(newTransmission(change));
  if (created === undefined) throw new Error('The transmission was not stored.');
  return created;
}

/** Stores a transmission that a browser has claimed, with its cart. */
export async function activeTransmission(
  repository: TransmissionRepository,
  change: Partial<NewTransmission> = {},
): Promise<Transmission> {
  const created = await openTransmission(repository, change);
  await repository.claim(created, { tokenDigest: TOKEN_DIGEST, claimDigest: digestOf(newSecret()), idleMinutes: 60 });
  const active = await repository.attachCart(created, { store: 'demo', id: `cart-${created.transmissionId}` });
  if (active === undefined) throw new Error('The transmission did not become active.');
  return active;
}

export function payloadOf(text: string): TransferPayload {
  return {
    payloadId: `${text.length}.${newSecret()}@example.com`,
    kind: 'cxml',
    action: 'https://erp.example.com/return?a=1',
    method: 'post',
    target: '_parent',
    charset: 'utf-8',
    fields: [{ name: 'cxml-urlencoded', value: text }],
    summary: { itemsCount: '3', linesCount: 2, totalAmount: '1299.99', currency: 'EUR' },
  };
}
