import type { Store } from '../ports/store/store.js';
import { type Check, faultText, fits, startFault, text } from './option-check.js';

const WHAT = 'your Store (src/ports/README.md), or a function that makes it';
const aMethod = fits('a function, as in Store (src/ports/README.md)', (value) => typeof value === 'function');
const aText = text('a text, as in Store (src/ports/README.md)', (value) => value !== '');
const anObject = fits('an object, as in Store (src/ports/README.md)', (value) => Object(value) === value);
const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? [] : check(value, path);

const MEMBERS: Readonly<Record<keyof Store, Check>> = {
  name: aText,
  openCart: aMethod,
  examine: optional(aMethod),
  addLines: aMethod,
  changeLine: aMethod,
  removeLine: aMethod,
  readCart: aMethod,
  shownCart: optional(aMethod),
  redeemCode: optional(aMethod),
  keepCart: optional(aMethod),
  deleteCart: aMethod,
  productPath: aMethod,
  homePath: aText,
  cartPath: aText,
  searchPath: optional(aMethod),
  search: optional(aMethod),
  cataloguePage: optional(aMethod),
  catalogueProducts: optional(aMethod),
  categories: optional(aMethod),
  changeContext: optional(aMethod),
  shownContext: optional(aMethod),
  customers: optional(anObject),
  importProducts: optional(aMethod),
  placeOrder: optional(aMethod),
  proxyPolicy: optional(aMethod),
  close: optional(aMethod),
};

/** Faults of a store, which may be of any class and have further members. */
export const storeFaults: Check = (value, path) => {
  if (value instanceof Promise) return [{ option: path, cure: `${WHAT}; await it before`, seen: 'a promise' }];
  if (typeof value !== 'object' || value === null) return fits(WHAT, () => false)(value, path);
  return Object.entries(MEMBERS).flatMap(([name, check]) =>
    check((value as Record<string, unknown>)[name], `${path}.${name}`),
  );
};

/** The store that a function has made. Throws if it is none, or half of one. */
export function wholeStore(made: Store): Store {
  const faults = storeFaults(made, 'store');
  if (faults.length > 0) throw new Error(startFault('connector', faults.map(faultText)));
  return made;
}
