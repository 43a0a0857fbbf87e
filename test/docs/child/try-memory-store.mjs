// Run by examples.test.ts under tsx, which resolves the package's own name: the example's store, method by method.
import assert from 'node:assert/strict';
import { MemoryStore } from '../../../examples/express-shop/memory-store.ts';

const store = new MemoryStore();
const cart = await store.openCart({ transmissionId: 'one' });
const other = await store.openCart({ transmissionId: 'two' });

const added = await store.addLines(cart, [
  { supplierPartId: 'BOLT-M8', quantity: '2.0' },
  { supplierPartId: 'GLOVE-9', quantity: '0' },
  { supplierPartId: 'NONE', quantity: '1' },
]);
assert.deepEqual(
  added.map(({ got, fault }) => [got, fault]),
  [
    ['2', undefined],
    ['0', 'quantity_invalid'],
    ['0', 'unknown_product'],
  ],
);

const before = await store.readCart(cart);
assert.deepEqual(
  before.lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice]),
  [['BOLT-M8', '2', '12.40']],
);
assert.deepEqual(await store.openCart({ transmissionId: 'one' }), cart, 'the same cart again');
assert.equal((await store.readCart(other)).lines.length, 0, 'carts do not mix');

assert.equal((await store.changeLine(cart, 'BOLT-M8', '5')).got, '5');
assert.equal((await store.changeLine(cart, 'GLOVE-9', '5')).fault, 'unknown_line');
assert.equal((await store.changeLine(cart, 'BOLT-M8', '1e9')).fault, 'quantity_invalid');
assert.equal(await store.deleteCart(cart, before.contentMark), 'changed', 'a changed cart is not deleted');
await store.removeLine(cart, 'NONE');
await store.removeLine(cart, 'BOLT-M8');
const emptied = await store.readCart(cart);
assert.deepEqual(emptied.lines, []);
assert.equal(await store.deleteCart(cart, emptied.contentMark), 'deleted');
assert.equal(await store.deleteCart(cart, emptied.contentMark), 'deleted', 'gone counts as deleted');
await assert.rejects(store.readCart(cart), { code: 'STORE_UNAVAILABLE' });
assert.equal(await store.productPath({ supplierPartId: 'BOLT-M8' }), '/#BOLT-M8');
assert.equal(await store.productPath({ supplierPartId: 'NONE' }), undefined);
assert.deepEqual(await store.search('bolt', 10), [{ supplierPartId: 'BOLT-M8' }]);
assert.deepEqual((await store.search('', 1)).length, 1);
console.log('the store keeps its promises');
