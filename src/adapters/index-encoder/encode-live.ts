import type { EncodeLive } from '../../ports/index-encoder.js';
import { fitEntry } from '../../protocols/index/fit-entry.js';
import { OPEN_BUY_LIMITS } from '../../protocols/index/open-buy-limits.js';
import { indexEntry, isWritable } from './index-entry.js';

/** A product as an index of the connection says it, within the limits of Open Buy. */
export const encodeLive: EncodeLive = (terms, product) => {
  const { entry, faults } = indexEntry({ product, repeatsText: false }, terms);
  if (entry === undefined) return { faults };
  const fitted = fitEntry(entry, OPEN_BUY_LIMITS);
  faults.push(...fitted.faults);
  if (!isWritable(faults)) return { faults };
  const isClassified = faults.every(({ kind }) => kind !== 'code_missing');
  return { entry: isClassified ? fitted.entry : { ...fitted.entry, classifications: [] }, faults };
};
