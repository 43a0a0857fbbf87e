import { createHash, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { accessTokens } from '../../../src/adapters/tokens.js';

const ISSUER = 'https://shop.example';
const SECRET = 'a-secret-of-thirty-two-characters';
const CLIENT = { tenantId: 'demo', clientId: 'erp', scope: 'sessioncontext.context_manage' };
const KEY = new Uint8Array(hkdfSync('sha256', SECRET, '', 'headless-punchout access tokens', 32));
const tokens = accessTokens({ secrets: [SECRET], issuer: ISSUER });

/** A token like ours, except for the given changes. */
function forged(
  change: {
    header?: { alg: string; typ?: string };
    expiresIn?: string;
    issuer?: string;
    audience?: string;
    claims?: Record<string, unknown>;
  } = {},
  key: Parameters<SignJWT['sign']>[0] = KEY,
): Promise<string> {
  const {
    header = { alg: 'HS256', typ: 'at+jwt' },
    expiresIn = '1h',
    issuer = ISSUER,
    audience = `${ISSUER}/session-context`,
    claims = { tenant: 'demo', client_id: 'erp', scope: CLIENT.scope },
  } = change;
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('erp')
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(key);
}

describe('T43: access tokens', () => {
  it('accepts our own tokens, and foreign ones made in the same way', async () => {
    const { token, expiresInSeconds } = await tokens.issue(CLIENT);
    expect([await tokens.verify(token), expiresInSeconds]).toEqual([CLIENT, 3_600]);
    expect(await tokens.verify(await forged())).toEqual(CLIENT);
  });

  it('refuses tokens that are expired, for others, of another kind, or lack a claim', async () => {
    for (const token of [
      await forged({ expiresIn: '-1s' }),
      await forged({ issuer: 'https://evil.example' }),
      await forged({ audience: 'https://evil.example' }),
      await forged({ header: { alg: 'HS256', typ: 'JWT' } }),
      await forged({ header: { alg: 'HS256' } }),
      await forged({ claims: { tenant: 'demo' } }),
      await forged({ claims: { tenant: ['demo'], client_id: 'erp', scope: '' } }),
      await forged({}, new Uint8Array(32)),
      '',
      'x',
      'a.b.c',
      `${(await tokens.issue(CLIENT)).token}.`,
      'x'.repeat(10_000),
    ])
      expect([token.slice(0, 40), await tokens.verify(token)]).toEqual([token.slice(0, 40), undefined]);
  });

  it('uses only our algorithm; the header of the token is ignored', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const unsecured = new UnsecuredJWT({ tenant: 'demo', client_id: 'erp', scope: CLIENT.scope })
      .setIssuer(ISSUER)
      .setAudience(`${ISSUER}/session-context`)
      .setSubject('erp')
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode();
    const signature = (await tokens.issue(CLIENT)).token.split('.')[2] ?? '';
    for (const token of [
      unsecured,
      `${unsecured}${signature}`,
      await forged({ header: { alg: 'RS256', typ: 'at+jwt' } }, privateKey),
      await forged({ header: { alg: 'HS384', typ: 'at+jwt' } }, new Uint8Array(48).fill(7)),
      await forged({ header: { alg: 'HS384', typ: 'at+jwt' } }, new Uint8Array(Buffer.concat([KEY, KEY]))),
      // The public key used as a shared secret.
      await forged({}, createHash('sha256').update(pem).digest()),
    ])
      expect(await tokens.verify(token)).toBeUndefined();
  });

  it('rotates keys when a new secret is put first', async () => {
    const fresh = 'another-secret-of-thirty-two-chars';
    const [both, after] = [
      accessTokens({ secrets: [fresh, SECRET], issuer: ISSUER }),
      accessTokens({ secrets: [fresh], issuer: ISSUER }),
    ];
    const [old, young] = [(await tokens.issue(CLIENT)).token, (await both.issue(CLIENT)).token];
    expect(await both.verify(old)).toEqual(CLIENT);
    expect(await after.verify(old)).toBeUndefined();
    expect(await after.verify(young)).toEqual(CLIENT);
    expect(await tokens.verify(young)).toBeUndefined();
  });
});
