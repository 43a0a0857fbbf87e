import { describe, expect, it } from '@jest/globals';
import { type JWK, SignJWT, importJWK } from 'jose';
import { customerTokens, newCustomerKey } from '../../../src/adapters/tokens.js';

describe('customer tokens (P13): the clocks of shop and connector may differ by 5 minutes', () => {
  it.each([
    ['ran out 4 minutes ago', { exp: -240 }, true],
    ['ran out 6 minutes ago', { exp: -360 }, false],
    ['is valid in 4 minutes', { exp: 3_600, nbf: 240 }, true],
    ['is valid in 6 minutes', { exp: 3_600, nbf: 360 }, false],
  ])('a token that %s', async (_, { exp, nbf }: { exp: number; nbf?: number }, taken) => {
    const { publicKey, privateKey } = await newCustomerKey('one');
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      tenant: 'firma',
      sub: 'c1',
      exp: now + exp,
      ...(nbf === undefined ? {} : { nbf: now + nbf }),
    })
      .setProtectedHeader({ alg: privateKey.alg, kid: privateKey.kid })
      .sign(await importJWK(privateKey as unknown as JWK, privateKey.alg));
    const found = await customerTokens(() => Promise.resolve([publicKey])).verify('firma', token);
    expect(found).toEqual(taken ? { customerId: 'c1' } : undefined);
  });
});
