import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { PunchoutError } from '../../../domain/error-codes.js';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MIN_SECRET_LENGTH = 32;

/** Seals session tokens of a shop for the database: a reader of the database cannot shop or order with them. */
export interface TokenSeal {
  /** `cartId` is bound into the seal: a sealed token moved to another cart does not open. */
  seal(token: string, cartId: string): string;
  /** Throws STORE_UNAVAILABLE for a seal of another secret or cart. */
  open(sealed: string, cartId: string): string;
}

/**
 * AES-256-GCM under keys derived from `secrets` (each of at least 32 characters) with HKDF-SHA256, different for each
 * kind of `shop`: the first seals, all open.
 */
export function tokenSeal(secrets: string | readonly string[], shop: string): TokenSeal {
  const all = typeof secrets === 'string' ? [secrets] : secrets;
  if (all.length === 0 || all.some((secret) => secret.length < MIN_SECRET_LENGTH))
    throw new RangeError(`the sealing secret must have at least ${MIN_SECRET_LENGTH} characters`);
  const keys = all.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', `headless-punchout ${shop} context token`, 32)),
  );
  return {
    seal(token, cartId) {
      const iv = randomBytes(IV_BYTES);
      const [key] = keys;
      if (key === undefined) throw new RangeError('no sealing secret');
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(cartId));
      const sealed = Buffer.concat([iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${sealed.toString('base64url')}`;
    },
    open(sealed, cartId) {
      let cause: unknown;
      for (const key of keys) {
        try {
          return opened(sealed, cartId, key);
        } catch (fault) {
          cause = fault;
        }
      }
      throw new PunchoutError(
        'STORE_UNAVAILABLE',
        `${shop}: the token of this cart cannot be opened (was the sealing secret changed?)`,
        { cause },
      );
    },
  };
}

function opened(sealed: string, cartId: string, key: Buffer): string {
  const [version, text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed token');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAAD(Buffer.from(cartId));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
}
