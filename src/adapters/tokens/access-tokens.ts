import { createHash, hkdfSync, randomUUID } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import type { AccessTokens } from '../../ports/access/tokens.js';

/** Fixed by us; the header of a token is ignored (T43). */
const ALGORITHM = 'HS256';
/** RFC 9068. */
const TYPE = 'at+jwt';
const LIFE_SECONDS = 3_600;
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
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: newest.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(clientId)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${LIFE_SECONDS}s`)
        .sign(newest.key);
      return { token, expiresInSeconds: LIFE_SECONDS };
    },
    async verify(token) {
      if (token.length > LONGEST_TOKEN) return undefined;
      for (const { key } of keys) {
        try {
          const { payload } = await jwtVerify(token, key, {
            algorithms: [ALGORITHM],
            typ: TYPE,
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
