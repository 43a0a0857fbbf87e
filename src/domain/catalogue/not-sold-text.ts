import { INDEX_FAULTS, type IndexFault } from './catalogue-index.js';

/** Longest article number in a sentence. */
const SHOWN = 60;

/** Why a buyer cannot have an article, without a full stop. `faults`: of the product; absent: there is none. */
export function notSoldText(sku: string, faults: readonly Pick<IndexFault, 'kind'>[] | undefined): string {
  const error = faults?.find(({ kind }) => INDEX_FAULTS[kind].severity === 'error');
  return error === undefined
    ? `The shop sells no article ${articleText(sku)} to this buyer`
    : `The article ${articleText(sku)} cannot be sold: ${INDEX_FAULTS[error.kind].text.replace(/\.$/, '')}`;
}

export function articleText(sku: string): string {
  return JSON.stringify(sku.slice(0, SHOWN));
}
