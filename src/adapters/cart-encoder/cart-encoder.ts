import { randomBytes } from 'node:crypto';
import { refuse } from '../../domain/error-codes.js';
import { newPayloadId } from '../../protocols/cxml/write/new-payload-id.js';
import type { CartEncoder } from '../../ports/cart-encoder.js';
import { encodeCxmlCart } from './encode-cxml-cart.js';
import { encodeOciCart } from './encode-oci-cart.js';

/** Picks the codec by the transmission's protocol. `publicUrl` names the host in payloadIDs. */
export function cartEncoder(publicUrl: string): CartEncoder {
  const host = new URL(publicUrl).hostname;
  return {
    encode(event) {
      const now = new Date();
      const payloadId = newPayloadId(host, now, randomBytes(9).toString('base64url'));
      switch (event.transmission.protocol) {
        case 'cxml':
          return encodeCxmlCart(event, payloadId, now);
        case 'oci':
          return encodeOciCart(event, payloadId);
        case 'repost':
          return refuse('OPERATION_NOT_SUPPORTED');
      }
    },
  };
}
