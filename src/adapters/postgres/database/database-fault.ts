import { DatabaseError } from 'pg';
import { PunchoutError } from '../../../domain/error-codes.js';

/**
 * SQLSTATEs that say "not now" and nothing about our statement: connection (08), resources such as a full disk (53),
 * operator intervention and statement_timeout (57), system errors (58), lock_timeout, deadlock, idle transaction ended.
 */
const NOT_NOW = /^(08|53|57|58)|^(55P03|40P01|25P03)$/;

/** What a failed query is told as: SERVICE_UNAVAILABLE (retry later) or the error itself (our fault). */
export function databaseFault(error: unknown): unknown {
  if (error instanceof TypeError || error instanceof PunchoutError) return error;
  if (error instanceof DatabaseError && !NOT_NOW.test(error.code ?? '')) return error;
  return new PunchoutError('SERVICE_UNAVAILABLE', 'The database does not answer.', { cause: error });
}
