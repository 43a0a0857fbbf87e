import { Counter, Histogram, type Registry } from 'prom-client';
import type { Tracing } from '../../ports/tracing.js';
import type { Store } from '../../ports/store/store.js';

/** Name of the histogram of calls to the shop. */
export const STORE_SECONDS = 'punchout_store_seconds';

/** Methods that may ask the shop over the network. */
const CALLS = new Set([
  'openCart',
  'examine',
  'addLines',
  'changeLine',
  'removeLine',
  'readCart',
  'redeemCode',
  'keepCart',
  'deleteCart',
  'productPath',
  'search',
  'cataloguePage',
  'catalogueProducts',
  'categories',
  'changeContext',
  'shownContext',
  'placeOrder',
]);

/** The same store, with the duration and the errors of its calls measured, each call a span. */
export function measuredStore<S extends Store>(store: S, registry: Registry, tracing: Pick<Tracing, 'span'>): S {
  const registers = [registry];
  const seconds = new Histogram({
    name: STORE_SECONDS,
    help: 'Duration of calls to the shop, by call.',
    labelNames: ['call'] as const,
    buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const errors = new Counter({
    name: 'punchout_store_errors_total',
    help: 'Calls to the shop that failed, by call.',
    labelNames: ['call'] as const,
    registers,
  });

  const named = { 'punchout.store.name': store.name };

  async function measured(call: string, act: () => unknown): Promise<unknown> {
    const started = performance.now();
    try {
      return await tracing.span(`store.${call}`, { kind: 'client', attributes: () => named }, act);
    } catch (error) {
      errors.inc({ call });
      throw error;
    } finally {
      seconds.observe({ call }, (performance.now() - started) / 1_000);
    }
  }

  // Stands in for the store, which may be frozen: a proxy must hand out the properties of a frozen target as they are.
  const target = Object.create(Object.getPrototypeOf(store) as object | null) as S;
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(store, name);
      if (typeof value !== 'function') return value;
      if (typeof name === 'string' && CALLS.has(name))
        return (...given: unknown[]) => measured(name, () => value.apply(store, given) as unknown);
      // A class may use private members, which a proxy does not have.
      return value.bind(store) as unknown;
    },
    has: (_, name) => Reflect.has(store, name),
    set: (_, name, value) => Reflect.set(store, name, value),
  });
}
