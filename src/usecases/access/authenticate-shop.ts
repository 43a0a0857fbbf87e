import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';

interface Deps {
  shops: ConnectShops;
  /** Whether one of the keys signed this payload; takes the same work for two keys, one or none. */
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
    const holds = isSigned(signer?.keys ?? [], payload, claim?.signature ?? '');
    if (!holds || signer === undefined || (signer.shop.demo && !demoEnabled)) return refuse('INVALID_CREDENTIALS');
    return accept(signer.shop);
  };
}
