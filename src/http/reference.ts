import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** Crockford's base 32: without letters that are easily misread (I, L, O) and without U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/**
 * The reference of this request: 10 random letters and digits that a buyer can read out. It stands in the header
 * X-Request-Id, in log lines, in the message log and on error pages. One that the caller sends is ignored, since it
 * could be another request's.
 */
export function referenceOf(res: Response): string {
  const { locals } = res as { locals: { reference?: string } };
  return (locals.reference ??= newReference());
}

function newReference(): string {
  let text = '';
  for (const byte of randomBytes(LENGTH)) text += LETTERS.charAt(byte & 31);
  return text;
}

/** Sets `X-Request-Id`. */
export const referenceHeader: RequestHandler = (_req, res, next) => {
  res.set('X-Request-Id', referenceOf(res));
  next();
};
