import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { measuredStore } from '../../../src/http/operations/store-metrics.js';
import type { Store } from '../../../src/ports/store/store.js';

class Shelf {
  readonly name = 'shelf';
  #asked = 0;
  get asked(): number {
    return this.#asked;
  }
  async productPath({ supplierPartId }: { supplierPartId: string }): Promise<string> {
    this.#asked += 1;
    return `/detail/${supplierPartId}`;
  }
  searchPath(query: string): string {
    return `/search?q=${query}`;
  }
}

const ITEM = { supplierPartId: 'A1' };

function measured<S>(store: S): { store: S; text: () => Promise<string> } {
  const registry = new Registry();
  return {
    store: measuredStore(store as never, registry, { span: (_name, _options, act) => act() }),
    text: () => registry.metrics(),
  };
}

describe('measured store', () => {
  it.each<[string, () => Shelf]>([
    ['a class with private members', () => new Shelf()],
    ['a frozen one', () => Object.freeze(new Shelf()) as Shelf],
    [
      'one with fixed properties',
      () => Object.defineProperty(new Shelf(), 'productPath', { value: () => '/detail/A1' }),
    ],
  ])('%s: calls pass through and are measured', async (_, make) => {
    const { store, text } = measured(make());
    expect(await store.productPath(ITEM)).toBe('/detail/A1');
    expect(store.searchPath('x')).toBe('/search?q=x');
    expect([store.name, store instanceof Shelf, 'productPath' in store, 'placeOrder' in store]).toEqual([
      'shelf',
      true,
      true,
      false,
    ]);
    expect((store as unknown as Store).placeOrder).toBeUndefined();
    expect(await text()).toContain('punchout_store_seconds_count{call="productPath"} 1');
  });

  it('a failed call is counted, and its error stays the same', async () => {
    const fault = new Error('away');
    const { store, text } = measured({ productPath: () => Promise.reject(fault) });
    await expect(store.productPath()).rejects.toBe(fault);
    expect(await text()).toContain('punchout_store_errors_total{call="productPath"} 1');
  });

  it('a method that is replaced later is called in its new form', async () => {
    const { store } = measured(new Shelf());
    store.productPath = async () => '/elsewhere';
    expect(await store.productPath(ITEM)).toBe('/elsewhere');
  });
});
