import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CartRef } from '../../../../src/domain/cart/cart.js';
import { cartTotal } from '../../../../src/domain/cart/cart-total.js';
import { newTransmissionId, type Transmission } from '../../../../src/domain/transmission/transmission.js';
import { openDemoStore } from './open-demo-store.js';

let demo: Awaited<ReturnType<typeof openDemoStore>>;
let cart: CartRef;

beforeAll(async () => {
  demo = await openDemoStore();
});
afterAll(() => demo.close());
beforeEach(async () => {
  cart = await demo.store.openCart(transmissionOf({}));
});

function transmissionOf(request: Partial<Transmission['request']>): Transmission {
  const now = new Date();
  return {
    tenantId: 'demo',
    transmissionId: newTransmissionId('demo'),
    connectionId: 'demo-cxml',
    protocol: 'cxml',
    operation: 'create',
    status: 'active',
    request: { deploymentMode: 'production', buyer: {}, extrinsics: [], items: [], ...request },
    buyerCookie: 'c',
    returnUrl: 'https://erp.company.com/',
    epoch: 1,
    cartRevision: 0,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
}

async function add(supplierPartId: string, quantity: string, auxiliaryId?: string): Promise<unknown> {
  return (
    await demo.store.addLines(cart, [
      { supplierPartId, quantity, ...(auxiliaryId === undefined ? {} : { auxiliaryId }) },
    ])
  )[0];
}

describe('DemoStore', () => {
  it('many carts that are read in one turn: each keeps its own lines in their order, or none', async () => {
    const skus = ['SKU-002', 'SKU-001'];
    const carts = await Promise.all([0, 1, 2].map(() => demo.store.openCart(transmissionOf({}))));
    for (const [number, one] of carts.entries())
      for (const sku of skus.slice(0, number))
        await demo.store.addLines(one, [{ supplierPartId: sku, quantity: `${number + 3}` }]);
    const read = await Promise.all(carts.map((one) => demo.store.readCart(one)));
    expect(read.map(({ lines }) => lines.map(({ sku, quantity }) => [sku, quantity]))).toEqual([
      [],
      [['SKU-002', '4']],
      [
        ['SKU-002', '5'],
        ['SKU-001', '5'],
      ],
    ]);
    expect(read.map(({ contentMark }) => contentMark)).toEqual(['0', '1', '2']);
  });

  it('PunchOut Session API: 2 x SKU-001 and 1 x SKU-002 are 1299.99 EUR', async () => {
    const results = await demo.store.addLines(cart, [
      { supplierPartId: 'SKU-001', quantity: '2' },
      { supplierPartId: 'SKU-002', quantity: '1' },
    ]);
    expect(results.map(({ got, fault }) => [got, fault])).toEqual([
      ['2', undefined],
      ['1', undefined],
    ]);
    const read = await demo.store.readCart(cart);
    expect(cartTotal(read.lines, read.currency)).toBe('1299.99');
    expect(read.lines.map(({ sku, quantity, unitPrice, unit }) => [sku, quantity, unitPrice, unit])).toEqual([
      ['SKU-001', '2', '499.99', 'EA'],
      ['SKU-002', '1', '300.01', 'EA'],
    ]);
    expect(read.tax).toEqual({ amount: '247.00', description: 'Umsatzsteuer' });
  });

  it('opening a cart writes nothing; an unopened cart reads as empty', async () => {
    expect(await demo.knex('demo_cart').where({ cart_id: cart.id })).toHaveLength(0);
    expect(await demo.store.readCart(cart)).toMatchObject({
      lines: [],
      contentMark: '0',
      currency: 'EUR',
      language: 'de',
    });
  });

  it('follows currency and language of the call-up', async () => {
    cart = await demo.store.openCart(transmissionOf({ currency: 'CHF', language: 'en-GB' }));
    await add('NB-1088', '1');
    const { currency, language, lines } = await demo.store.readCart(cart);
    expect([currency, language, lines[0]?.unitPrice, lines[0]?.name]).toEqual([
      'CHF',
      'en',
      '375.00',
      'Office chair "Fjord", black',
    ]);
  });

  it('adds up the same article in one line with a constant id and cookie, priced by tier', async () => {
    await add('NB-1024', '30');
    const before = (await demo.store.readCart(cart)).lines[0];
    await demo.store.addLines(cart, [
      { supplierPartId: 'NB-1024', quantity: '10' },
      { supplierPartId: 'NB-1024', quantity: '10' },
    ]);
    const after = (await demo.store.readCart(cart)).lines;
    expect(after).toHaveLength(1);
    expect([before?.unitPrice, after[0]?.quantity, after[0]?.unitPrice]).toEqual(['0.89', '50', '0.72']);
    expect([after[0]?.lineId, after[0]?.auxiliaryId]).toEqual([before?.lineId, before?.auxiliaryId]);
  });

  it('architecture.md decision 6: restores by SupplierPartAuxiliaryID, else by SupplierPartID', async () => {
    await add('SKU-001', '1');
    const auxiliaryId = (await demo.store.readCart(cart)).lines[0]?.auxiliaryId;
    const other = await demo.store.openCart(transmissionOf({}));
    const results = await demo.store.addLines(other, [
      { supplierPartId: 'renamed', quantity: '2', auxiliaryId: auxiliaryId ?? '' },
      { supplierPartId: 'SKU-002', quantity: '1', auxiliaryId: 'unknown' },
    ]);
    expect(results.map(({ supplierPartId }) => supplierPartId)).toEqual(['SKU-001', 'SKU-002']);
    expect((await demo.store.readCart(other)).lines[0]?.auxiliaryId).toBe(auxiliaryId);
  });

  it('faults change nothing: unknown, sold out, invalid quantity', async () => {
    expect(await add('NOPE', '1')).toMatchObject({ got: '0', fault: 'unknown_product' });
    expect(await add('NW-3080', '1')).toMatchObject({ got: '0', fault: 'sold_out' });
    for (const quantity of ['0', '-1', '1e9', 'abc', '1.5', '1000000000'])
      expect(await add('SKU-001', quantity)).toMatchObject({ got: '0', fault: 'quantity_invalid' });
    expect((await demo.store.readCart(cart)).contentMark).toBe('0');
  });

  it('a sum beyond the limit leaves the line unchanged', async () => {
    await add('SKU-001', '999999999');
    expect(await add('SKU-001', '1')).toMatchObject({ got: '0', fault: 'quantity_invalid' });
    expect((await demo.store.readCart(cart)).lines[0]?.quantity).toBe('999999999');
  });

  it('a purchase step rounds up and reports it', async () => {
    expect(await add('NW-3011', '70')).toEqual({
      supplierPartId: 'NW-3011',
      requested: '70',
      got: '100',
      fault: 'quantity_changed',
    });
    expect(await add('NE-4012', '2.50')).toEqual({ supplierPartId: 'NE-4012', requested: '2.50', got: '2.5' });
  });

  it('changes and removes lines, with a new content mark each time', async () => {
    await add('SKU-001', '1');
    const line = (await demo.store.readCart(cart)).lines[0]?.lineId ?? '';
    expect(await demo.store.changeLine(cart, line, '7')).toMatchObject({ got: '7' });
    expect(await demo.store.changeLine(cart, line, '0')).toMatchObject({ fault: 'quantity_invalid' });
    expect(await demo.store.changeLine(cart, 'line-SKU-002', '1')).toMatchObject({ fault: 'unknown_line' });
    expect(await demo.store.readCart(cart)).toMatchObject({ contentMark: '2', lines: [{ quantity: '7' }] });
    await demo.store.removeLine(cart, line);
    await demo.store.removeLine(cart, line);
    expect(await demo.store.readCart(cart)).toMatchObject({ contentMark: '3', lines: [] });
  });

  it('architecture.md section 5: deletes only an unchanged cart; a missing cart counts as deleted', async () => {
    await add('SKU-001', '1');
    const { contentMark } = await demo.store.readCart(cart);
    await add('SKU-002', '1');
    expect(await demo.store.deleteCart(cart, contentMark)).toBe('changed');
    expect((await demo.store.readCart(cart)).lines).toHaveLength(2);
    expect(await demo.store.deleteCart(cart, '2')).toBe('deleted');
    expect(await demo.store.deleteCart(cart, '2')).toBe('deleted');
    expect(await demo.knex('demo_cart_line').where({ cart_id: cart.id })).toHaveLength(0);
  });

  it('carts of other transmissions and tenants are separate', async () => {
    await add('SKU-001', '1');
    const sameIdOtherTenant = demo.store.cartRef('other', cart.id, {});
    expect((await demo.store.readCart(sameIdOtherTenant)).lines).toEqual([]);
    await demo.store.deleteCart(sameIdOtherTenant);
    expect((await demo.store.readCart(cart)).lines).toHaveLength(1);
  });

  it('architecture.md section 5: accepts 5,000 lines in one call', async () => {
    const results = await demo.store.addLines(
      cart,
      Array.from({ length: 5000 }, () => ({ supplierPartId: 'SKU-001', quantity: '1' })),
    );
    expect(results.every(({ got }) => got === '1')).toBe(true);
    expect((await demo.store.readCart(cart)).lines[0]?.quantity).toBe('5000');
  });

  it('knows the page of a product', async () => {
    expect(await demo.store.productPath({ supplierPartId: 'SKU-001' })).toBe('/detail/SKU-001');
    expect(await demo.store.productPath({ supplierPartId: 'NOPE' })).toBeUndefined();
  });

  it('a database that does not answer is STORE_UNAVAILABLE', async () => {
    const broken = await openDemoStore();
    await broken.close();
    await expect(broken.store.readCart(cart)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
