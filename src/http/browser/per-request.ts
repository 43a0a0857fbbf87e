import type { Response } from 'express';

/**
 * Keeps one value for each request, on its `res.locals` and under a key of its own, since an app may mount several
 * connectors. A WeakMap would do the same, but each of its entries is work for the garbage collector: two of them cost
 * a tenth of a small request.
 */
export function perRequest<Value>(name: string): {
  get(res: Response): Value | undefined;
  set(res: Response, value: Value): void;
} {
  const key = Symbol(name);
  const localsOf = (res: Response) => res.locals as unknown as Record<symbol, Value | undefined>;
  return {
    get: (res) => localsOf(res)[key],
    set: (res, value) => {
      localsOf(res)[key] = value;
    },
  };
}
