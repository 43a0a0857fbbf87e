import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { openShopware } from './open-shopware.js';

let shop: Awaited<ReturnType<typeof openShopware>>;
beforeEach(async () => {
  shop = await openShopware();
});
afterEach(() => shop.close());

const transmission = (): ReturnType<typeof transmissionOf> =>
  transmissionOf({ tenantId: 'acme', connectionId: 'acme-rocket' });
const guests = (): string[] => shop.double.customers.filter(({ guest }) => guest).map(({ id }) => id);

describe('custom store integration with Shopware: clones', () => {
  it.each([
    ['number', 'C-1001'],
    ['e-mail', 'buyer@acme.example'],
  ])('a guest copied from the customer with that %s, without a password, one per transmission', async (_, username) => {
    const { customers } = shop.storeWith();
    const template =
      shop.double.customers.find(({ customerNumber, email }) => customerNumber === username || email === username) ??
      shop.double.customers[0];
    const name = username.includes('@') ? (template?.email ?? '') : username;
    const bound = transmission();
    const made = await customers?.clone(name, bound, 'buyer');
    expect(made).toEqual({ ok: true, clone: { customerId: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    expect(guests()).toEqual([made?.ok === true ? made.clone.customerId : '']);
    expect(shop.double.customers.find(({ guest }) => guest)).toMatchObject({
      password: '',
      taxState: template?.taxState,
    });
    await customers?.remove(bound);
    expect(guests()).toEqual([]);
  });

  it('repeated requests, sequential or parallel, return the same guest', async () => {
    const { customers } = shop.storeWith();
    if (customers === undefined) throw new Error('no customers');
    const bound = transmission();
    const made = await Promise.all(Array.from({ length: 4 }, () => customers.clone('C-1001', bound, 'buyer')));
    made.push(await customers.clone('C-1001', bound, 'buyer'));
    expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(made[0]).toMatchObject({ ok: true });
    expect(guests()).toHaveLength(1);
  });

  it('has the VAT ids and tags that taxes and rules use', async () => {
    const { customers } = shop.storeWith();
    await customers?.clone('C-1001', transmission(), 'buyer');
    await customers?.clone('C-1002', transmission(), 'buyer');
    const [company, other] = shop.double.customers.filter(({ guest }) => guest);
    expect(company).toMatchObject({ vatIds: ['DE123456789'], tagIds: [expect.stringMatching(/^[0-9a-f]{32}$/)] });
    expect(other?.vatIds).toBeUndefined();
  });

  it('refuses an unknown name, a guest, two customers with one e-mail', async () => {
    const { customers } = shop.storeWith();
    expect(await customers?.clone('admin', transmission(), 'admin')).toEqual({ ok: false, fault: 'unknown_customer' });
    expect(await customers?.clone('admin@nowhere.example', transmission(), 'admin')).toEqual({
      ok: false,
      fault: 'unknown_customer',
    });
    const [first] = shop.double.customers;
    if (first === undefined) throw new Error('no customers');
    shop.double.customers.push({ ...first, id: 'f'.repeat(32) });
    await expect(customers?.clone(first.customerNumber, transmission(), 'buyer')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(guests()).toEqual([]);
  });

  it('the cart belongs to the clone, not to the configured customer; lines know their direct categories', async () => {
    const store = shop.storeWith({ customer: () => Promise.reject(new Error('not asked')) });
    const bound = transmission();
    const made = await store.customers?.clone('C-1001', bound, 'buyer');
    if (made?.ok !== true) throw new Error('not made');
    const cart = await store.openCart({ ...bound, clone: made.clone });
    expect(cart.handle?.['customer']).toBe(made.clone.customerId);
    await store.addLines(cart, [{ supplierPartId: 'SKU-PEN', quantity: '1' }]);
    const { lines } = await store.readCart(cart);
    const known = (await store.categories()).map(({ categoryId }) => categoryId);
    expect(lines[0]?.categoryIds).toHaveLength(1);
    expect(known).toEqual(expect.arrayContaining(lines[0]?.categoryIds ?? ['none']));
  });

  it('needs the credentials of an integration', () => {
    expect(shop.storeWith({ admin: undefined, session: 'login' }).customers).toBeUndefined();
  });
});
