import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { isRequestId } from '../domain/reference.js';

/** Crockford's base 32: without letters that are easily misread (I, L, O) and without U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference of this request. It stands in the header X-Request-Id, in log lines, in the message log and on error
 * pages. It is the X-Request-Id that the caller sends, if that is an id (`isRequestId`); else 10 random letters and
 * digits that a buyer can read out. A caller's own id proves nothing and may come twice.
 */
export function referenceOf(res: Response): string {
  const { locals } = res as { locals: { reference?: string } };
  return (locals.reference ??= givenReference(res) ?? newReference());
}

function givenReference({ req }: Response): string | undefined {
  const given = req.get('x-request-id');
  return given !== undefined && isRequestId(given) ? given : undefined;
}

/** 50 random bits: five of each byte of a UUID that are all random. A UUID costs a fifth of `randomBytes`. */
function newReference(): string {
  const uuid = randomUUID();
  let text = '';
  for (const byte of Buffer.from(uuid.slice(0, 8) + uuid.slice(24), 'hex')) text += LETTERS.charAt(byte & 31);
  return text;
}

/** Sets `X-Request-Id`. */
export const referenceHeader: RequestHandler = (_req, res, next) => {
  res.set('X-Request-Id', referenceOf(res));
  next();
};
