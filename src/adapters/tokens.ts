import { createHash, hkdfSync, randomUUID, createHmac } from 'node:crypto';
import {
  EncryptJWT,
  SignJWT,
  jwtDecrypt,
  jwtVerify,
  type JWK,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';
import type { AccessTokens, CustomerTokens, OpenBuyTokens, StartTokens } from '../ports/access/tokens.js';
import type { CustomerKey } from '../domain/access/tenant.js';
import { digestOf } from '../domain/digest.js';

/** Fixed by us; the header of a token is ignored (T43). */
const ALGORITHM = 'HS256';
/** Access tokens: RFC 9068. */
const ACCESS_TYPE = 'at+jwt';
const ACCESS_LIFE_SECONDS = 3_600;
const LONGEST_TOKEN = 4_000;

/** `secrets` of the installation: the first signs, all verify. To rotate keys, put a new one first. */
export function accessTokens({ secrets, issuer }: { secrets: readonly string[]; issuer: string }): AccessTokens {
  const audience = `${issuer}/session-context`;
  const keys = secrets.map((secret) => {
    const key = new Uint8Array(hkdfSync('sha256', secret, '', 'headless-punchout access tokens', 32));
    return { key, kid: createHash('sha256').update(key).digest('base64url').slice(0, 12) };
  });
  const [newest] = keys;
  if (newest === undefined) throw new Error('Access tokens need a secret.');

  return {
    async issue({ tenantId, clientId, scope }) {
      const token = await new SignJWT({ tenant: tenantId, client_id: clientId, scope })
        .setProtectedHeader({ alg: ALGORITHM, typ: ACCESS_TYPE, kid: newest.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(clientId)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${ACCESS_LIFE_SECONDS}s`)
        .sign(newest.key);
      return { token, expiresInSeconds: ACCESS_LIFE_SECONDS };
    },
    async verify(token) {
      if (token.length > LONGEST_TOKEN) return undefined;
      for (const { key } of keys) {
        try {
          const { payload } = await jwtVerify(token, key, {
            algorithms: [ALGORITHM],
            typ: ACCESS_TYPE,
            issuer,
            audience,
            requiredClaims: ['exp', 'iat', 'sub'],
          });
          const { tenant, client_id: clientId, scope } = payload;
          return typeof tenant === 'string' && typeof clientId === 'string' && typeof scope === 'string'
            ? { tenantId: tenant, clientId, scope }
            : undefined;
        } catch {
          // Try the next key.
        }
      }
      return undefined;
    },
  };
}

const OPEN_BUY_AUDIENCE = 'open-buy';
const OPEN_BUY_SECONDS = 3_600;

/**
 * Encrypted, because the holder's log need not tell who searches. `secrets` of the installation: the first encrypts,
 * all decrypt.
 */
export function openBuyTokens({ secrets, issuer }: { secrets: readonly string[]; issuer: string }): OpenBuyTokens {
  const keys = secrets.map(
    (secret) => new Uint8Array(hkdfSync('sha256', secret, '', 'headless-punchout open buy', 32)),
  );
  const [newest] = keys;
  if (newest === undefined) throw new Error('Tokens of Open Buy need a secret.');
  return {
    issue: ({ keyDigest, email }) =>
      new EncryptJWT({ email })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(issuer)
        .setAudience(OPEN_BUY_AUDIENCE)
        .setSubject(keyDigest)
        .setIssuedAt()
        .setExpirationTime(`${OPEN_BUY_SECONDS}s`)
        .encrypt(newest),
    async verify(token) {
      if (token.length > LONGEST_TOKEN) return undefined;
      for (const key of keys) {
        try {
          const { payload } = await jwtDecrypt(token, key, {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
            issuer,
            audience: OPEN_BUY_AUDIENCE,
            requiredClaims: ['exp', 'sub'],
          });
          const { sub: keyDigest = '', email } = payload;
          return { keyDigest, email: typeof email === 'string' ? email : '' };
        } catch {
          // Try the next key.
        }
      }
      return undefined;
    },
  };
}

/** Asymmetric signatures only: with a shared secret, a verifier could also create tokens. */
export const CUSTOMER_TOKEN_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];
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

/** Tokens of start links. */
const START_TYPE = 'punchout-start+jwt';
const START_AUDIENCE = 'punchout-login';
/** Three parts of base64url: an opaque token has no dots. */
const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const LONGEST_JWT = 2_000;

/**
 * `secrets` of the installation: the first signs, all verify. The single-use key of a JWT is its `jti`, never its text:
 * one token has several spellings (T43). Its `exp` informs readers; the database checks the expiry at login, by its own
 * clock (P13).
 */
export function startTokens({ secrets, issuer }: { secrets: readonly string[]; issuer: string }): StartTokens {
  const [first = ''] = secrets;
  const signingKeys = secrets.map((secret) => createHmac('sha256', secret).update('start-jwt').digest());
  const signingKey = signingKeys[0] ?? new Uint8Array(32);
  const secretOf = (transmissionId: string): string =>
    createHmac('sha256', first).update(`start:${transmissionId}`).digest('base64url');

  /** The `jti` of one of our JWTs for this transmission. */
  async function verified(transmissionId: string, token: string): Promise<string | undefined> {
    for (const key of signingKeys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          typ: START_TYPE,
          audience: START_AUDIENCE,
          issuer,
          subject: transmissionId,
          requiredClaims: ['jti', 'exp', 'iat'],
          currentDate: new Date(0),
        });
        return payload.jti;
      } catch {
        // Try the next key.
      }
    }
    return undefined;
  }

  return {
    // A jti taken from a JWT is no valid opaque token: their stored digests differ.
    digest: (transmissionId, form) =>
      digestOf(form === 'jwt' ? `jwt:${secretOf(transmissionId)}` : secretOf(transmissionId)),
    async token({ transmissionId, createdAt, startExpiresAt }, form) {
      const secret = secretOf(transmissionId);
      if (form === 'opaque') return secret;
      return new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: START_TYPE })
        .setIssuer(issuer)
        .setAudience(START_AUDIENCE)
        .setSubject(transmissionId)
        .setJti(secret)
        .setIssuedAt(secondsOf(createdAt))
        .setExpirationTime(secondsOf(startExpiresAt))
        .sign(signingKey);
    },
    async shown(transmissionId, token) {
      if (token.length > LONGEST_JWT || !JWT_SHAPE.test(token)) return digestOf(token);
      const jti = await verified(transmissionId, token);
      return digestOf(jti === undefined ? token : `jwt:${jti}`);
    },
  };
}

function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
