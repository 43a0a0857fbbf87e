import { PunchoutError } from '../../../../domain/error-codes.js';

/** The shop cannot do what it must; `reason` names the place, never a secret and never what the shop wrote. */
export function storeFault(reason: string, cause?: unknown): PunchoutError {
  return new PunchoutError('STORE_UNAVAILABLE', `vendure: ${reason}`, cause === undefined ? undefined : { cause });
}

/** The shop has forgotten the session of a cart, and says so by answering with another token. */
export class StoreSessionLost extends PunchoutError {
  constructor() {
    super(
      'STORE_SESSION_LOST',
      'vendure: STORE_SESSION_LOST: the shop no longer knows the session of this cart; a new punchout is needed',
    );
  }
}
