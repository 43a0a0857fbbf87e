import { PunchoutError } from '../../../../domain/error-codes.js';

/**
 * The shop cannot do what is needed. `reason` names the place, never a secret and never what the shop wrote. `cure`
 * says what to check in the settings.
 */
export function storeFault(
  reason: string,
  { cause, cure }: { cause?: unknown; cure?: string | undefined } = {},
): PunchoutError {
  return new PunchoutError('STORE_UNAVAILABLE', `shopware: ${reason}`, {
    ...(cause === undefined ? {} : { cause }),
    ...(cure === undefined ? {} : { cure }),
  });
}

/**
 * The shop has forgotten the context of a cart (a day without a write to it, or a logout from outside), and the cart
 * with it. Shopware says so only by answering 200 with another token, or with the customer gone (shopware.md 2.1).
 */
export class StoreSessionLost extends PunchoutError {
  constructor() {
    super(
      'STORE_SESSION_LOST',
      'shopware: STORE_SESSION_LOST: the shop no longer knows the session of this cart; a new punchout is needed',
    );
  }
}
