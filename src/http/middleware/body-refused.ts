import { PunchoutError } from '../../domain/error-codes.js';

/** A body that is not taken; `reason` is told to the caller. */
export class BodyRefused extends PunchoutError {
  constructor(code: 'REQUEST_TOO_LARGE' | 'SERVICE_UNAVAILABLE' | 'INVALID_REQUEST', reason?: string) {
    super(code, undefined, reason === undefined ? {} : { reason });
  }
}
