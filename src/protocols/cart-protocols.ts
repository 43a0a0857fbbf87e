import type { Protocol } from '../domain/transmission/protocol.js';
import type { CartProtocol } from './cart-protocol.js';
import { cxmlProtocol } from './cxml/cxml-protocol.js';
import { ociProtocol } from './oci/oci-protocol.js';
import { repostProtocol } from './repost/repost-protocol.js';

export const CART_PROTOCOLS: Record<Protocol, CartProtocol> = {
  cxml: cxmlProtocol,
  oci: ociProtocol,
  repost: repostProtocol,
};
