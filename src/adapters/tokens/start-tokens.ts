import { createHmac } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { digestOf } from '../../domain/digest.js';
import type { StartTokens } from '../../ports/access/tokens.js';

/** Fixed by us; the header of a token is ignored (T43). */
const ALGORITHM = 'HS256';
const TYPE = 'punchout-start+jwt';
const AUDIENCE = 'punchout-login';
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
          typ: TYPE,
          audience: AUDIENCE,
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
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
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
