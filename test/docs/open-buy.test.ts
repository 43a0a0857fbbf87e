import { expect, it } from '@jest/globals';
import { describeShop } from '../support/running-shop.js';
import { openBuy, openBuyKey } from '../http/open-buy/open-buy-calls.js';
import { codeBlock } from './markdown.js';

const json = (name: string) => JSON.parse(codeBlock('docs/open-buy.md', name));

describeShop('docs/open-buy.md: the requests, with a real key, get the answers', {}, (shop) => {
  it('authentication, search, detail, checkout', async () => {
    const { key } = await openBuyKey(shop());
    const request = json('open-buy-authentication');
    expect(key).toMatch(new RegExp(`^${request.credentials.replace('...', '')}`));
    const given = await openBuy(shop(), 'authentication', { ...request, credentials: key });
    const { token } = given.json();
    expect({ ...given.json(), token: '...' }).toEqual(json('open-buy-token'));
    const found = await openBuy(shop(), 'search', json('open-buy-search'), token);
    expect(found.json()).toEqual(json('open-buy-hits'));
    const [item] = json('open-buy-hits').results;
    const shown = await openBuy(shop(), 'detail', json('open-buy-detail'), token);
    expect(shown.json()).toEqual({ ...item, summary: expect.any(String) });
    const priced = await openBuy(shop(), 'checkout', json('open-buy-checkout'), token);
    expect(priced.json()).toEqual(json('open-buy-priced'));
  });
});
