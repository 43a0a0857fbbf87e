import type { CartRef } from '../../../../domain/cart/cart.js';
import type { TokenSeal } from '../../exchange/sealed-token.js';
import { storeFault } from '../api/store-fault.js';

/** The handle of a CartRef of this store. */
export interface CartHandle {
  contextToken: string;
  customerId: string;
  languageId: string | undefined;
  /** BCP 47. */
  language: string;
  guestId: string | undefined;
  /** The context belongs to the customer, and stays when the cart is deleted. */
  isOwn: boolean;
  /** When the context was opened, Unix milliseconds; absent in carts of an earlier release. */
  openedAt: number | undefined;
}

const LANGUAGE_WHERE_UNKNOWN = 'en';

export function sealHandle(
  seal: TokenSeal,
  cartId: string,
  {
    contextToken,
    customerId,
    languageId,
    language,
    guestId,
    isOwn,
    openedAt,
  }: Omit<CartHandle, 'language'> & { language: string | undefined },
): NonNullable<CartRef['handle']> {
  const texts = {
    token: seal.seal(contextToken, cartId),
    customer: customerId,
    languageId,
    language,
    guest: guestId,
    own: isOwn ? '1' : undefined,
    opened: openedAt === undefined ? undefined : String(openedAt),
  };
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Throws STORE_UNAVAILABLE for a cart of another store, or one sealed with another secret. */
export function openHandle(seal: TokenSeal, { id, handle = {} }: CartRef): CartHandle {
  const { token, customer, languageId, language, guest, own, opened } = handle;
  if (token === undefined || customer === undefined) throw storeFault('this is no cart of a Shopware store');
  const contextToken = seal.open(token, id);
  return {
    contextToken,
    customerId: customer,
    languageId,
    language: language ?? LANGUAGE_WHERE_UNKNOWN,
    guestId: guest,
    isOwn: own === '1',
    openedAt: opened === undefined ? undefined : Number(opened),
  };
}
