import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { digestOf } from '../../domain/digest.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';
import { limited } from './prove-caller.js';
import type { ProvenLately } from './proven-lately.js';

interface Deps {
  shops: ConnectShops;
  /** Whether one of the keys signed this payload; takes the same work for two keys, one or none. */
  isSigned: (keys: readonly string[], payload: Uint8Array, signature: string) => boolean;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

/** What a signed request says of itself. */
export interface SignedClaim {
  shop: string;
  signature: string;
}

/**
 * An unknown shop, one without a key and a wrong signature are one and the same: INVALID_CREDENTIALS, after the same work.
 * Wrong signatures are guesses, limited by `address`, if there is one, unless that shop has proven itself from there lately.
 */
export function authenticateShop({ shops, isSigned, guesses, lately, demoEnabled }: Deps): (claim: SignedClaim | undefined, payload: Uint8Array, address?: string) => Promise<Outcome<ConnectShop>> {
  async function signerOf(shopId: number | undefined, payload: Uint8Array, signature: string): Promise<ConnectShop | undefined> {
    const signer = shopId === undefined ? undefined : await shops.findSigner(shopId);
    const holds = isSigned(signer?.keys ?? [], payload, signature);
    return !holds || signer === undefined || (signer.shop.demo && !demoEnabled) ? undefined : signer.shop;
  }

  return async (claim, payload, address = '') => {
    const shopId = claim === undefined ? undefined : shopIdOf(claim.shop);
    const isGuess = shopId !== undefined && address !== '' && !lately.has('shop', String(shopId), address);
    const guess = { name: `shop ${shopId}`, secret: isGuess ? `${claim?.signature} ${digestOf(payload)}` : '', address: isGuess ? address : undefined };
    const shop = await limited(guesses, [guess], () => signerOf(shopId, payload, claim?.signature ?? ''));
    if (!shop.ok) return shop;
    if (shop.value === undefined) return refuse('INVALID_CREDENTIALS');
    if (isGuess) lately.add('shop', String(shopId), address);
    return accept(shop.value);
  };
}
