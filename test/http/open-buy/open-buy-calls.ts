import type { RunningShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { askAdmin } from '../admin/admin-calls.js';

/** A key of a connection for Open Buy, as an operator makes it. */
export async function openBuyKey(shop: RunningShop, connection = 'company-cxml'): Promise<{ id: string; key: string }> {
  const body = { name: 'Coupa', scopes: ['open-buy'], connection };
  const { key_id: id, key } = (await askAdmin(shop, 'adminCreateKey', { body })).json().data;
  return { id, key };
}

/** A request as Coupa sends it. `action`: `search`, or `search/v1.0.0` as in older editions. */
export function openBuy(
  shop: Pick<RunningShop, 'browser'>,
  action: string,
  body: unknown,
  token?: string,
): Promise<Answer> {
  return shop.browser().send(`/open-buy/${action}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The token for a key. */
export async function openBuyToken(
  shop: Pick<RunningShop, 'browser'>,
  credentials: string,
  email = 'email@coupa.com',
): Promise<string> {
  const answer = await openBuy(shop, 'authentication', { credentials, email });
  if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${answer.text}`);
  return answer.json().token;
}
