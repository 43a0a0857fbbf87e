import type { CartEncoder } from '../../ports/transmission/cart-encoder.js';
import { preflightRefusal, prepareCart } from './prepare-cart.js';
import { writePayload } from './write-payload.js';

/** Maps, checks and writes a cart for its buyer. `publicUrl` names the host in payloadIDs. Refuses what the buyer's platform would refuse or lose. */
export function cartEncoder(publicUrl: string): CartEncoder {
  const host = new URL(publicUrl).hostname;
  return {
    encode(event) {
      const prepared = prepareCart(event);
      if (!prepared.ok) return prepared;
      return preflightRefusal(prepared.value.findings) ?? writePayload(event, prepared.value, host);
    },
  };
}
