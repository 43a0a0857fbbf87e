import { expect, it } from '@jest/globals';
import { shoppingByClone } from '../../support/clone-calls.js';
import { SESSION, put, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { orderMessage } from '../gateway/api/order-message.js';

const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const TRANSFER = `${SESSION}/logout?transferred=1`;
const OCI = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
};

/** Both carry the policy: a proxy may remove the header. If both are there, the meta element applies. */
function policies({ status, headers, text }: Answer): unknown[] {
  return [status, headers['referrer-policy'], /<meta name="referrer" content="([^"]*)">/.exec(text)?.[1]];
}

describeShop("pages that lead to the buyer's system send it our origin, never the address", {}, (shop) => {
  const filled = async (): ReturnType<typeof shopping> => {
    const session = await shopping(shop());
    await put(session.client, 'SKU-001', 1);
    return session;
  };
  const oci = (more: Record<string, string>): Promise<Answer> =>
    shop()
      .browser()
      .post('/v1/punchout/oci/setup', { ...OCI, ...more }, HTML);

  it.each<[string, () => Promise<Answer>]>([
    ['a transfer', async () => (await filled()).client.get(TRANSFER, SAME)],
    [
      'the same transfer again',
      async () => {
        const { client } = await filled();
        await client.get(TRANSFER, JSON_WANTED);
        return client.get(TRANSFER, SAME);
      },
    ],
    ['a return without changes', async () => (await filled()).client.get(`${TRANSFER}&unchanged=1`, SAME)],
    [
      'a repost to a middleware',
      async () => {
        const { client } = await shoppingByClone(shop());
        await put(client, 'SKU-001', 1);
        return client.get(TRANSFER, SAME);
      },
    ],
    [
      'a cart that the shop built',
      async () => {
        const { client } = await shopping(shop(), { buyerCookie: 'bc-1' });
        return client.send('/v1/punchout/transfer', {
          method: 'POST',
          body: orderMessage({ buyerCookie: 'bc-1' }),
          headers: { ...SAME, 'content-type': 'application/xml' },
        });
      },
    ],
    [
      "the return page of a key's transfer",
      async () => {
        const { transmissionId } = await shopping(shop(), { buyerCookie: 'bc-2' });
        const sent = await shop()
          .browser()
          .send(`/v1/punchout/transfer?session_id=${transmissionId}`, {
            method: 'POST',
            body: orderMessage({ buyerCookie: 'bc-2' }),
            headers: { 'content-type': 'application/xml', authorization: 'Bearer demo-api-key' },
          });
        return shop().browser().get(sent.json().data.return_page_url);
      },
    ],
    ['an answer to VALIDATE', () => oci({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' })],
    ['the hits of BACKGROUND_SEARCH', () => oci({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'widget' })],
    ['the page that redirects an OCI buyer', () => oci({})],
  ])('%s', async (_, open) => {
    expect(policies(await open())).toEqual([200, 'strict-origin', 'strict-origin']);
  });

  it('other pages send no referrer to other sites', async () => {
    const { client } = await filled();
    expect(policies(await client.get(TRANSFER, { ...NAVIGATION, 'sec-fetch-site': 'cross-site' }))).toEqual([
      200,
      'no-referrer',
      'same-origin',
    ]);
  });
});
