import { PunchoutError } from '../../../../domain/error-codes.js';

/** The shop cannot do what is needed; `reason` names the operation, never a secret and never text of the shop. */
export function storeFault(reason: string, cause?: unknown): PunchoutError {
  return new PunchoutError('STORE_UNAVAILABLE', `vendure: ${reason}`, cause === undefined ? undefined : { cause });
}

/** The shop has lost the session of a cart, which it shows by answering with another token. */
export class StoreSessionLost extends PunchoutError {
  constructor() {
    super(
      'STORE_SESSION_LOST',
      'vendure: STORE_SESSION_LOST: the shop no longer knows the session of this cart; a new punchout is needed',
    );
  }
}
