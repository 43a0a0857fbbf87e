import { type ConnectShop, shopIdOf } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse, refuseWithNote } from '../../domain/error-codes.js';
import { digestOf } from '../../domain/digest.js';
import type { GuessLimits } from '../../ports/access/guess-limits.js';
import type { ConnectShops, SigningShop } from '../../ports/orders/connect-shops.js';
import { limited, type ProvenLately } from './prove-caller.js';

interface Deps {
  shops: Pick<ConnectShops, 'findSigner'>;
  /** True if one of the keys signed this payload. Costs the same work for two keys, one or none. */
  isSigned: (keys: readonly string[], payload: Uint8Array, signature: string) => boolean;
  /** True if one of the keys signed this request, at a time close to ours. */
  isRequestSigned: (keys: readonly string[], request: ClaimedRequest, signature: string) => boolean;
  guesses: GuessLimits;
  lately: ProvenLately;
  demoEnabled: boolean;
}

/** What a signed request claims. */
export interface SignedClaim {
  shop: string;
  signature: string;
  /** Second signature, which covers more than the payload. */
  request?: string;
}

/** The request and its signed parts. */
export interface ClaimedRequest {
  method: string;
  /** Path and query, below the public host. */
  path: string;
  payload: Uint8Array;
  /** Key by which guesses are counted. Absent: they are not counted. */
  address?: string | undefined;
}

/**
 * An unknown shop, a shop without a key and a wrong signature give the same answer: INVALID_CREDENTIALS, after the same
 * work. Wrong signatures count as guesses, limited by address, unless that shop recently succeeded from there. If the
 * payload's signature is right, the caller is told what is wrong with the second signature.
 */
export function authenticateShop({
  shops,
  isSigned,
  isRequestSigned,
  guesses,
  lately,
  demoEnabled,
}: Deps): (claim: SignedClaim | undefined, request: ClaimedRequest) => Promise<Outcome<ConnectShop>> {
  /** The shop that is named, if it may be used. */
  async function named(shopId: number | undefined): Promise<SigningShop | undefined> {
    const found = shopId === undefined ? undefined : await shops.findSigner(shopId);
    return found !== undefined && found.shop.demo && !demoEnabled ? undefined : found;
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
    let shown: SigningShop | undefined;
    const signer = await limited(guesses, [guess], async () => {
      shown = await named(shopId);
      return isSigned(shown?.keys ?? [], payload, claim?.signature ?? '') ? shown : undefined;
    });
    if (!signer.ok) return signer;
    if (signer.value === undefined) return notSigned(claim, shown);
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

/** The note is for the log of the tenant whose shop was named. */
function notSigned(claim: SignedClaim | undefined, named: SigningShop | undefined): Outcome<never> {
  if (claim === undefined) return refuseWithNote('INVALID_CREDENTIALS', 'The headers of the signature are missing');
  if (named === undefined)
    return refuseWithNote('INVALID_CREDENTIALS', `There is no shop ${JSON.stringify(claim.shop.slice(0, 40))}`);
  const { tenantId, connectionId, shopId } = named.shop;
  const note = named.keys.length === 0 ? 'has no active key' : 'has no key that made this signature over this body';
  return refuseWithNote('INVALID_CREDENTIALS', `The shop ${shopId} ${note}`, { owner: { tenantId, connectionId } });
}
