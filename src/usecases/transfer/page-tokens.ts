import { createHmac } from 'node:crypto';
import { sameDigest } from '../../domain/digest.js';

/** Tokens in the addresses of pages that are opened without a session. */
export interface PageTokens {
  tokenFor(transmissionId: string): string;
  fits(token: string | undefined, transmissionId: string): boolean;
}

/** The first of `keys` signs, all verify: a page that was handed out before a new key came still opens. Each `purpose` has tokens of its own. */
export function pageTokens(keys: readonly string[], purpose: 'return' | 'answer'): PageTokens {
  const [newest] = keys;
  if (newest === undefined) throw new TypeError('tokens of pages need a key');
  const signed = (key: string, transmissionId: string): string =>
    createHmac('sha256', key).update(`${purpose}:${transmissionId}`).digest('base64url');
  return {
    tokenFor: (transmissionId) => signed(newest, transmissionId),
    fits: (token, transmissionId) =>
      token !== undefined && keys.some((key) => sameDigest(token, signed(key, transmissionId))),
  };
}
