import { expect, it } from '@jest/globals';
import { SESSION, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';

const ADD = '/checkout/line-item/add';
const ONE = {
  method: 'POST',
  body: '{"sku":"SKU-001","quantity":1}',
  headers: { 'content-type': 'application/json', ...JSON_WANTED },
};

describeShop('an article that is added after the transfer (T58)', {}, (shop) => {
  it("is refused while the request shows the ended session, then is an ordinary visitor's", async () => {
    const { client } = await shopping(shop());
    expect((await client.send(ADD, ONE)).status).toBe(200);
    const before = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await client.get(`${SESSION}/logout?transferred=1`)).status).toBe(200);

    const late = await shop()
      .browser()
      .send(ADD, { ...ONE, headers: { ...ONE.headers, cookie: before } });
    expect([late.status, late.json().error.code]).toEqual([409, 'NO_SESSION']);
    const later = await client.send(ADD, ONE);
    expect([later.status, later.json().items_count]).toEqual([200, 1]);
  });
});
