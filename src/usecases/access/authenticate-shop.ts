import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';

interface Deps {
  shops: ConnectShops;
  /** Whether one of the keys signed this payload. */
  isSigned: (keys: readonly string[], payload: Uint8Array, signature: string) => boolean;
  demoEnabled: boolean;
}

/** What a signed request says of itself. */
export interface SignedClaim {
  shop: string;
  signature: string;
}

/** An unknown shop, one without a key and a wrong signature are one and the same: INVALID_CREDENTIALS, after the same work. */
export function authenticateShop({ shops, isSigned, demoEnabled }: Deps): (claim: SignedClaim | undefined, payload: Uint8Array) => Promise<Outcome<ConnectShop>> {
  return async (claim, payload) => {
    const shopId = claim === undefined ? undefined : shopIdOf(claim.shop);
    const signer = shopId === undefined ? undefined : await shops.findSigner(shopId);
    const keys = signer === undefined || signer.keys.length === 0 ? [NO_KEY] : signer.keys;
    const holds = isSigned(keys, payload, claim?.signature ?? '');
    if (!holds || signer === undefined || signer.keys.length === 0 || (signer.shop.demo && !demoEnabled)) return refuse('INVALID_CREDENTIALS');
    return accept(signer.shop);
  };
}

const NO_KEY = 'stands in where there is no key';
