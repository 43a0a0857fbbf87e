import type { RequestHandler } from 'express';
import { ERROR_CODES } from '../../domain/error-codes.js';

/** Stands behind the GET routes of an address, and answers 405 to every other method. */
export const onlyGet: RequestHandler = (_req, res) => {
  res
    .status(405)
    .set('Allow', 'GET')
    .json({ error: { code: 'METHOD_NOT_ALLOWED', message: ERROR_CODES.METHOD_NOT_ALLOWED } });
};
