import { DatabaseError } from 'pg';
import { PunchoutError } from '../../../domain/error-codes.js';

/**
 * SQLSTATEs that mean "not now" and are not the fault of our statement, with the text for our log. The first matching
 * pattern counts.
 */
const NOT_NOW: readonly [RegExp, string][] = [
  [/^25006$/, 'The database takes no writes: it is read-only, or a standby after a failover.'],
  [/^53100$/, "The database's disk is full."],
  [/^53300$/, 'The database takes no more connections.'],
  [/^53/, 'The database lacks memory or another resource.'],
  [/^57P03$/, 'The database is starting or recovering.'],
  [/^57P0/, 'The database was stopped.'],
  [/^(57014|55P03|25P0[34])$/, 'The statement took too long, or waited too long for a lock.'],
  [/^40/, 'The statement lost against another one.'],
  [/^(28|3D)/, 'The database refuses our login.'],
  [/^(08|57|58)/, 'The database does not answer.'],
];

/** Turns a failed query into SERVICE_UNAVAILABLE (retry later) or keeps the error (our fault). */
export function databaseFault(error: unknown): unknown {
  if (error instanceof TypeError || error instanceof PunchoutError) return error;
  const message =
    error instanceof DatabaseError
      ? NOT_NOW.find(([code]) => code.test(error.code ?? ''))?.[1]
      : 'The database does not answer.';
  return message === undefined ? error : new PunchoutError('SERVICE_UNAVAILABLE', message, { cause: error });
}

/** The server is read-only. The statement has had no effect. */
export function isReadOnlyFault(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006';
}

/** The connection is unusable: it broke, or the server announced that it ends it. */
export function isConnectionFault(error: unknown): boolean {
  return error instanceof DatabaseError ? /^(08|57P0)/.test(error.code ?? '') : !(error instanceof TypeError);
}
