import { type Json, at, entriesAt, flagAt, listAt, textAt } from '../../exchange/json-reading.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { storeFault, StoreSessionLost } from '../api/store-fault.js';
import type { CartRef } from '../../../../domain/cart/cart.js';
import type { TokenSeal } from '../../exchange/sealed-token.js';

/** The part of Shopware's SalesChannelContext that we use. */
export interface ShopContext {
  /** ISO 4217. */
  currency: string;
  /** Id in Shopware. */
  currencyId?: string | undefined;
  languageId: string | undefined;
  /** ISO 3166-1 alpha-2, of the delivery address. */
  country: string | undefined;
  customerId: string | undefined;
  taxState: TaxState | undefined;
  /** Names of the granted permissions. */
  permissions: string[];
}

export type TaxState = 'gross' | 'net' | 'tax-free';

export async function readContext(api: StoreApi, session: StoreApiSession): Promise<ShopContext> {
  const body = await api.read(session, { method: 'GET', path: '/context' });
  const currency = textAt(body, 'currency', 'isoCode');
  if (currency === undefined) throw storeFault('GET /store-api/context named no currency');
  return {
    currency,
    currencyId: textAt(body, 'currency', 'id') ?? textAt(body, 'context', 'currencyId'),
    languageId: listAt(body, 'context', 'languageIdChain').find((id) => typeof id === 'string'),
    country: textAt(body, 'shippingLocation', 'country', 'iso'),
    customerId: textAt(body, 'customer', 'id'),
    taxState: taxStateOf(at(body, 'context', 'taxState')),
    permissions: entriesAt(body, 'permissions').flatMap(([name]) => (flagAt(body, 'permissions', name) ? [name] : [])),
  };
}

/**
 * A context without its customer was logged out or lost, though its token may still be echoed (shopware.md 2.1, R 070).
 */
export function assertCustomer(context: ShopContext, customerId: string): void {
  if (context.customerId !== customerId) throw new StoreSessionLost();
}

export function taxStateOf(value: Json | undefined): TaxState | undefined {
  return value === 'gross' || value === 'net' || value === 'tax-free' ? value : undefined;
}

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

export const LANGUAGE_WHERE_UNKNOWN = 'en';

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
