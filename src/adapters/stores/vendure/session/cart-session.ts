import type { CartRef } from '../../../../domain/cart/cart.js';
import { textAt } from '../../exchange/json-reading.js';
import type { TokenSeal } from '../../exchange/sealed-token.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { emptyOrder } from '../cart/shop-order.js';
import type { VendureCustomer } from '../vendure-options.js';

/** Channel, currency, language and session token of a cart. */
export interface CartSession extends ShopSession {
  token: string;
  currency: string;
  languageCode: string;
}

export function sealHandle(
  seal: TokenSeal,
  cartId: string,
  { currency = '', languageCode = '', channelToken }: ShopSession,
  token: string,
): NonNullable<CartRef['handle']> {
  return {
    token: seal.seal(token, cartId),
    currency,
    language: languageCode,
    ...(channelToken === undefined ? {} : { channel: channelToken }),
  };
}

/** Throws STORE_UNAVAILABLE for a cart of another store, or one sealed with another secret. */
export function openHandle(seal: TokenSeal, { id, handle = {} }: CartRef): Omit<CartSession, 'deadline'> {
  const { token, currency, language, channel } = handle;
  if (token === undefined || currency === undefined || language === undefined)
    throw storeFault('this is no cart of a Vendure store');
  return { token: seal.open(token, id), currency, languageCode: language, channelToken: channel };
}

const BEGIN = 'query { activeOrder { id } }';
const LOGIN =
  'mutation ($username: String!, $password: String!) { login(username: $username, password: $password) ' +
  '{ __typename ... on ErrorResult { errorCode } } }';

/**
 * An isolated session with a secret token: whoever has the token shops as the session's owner. Anonymous: the shop
 * opens the session with the first query for an order. An open order of a customer is emptied, because Vendure shares
 * it among all sessions of that customer.
 */
export async function openSession(
  api: ShopApi,
  session: ShopSession,
  customer: VendureCustomer | undefined,
): Promise<string> {
  if (customer === undefined) return tokenOf((await api.send(session, 'activeOrder', BEGIN)).token);
  const { data, token } = await api.send(session, 'login', LOGIN, { ...customer });
  const code = textAt(data, 'login', 'errorCode');
  if (textAt(data, 'login', '__typename') !== 'CurrentUser') throw storeFault(`login answered ${code ?? 'no user'}`);
  const opened = { ...session, token: tokenOf(token) };
  await emptyOrder(api, opened);
  return opened.token;
}

function tokenOf(token: string | undefined): string {
  if (token === undefined)
    throw storeFault('the shop began no session by token: its authOptions.tokenMethod must include "bearer"');
  return token;
}
