import { textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { emptyOrder } from '../cart/empty-order.js';
import type { VendureCustomer } from '../vendure-options.js';

const BEGIN = 'query { activeOrder { id } }';
const LOGIN =
  'mutation ($username: String!, $password: String!) { login(username: $username, password: $password) { __typename ... on ErrorResult { errorCode } } }';

/**
 * A session of its own, whose token is secret: whoever has it shops as its owner. Anonymous: the shop begins one with the first question about an order. A
 * customer's order that was left open is emptied, because Vendure gives it to each of his sessions.
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
