import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { startTokens } from '../../../src/adapters/tokens.js';
import { digestOf } from '../../../src/domain/digest.js';

const SECRET = 'a-secret-for-tests-that-is-long-enough';
const OLD = 'an-older-secret-for-tests-also-long-enough';
const ID = 'demo_aaaaaaaaaaaaaaaaaaaaaaaaaa';
const AT = {
  transmissionId: ID,
  createdAt: new Date('2026-01-01T10:00:00.700Z'),
  startExpiresAt: new Date('2026-01-01T10:05:00.700Z'),
};
const tokens = startTokens({ secrets: [SECRET, OLD], issuer: 'https://shop.example.com' });
const stored = tokens.digest(ID, 'jwt');
const key = createHmac('sha256', SECRET).update('start-jwt').digest();

function forged(change: { header?: object; claims?: object; sign?: Uint8Array } = {}): Promise<string> {
  return new SignJWT({
    jti: jtiOf(),
    iss: 'https://shop.example.com',
    aud: 'punchout-login',
    sub: ID,
    iat: 1,
    exp: 4_000_000_000,
    ...change.claims,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'punchout-start+jwt', ...change.header })
    .sign(change.sign ?? key);
}
function jtiOf(): string {
  return createHmac('sha256', SECRET).update(`start:${ID}`).digest('base64url');
}
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Start tokens', () => {
  it('opaque: without meaning, independent of time, and only its digest is stored', async () => {
    const token = await tokens.token(AT, 'opaque');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await tokens.token(AT, 'opaque')).toBe(token);
    expect([tokens.digest(ID, 'opaque'), await tokens.shown(ID, token)]).toEqual([digestOf(token), digestOf(token)]);
  });

  it("JWT: fixed algorithm, jti, five minutes by the database's clock; the same bytes for a repeat", async () => {
    const token = await tokens.token(AT, 'jwt');
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'punchout-start+jwt' });
    expect(decodeJwt(token)).toEqual({
      iss: 'https://shop.example.com',
      aud: 'punchout-login',
      sub: ID,
      jti: expect.any(String),
      iat: 1767261600,
      exp: 1767261900,
    });
    expect(await tokens.token(AT, 'jwt')).toBe(token);
    expect(await tokens.shown(ID, token)).toBe(stored);
  });

  it('accepts an older secret of the installation, but no foreign one', async () => {
    const older = startTokens({ secrets: [OLD], issuer: 'https://shop.example.com' });
    expect(await tokens.shown(ID, await older.token(AT, 'jwt'))).toBe(older.digest(ID, 'jwt'));
    const foreign = startTokens({
      secrets: ['somebody-elses-secret-of-32-characters'],
      issuer: 'https://shop.example.com',
    });
    expect(await tokens.shown(ID, await foreign.token(AT, 'jwt'))).not.toBe(foreign.digest(ID, 'jwt'));
  });

  it('the jti alone opens nothing (it can be read out of the token)', async () => {
    const { jti = '' } = decodeJwt(await tokens.token(AT, 'jwt'));
    expect(await tokens.shown(ID, jti)).not.toBe(stored);
  });

  it('T43: another spelling of the same token has the same jti, or none', async () => {
    const token = await tokens.token(AT, 'jwt');
    const [header, claims, signature = ''] = token.split('.');
    const last = signature.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const respelled = `${header}.${claims}.${signature.slice(0, -1)}${alphabet[alphabet.indexOf(last) ^ 1]}`;
    expect([stored, digestOf(respelled)]).toContain(await tokens.shown(ID, respelled));
  });

  const [header, claims] = [part({ alg: 'none', typ: 'punchout-start+jwt' }), part({ jti: 'x', sub: ID })];
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const attacks: [string, () => string | Promise<string>][] = [
    ['alg none', () => `${header}.${claims}.`],
    ['alg none with a signature', () => `${header}.${claims}.AAAA`],
    ['alg nOnE', () => `${part({ alg: 'nOnE' })}.${claims}.AAAA`],
    ['HS512 with the right key', () => forged({ header: { alg: 'HS512' } })],
    [
      'RS256 with an embedded key, as jwk',
      () =>
        new SignJWT({ jti: jtiOf(), sub: ID })
          .setProtectedHeader({ alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) })
          .sign(rsa.privateKey),
    ],
    [
      'a public key as HMAC secret',
      () => forged({ sign: Buffer.from(rsa.publicKey.export({ format: 'pem', type: 'spki' })) }),
    ],
    ['an empty secret', () => forged({ sign: new Uint8Array(32) })],
    ['the secret itself, underived', () => forged({ sign: Buffer.from(SECRET) })],
    ['a kid that is a path', () => forged({ header: { kid: '../../../../dev/null' }, sign: new Uint8Array(32) })],
    ['another issuer', () => forged({ claims: { iss: 'https://evil.example' } })],
    ['another audience', () => forged({ claims: { aud: 'somewhere-else' } })],
    ['another session', () => forged({ claims: { sub: 'demo_bbbbbbbbbbbbbbbbbbbbbbbbbb' } })],
    ['another type', () => forged({ header: { typ: 'JWT' } })],
    ['no jti', () => forged({ claims: { jti: undefined } })],
    ['no end', () => forged({ claims: { exp: undefined } })],
    [
      'changed claims',
      async () => {
        const parts = (await tokens.token(AT, 'jwt')).split('.');
        return `${parts[0]}.${part({ ...decodeJwt(parts.join('.')), exp: 9_999_999_999, x: 1 })}.${parts[2]}`;
      },
    ],
    ['five parts', async () => `${await tokens.token(AT, 'jwt')}.a.b`],
    ['ten thousand characters', () => `${'a'.repeat(5_000)}.${'b'.repeat(5_000)}.c`],
  ];
  it.each(attacks)('T43: %s is refused', async (_, make) => {
    expect(await tokens.shown(ID, await make())).not.toBe(stored);
  });

  it('each attack is derived from a token that would be accepted', async () => {
    expect(await tokens.shown(ID, await forged())).toBe(stored);
  });
});
