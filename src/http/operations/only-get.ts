import type { RequestHandler } from 'express';
import { ERROR_CODES } from '../../domain/error-codes.js';

/** Refuses every other method of an address that is only read. */
export const onlyGet: RequestHandler = (_req, res) => {
  res.status(405).set('Allow', 'GET').json({ error: { code: 'METHOD_NOT_ALLOWED', message: ERROR_CODES.METHOD_NOT_ALLOWED } });
};
