import { type JWK, SignJWT, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, jwtVerify } from 'jose';
import type { CustomerKey } from '../../domain/access/tenant.js';
import type { CustomerTokens } from '../../ports/access/tokens.js';

/** Asymmetric signatures only: with a shared secret, a verifier could also create tokens. */
export const CUSTOMER_TOKEN_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];
const LONGEST_TOKEN = 4_000;
/** Allowed difference between the shop's clock and ours. */
const TOLERANCE_SECONDS = 300;

/**
 * Verified with the tenant's own keys: `sub` is the customer, `tenant` must be the tenant, `exp` is required,
 * `sessionId` names the session.
 */
export function customerTokens(keysOf: (tenantId: string) => Promise<readonly CustomerKey[]>): CustomerTokens {
  return {
    async verify(tenantId, token) {
      const keys = await keysOf(tenantId);
      if (keys.length === 0 || token.length > LONGEST_TOKEN) return undefined;
      try {
        const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: keys as unknown as JWK[] }), {
          algorithms: CUSTOMER_TOKEN_ALGORITHMS,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: TOLERANCE_SECONDS,
        });
        const { sub: customerId = '', tenant, sessionId } = payload;
        if (tenant !== tenantId || customerId === '') return undefined;
        return { customerId, sessionId: typeof sessionId === 'string' ? sessionId : undefined };
      } catch {
        return undefined;
      }
    },
  };
}

/** A key pair for tests: the public part for the tenant, the private one for `mintCustomerToken`. */
export async function newCustomerKey(kid: string): Promise<{ publicKey: CustomerKey; privateKey: CustomerKey }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    publicKey: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' },
    privateKey: { ...(await exportJWK(privateKey)), kid, alg: 'ES256' },
  };
}

/** Creates a customer token like the shop. Throws for an invalid key. */
export async function mintCustomerToken(
  privateKey: CustomerKey,
  claims: { tenantId: string; customerId: string; sessionId?: string; seconds: number },
): Promise<string> {
  const { tenantId, customerId, sessionId, seconds } = claims;
  return new SignJWT({ tenant: tenantId, sessionId })
    .setProtectedHeader({ alg: privateKey.alg, kid: privateKey.kid })
    .setSubject(customerId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(await importJWK(privateKey as unknown as JWK, privateKey.alg));
}
