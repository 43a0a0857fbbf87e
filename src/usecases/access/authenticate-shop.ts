import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { digestOf } from '../../domain/digest.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import type { ConnectShops, SigningShop } from '../../ports/orders/connect-shops.js';
import { limited, type ProvenLately } from './prove-caller.js';

interface Deps {
  shops: Pick<ConnectShops, 'findSigner'>;
  /** Whether one of the keys signed this payload; takes the same work for two keys, one or none. */
  isSigned: (keys: readonly string[], payload: Uint8Array, signature: string) => boolean;
  /** Whether one of the keys signed this request, at a time near ours. */
  isRequestSigned: (keys: readonly string[], request: ClaimedRequest, signature: string) => boolean;
  guesses: GuessLimits;
  lately: ProvenLately;
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
  /** Whose guesses are counted together; absent: they are not counted. */
  address?: string | undefined;
}

/**
 * An unknown shop, one without a key and a wrong signature are one and the same: INVALID_CREDENTIALS, after the same
 * work. Wrong signatures are guesses, limited by address, unless that shop has proven itself from there lately. Who has
 * signed the payload is told what is wrong with the second signature.
 */
export function authenticateShop({
  shops,
  isSigned,
  isRequestSigned,
  guesses,
  lately,
  demoEnabled,
}: Deps): (claim: SignedClaim | undefined, request: ClaimedRequest) => Promise<Outcome<ConnectShop>> {
  async function signerOf(
    shopId: number | undefined,
    payload: Uint8Array,
    signature: string,
  ): Promise<SigningShop | undefined> {
    const signer = shopId === undefined ? undefined : await shops.findSigner(shopId);
    const holds = isSigned(signer?.keys ?? [], payload, signature);
    return !holds || signer === undefined || (signer.shop.demo && !demoEnabled) ? undefined : signer;
  }

  return async (claim, request) => {
    const { address = '', payload } = request;
    const shopId = claim === undefined ? undefined : shopIdOf(claim.shop);
    const isGuess = shopId !== undefined && address !== '' && !lately.has('shop', String(shopId), address);
    const guess = {
      name: `shop ${shopId}`,
      secret: isGuess ? `${claim?.signature} ${digestOf(payload)}` : '',
      address: isGuess ? address : undefined,
    };
    const signer = await limited(guesses, [guess], () => signerOf(shopId, payload, claim?.signature ?? ''));
    if (!signer.ok) return signer;
    if (signer.value === undefined) return refuse('INVALID_CREDENTIALS');
    if (isGuess) lately.add('shop', String(shopId), address);
    const { shop, keys, signing } = signer.value;
    const second = claim?.request;
    if (second === undefined && signing.requestSignature === 'required')
      return refuse('INVALID_CREDENTIALS', "This shop's calls need the header X-Punchout-Signature.");
    if (second !== undefined && !isRequestSigned(keys, request, second))
      return refuse(
        'INVALID_CREDENTIALS',
        'X-Punchout-Signature is not right: make it with a key of the shop, at a time within 5 minutes of our clock, ' +
          `over ${request.method} ${request.path} and the body.`,
      );
    return accept(shop);
  };
}
