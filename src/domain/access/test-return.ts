import { createHmac } from 'node:crypto';
import { sameDigest } from '../digest.js';

interface Owner {
  tenantId: string;
  connectionId: string;
}

/**
 * Addresses of the console that take the cart of a test punchout. Each is for one test of one connection, and carries a
 * proof that this installation has made it, so no connection has to list the console among its return addresses.
 */
export interface TestReturns {
  url(test: Owner & { testId: string }): string;
  /** The test whose return address this is; undefined: it is none of this connection. */
  testOf(connection: Owner, url: string): string | undefined;
}

const TOKEN = /^([\w-]{20,60})\.([\w-]{43})$/;

/** `url`: what stands before the token. The first of `secrets` signs, all of them are accepted. */
export function testReturns(url: string, secrets: readonly string[]): TestReturns {
  const start = `${url}/`;
  const proofOf = (secret: string, { tenantId, connectionId }: Owner, testId: string): string =>
    createHmac('sha256', secret).update(`test return\0${tenantId}\0${connectionId}\0${testId}`).digest('base64url');
  return {
    url: ({ testId, ...owner }) => `${start}${testId}.${proofOf(secrets[0] ?? '', owner, testId)}`,
    testOf(connection, given) {
      const [, testId, proof] = given.startsWith(start) ? (TOKEN.exec(given.slice(start.length)) ?? []) : [];
      if (testId === undefined || proof === undefined) return undefined;
      return secrets.some((secret) => sameDigest(proof, proofOf(secret, connection, testId))) ? testId : undefined;
    },
  };
}
