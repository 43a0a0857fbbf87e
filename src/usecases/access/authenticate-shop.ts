import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';

interface Deps {
  shops: Pick<ConnectShops, 'findSigner'>;
  /** Whether one of the keys signed this payload. */
  isSigned: (keys: readonly string[], payload: Uint8Array, signature: string) => boolean;
  /** Whether one of the keys signed this request, at a time near ours. */
  isRequestSigned: (keys: readonly string[], request: ClaimedRequest, signature: string) => boolean;
  demoEnabled: boolean;
}

/** What a signed request says of itself. */
export interface SignedClaim {
  shop: string;
  signature: string;
  /** The second signature, over more than the payload. */
  request?: string;
}

/** What was asked for, and what was signed. */
export interface ClaimedRequest {
  method: string;
  /** Path and query, below the public host. */
  path: string;
  payload: Uint8Array;
}

/**
 * An unknown shop, one without a key and a wrong signature are one and the same: INVALID_CREDENTIALS, after the same
 * work. Who has signed the payload is told what is wrong with the second signature.
 */
export function authenticateShop({ shops, isSigned, isRequestSigned, demoEnabled }: Deps): (claim: SignedClaim | undefined, request: ClaimedRequest) => Promise<Outcome<ConnectShop>> {
  return async (claim, request) => {
    const shopId = claim === undefined ? undefined : shopIdOf(claim.shop);
    const signer = shopId === undefined ? undefined : await shops.findSigner(shopId);
    const keys = signer === undefined || signer.keys.length === 0 ? [NO_KEY] : signer.keys;
    const holds = isSigned(keys, request.payload, claim?.signature ?? '');
    if (!holds || signer === undefined || signer.keys.length === 0 || (signer.shop.demo && !demoEnabled)) return refuse('INVALID_CREDENTIALS');
    const second = claim?.request;
    if (second === undefined && signer.signing.requestSignature === 'required')
      return refuse('INVALID_CREDENTIALS', 'This shop\'s calls need the header X-Punchout-Signature.');
    if (second !== undefined && !isRequestSigned(keys, request, second))
      return refuse(
        'INVALID_CREDENTIALS',
        'X-Punchout-Signature is not right: make it with a key of the shop, at a time within 5 minutes of our clock, ' +
          `over ${request.method} ${request.path} and the body.`,
      );
    return accept(signer.shop);
  };
}

const NO_KEY = 'stands in where there is no key';
