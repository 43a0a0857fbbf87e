import { PunchoutError } from '../../../../domain/error-codes.js';

/**
 * The shop cannot do what is needed. `reason` names the operation, never a secret and never text of the shop. `cure`
 * says which settings to check.
 */
export function storeFault(
  reason: string,
  { cause, cure }: { cause?: unknown; cure?: string | undefined } = {},
): PunchoutError {
  return new PunchoutError('STORE_UNAVAILABLE', `shopware: ${reason}`, {
    // An Error prints a cause that is undefined.
    ...(cause === undefined ? {} : { cause }),
    cure,
  });
}

/**
 * The shop has lost the context of a cart (a day without a write, or a logout from outside), and the cart with it.
 * Shopware shows this only by a 200 with another token or without the customer (shopware.md 2.1).
 */
export class StoreSessionLost extends PunchoutError {
  constructor() {
    super(
      'STORE_SESSION_LOST',
      'shopware: STORE_SESSION_LOST: the shop no longer knows the session of this cart; a new punchout is needed',
    );
  }
}
