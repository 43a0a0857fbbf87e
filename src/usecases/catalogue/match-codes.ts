import { BUYER_LISTS, type BuyerList, type IndexCoverage } from '../../domain/catalogue/catalogue-index.js';
import type { BuyerCodes } from '../../ports/buyer-codes.js';
import type { IndexPage } from '../../ports/index-encoder.js';
import type { IndexWork } from '../../ports/index-runs.js';

const UNKNOWN = { classification: 'code_unknown', unit: 'unit_unknown' } as const;

/**
 * Compares the products of a page with the lists of the buyer, and adds them to the coverage. Nothing leaves the file:
 * the report tells what has no match. A list of units says more than our own of common ones.
 */
export async function matchCodes(
  buyerCodes: Pick<BuyerCodes, 'counts' | 'known'>,
  { tenantId, connectionId, coverage }: Pick<IndexWork, 'tenantId' | 'connectionId' | 'coverage'>,
  { written, faults }: Pick<IndexPage, 'written' | 'faults'>,
): Promise<{ faults: IndexPage['faults']; coverage: IndexCoverage }> {
  const counts = await buyerCodes.counts(tenantId, connectionId);
  const told = counts.unit === 0 ? [...faults] : faults.filter(({ fault }) => fault.kind !== 'unit_uncommon');
  const covered: IndexCoverage = { ...coverage };
  for (const list of BUYER_LISTS) {
    if (counts[list] === 0) continue;
    const all = [...new Set(written.flatMap((product) => codesOf(product, list)))];
    const known = await buyerCodes.known(tenantId, connectionId, list, all);
    const strangers = written.filter((product) => !codesOf(product, list).some((code) => known.has(code)));
    for (const product of strangers) {
      const value = codesOf(product, list).join(', ');
      told.push({ fault: { kind: UNKNOWN[list], field: list, value }, sku: product.sku });
    }
    const { products = 0, matched = 0 } = covered[list] ?? {};
    covered[list] = {
      products: products + written.length,
      matched: matched + written.length - strangers.length,
    };
  }
  return { faults: told, coverage: covered };
}

function codesOf({ unit, codes }: IndexPage['written'][number], list: BuyerList): string[] {
  return list === 'unit' ? [unit] : codes;
}
