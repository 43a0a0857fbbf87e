import type { Connection } from '../../domain/access/connection.js';
import type { Cart } from '../../domain/cart/cart.js';
import type { Transmission } from '../../domain/transmission/transmission.js';

/** The currency where neither the call-up nor the connection names one; nothing is priced in it. */
const NO_CURRENCY = 'EUR';

/** The cart of a session that ends without changes: no lines, in the currency and language of the session. */
export function emptyCart({ transmissionId, request, lastSummary }: Transmission, { settings }: Connection): Cart {
  return {
    cartId: transmissionId,
    contentMark: '',
    currency: lastSummary?.currency ?? request.currency ?? settings.currency ?? NO_CURRENCY,
    language: request.language ?? settings.language,
    lines: [],
  };
}
