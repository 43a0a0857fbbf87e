import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { EncryptJWT } from 'jose';
import { openBuyTokens } from '../../../src/adapters/tokens.js';

const ISSUER = 'https://shop.example';
const [SECRET, OTHER] = ['a-secret-of-thirty-two-characters', 'another-secret-of-thirty-two-chars'];
const GRANT = { keyDigest: 'd'.repeat(64), email: 'email@coupa.com' };
const tokens = openBuyTokens({ secrets: [SECRET], issuer: ISSUER });

/** A token like ours, except for the given changes. */
function forged(
  change: { expiresIn?: string; issuer?: string; audience?: string; enc?: string; secret?: string } = {},
) {
  const { expiresIn = '1h', issuer = ISSUER, audience = 'open-buy', enc = 'A256GCM', secret = SECRET } = change;
  const length = enc === 'A128GCM' ? 16 : 32;
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'headless-punchout open buy', length));
  return new EncryptJWT({ email: GRANT.email })
    .setProtectedHeader({ alg: 'dir', enc })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(GRANT.keyDigest)
    .setExpirationTime(expiresIn)
    .encrypt(key);
}

describe('tokens of Open Buy', () => {
  it('hold what was granted, and show nothing of it', async () => {
    const token = await tokens.issue(GRANT);
    expect(await tokens.verify(token)).toEqual(GRANT);
    expect(await tokens.verify(await forged())).toEqual(GRANT);
    const shown = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const secret of [GRANT.keyDigest, GRANT.email, ISSUER]) expect(shown.join()).not.toContain(secret);
  });

  it('are refused when they are expired, for others, by another key or method, or changed', async () => {
    const token = await tokens.issue(GRANT);
    for (const wrong of [
      await forged({ expiresIn: '-1s' }),
      await forged({ issuer: 'https://evil.example' }),
      await forged({ audience: 'session-context' }),
      await forged({ enc: 'A128GCM' }),
      await forged({ secret: OTHER }),
      `${token}A`,
      token.slice(1),
      'x'.repeat(5_000),
      '',
    ])
      expect(await tokens.verify(wrong)).toBeUndefined();
  });

  it('last through a change of the secret', async () => {
    const token = await tokens.issue(GRANT);
    expect(await openBuyTokens({ secrets: [OTHER, SECRET], issuer: ISSUER }).verify(token)).toEqual(GRANT);
    expect(await openBuyTokens({ secrets: [OTHER], issuer: ISSUER }).verify(token)).toBeUndefined();
  });
});
