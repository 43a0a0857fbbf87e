import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Transmission } from '../../../../src/domain/transmission/transmission.js';
import type { ChosenCustomer } from '../../../../src/domain/access/store-customer.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { describeVendure, openVendure, type OpenVendure } from './open-vendure.js';
import { ADMIN, type VendureAdmin, vendureAdmin } from './vendure-admin.js';

describeVendure('the customer that was chosen for a cart, on a real Vendure', () => {
  let shop: OpenVendure;
  let admin: VendureAdmin;

  beforeAll(async () => {
    [shop, admin] = [await openVendure(), await vendureAdmin()];
  });
  afterAll(() => shop.close());

  const calledBy = (shopCustomer?: ChosenCustomer): Transmission => {
    const transmission = transmissionOf({ tenantId: 'acme', connectionId: 'erp' });
    return { ...transmission, request: { ...transmission.request, ...(shopCustomer && { shopCustomer }) } };
  };
  const copiesOf = async ({ transmissionId }: Transmission): Promise<number> => {
    const { customers } = await admin.ask(
      'query ($part: String!) { customers(options: { filter: { emailAddress: { contains: $part } } }) { totalItems } }',
      { part: transmissionId.toLowerCase() },
    );
    return customers.totalItems;
  };
  const reasonOf = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'no fault',
      (fault: Error) => fault.message,
    );

  it('two customers of one buyer get their own prices, side by side; the copies go with their carts', async () => {
    const store = shop.storeWith({ admin: ADMIN });
    const emails = [await admin.customerWith(10), await admin.customerWith(25)];
    const calls = [...emails, ...emails].map((email) => calledBy({ customer: { email }, by: 'address' }));
    const discounts = await Promise.all(
      calls.map(async (call) => {
        const cart = await store.openCart(call);
        await store.addLines(cart, [{ supplierPartId: 'SKU-LAMP', quantity: '1' }]);
        const { lines, contentMark } = await store.readCart(cart);
        const promotion = lines.find(({ kind }) => kind === 'promotion');
        expect(await copiesOf(call)).toBe(1);
        return { cart, contentMark, name: promotion?.name };
      }),
    );
    expect(discounts.map(({ name }) => name)).toEqual([10, 25, 10, 25].map((percent) => `Plant, minus ${percent}`));
    for (const { cart, contentMark } of discounts) expect(await store.deleteCart(cart, contentMark)).toBe('deleted');
    for (const call of calls) expect(await copiesOf(call)).toBe(0);
  });

  it('moved to another site the cart stays that of the customer', async () => {
    const store = shop.storeWith({ admin: ADMIN, sites: { shop: 'gross' } });
    const call = calledBy({ customer: { email: 'berta@acme.test' }, by: 'rule' });
    const moved = await store.changeContext(await store.openCart(call), { site: 'shop' });
    if (!moved.ok) throw new Error(moved.unknown);
    expect(await copiesOf(call)).toBe(1);
    expect(await store.deleteCart(moved.cart)).toBe('deleted');
    expect(await copiesOf(call)).toBe(0);
  });

  it('says what is wrong: an unknown e-mail, a number, no access to the Admin API', async () => {
    const store = shop.storeWith({ admin: ADMIN });
    const unknown = calledBy({ customer: { email: 'nobody@acme.test' }, by: 'address' });
    expect(await reasonOf(store.openCart(unknown))).toContain('no customer of the shop has the e-mail address');
    const numbered = calledBy({ customer: { number: '10042' }, by: 'connection' });
    expect(await reasonOf(store.openCart(numbered))).toContain('Vendure has no customer numbers');
    const plain = shop.storeWith();
    expect(await reasonOf(plain.openCart(unknown))).toContain('no access to the Admin API');
    expect((await plain.openCart(numbered)).handle?.['copy']).toBeUndefined();
  });
});
