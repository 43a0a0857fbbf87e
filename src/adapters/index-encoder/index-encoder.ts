import type { IndexFault } from '../../domain/catalogue/catalogue-index.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type {
  FittedPage,
  FittedProduct,
  IndexEncoder,
  IndexPage,
  IndexPageInput,
  WrittenBefore,
} from '../../ports/index-encoder.js';
import { fitEntry } from '../../protocols/index/fit-entry.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { indexEntry, isWritable } from './index-entry.js';

/** `callUpUrlOf`: the public address of a connection's call-ups. */
export function indexEncoder(callUpUrlOf: (protocol: Protocol) => string): IndexEncoder {
  return {
    fit: fitPage,
    write: (page, input, before) => writePage(page, input, before, callUpUrlOf(input.connection.protocol)),
    frame(format, given) {
      const about = { ...given, callUpUrl: callUpUrlOf(given.connection.protocol) };
      return { head: INDEX_WRITERS[format].head(about), tail: INDEX_WRITERS[format].tail(about) };
    },
  };
}

function fitPage(input: IndexPageInput): FittedPage {
  const page: FittedPage = { products: [], faults: [] };
  for (const each of input.products) {
    const { sku } = each.product.line;
    const { entry, faults } = indexEntry(each, input);
    for (const fault of faults) page.faults.push({ fault, sku });
    if (entry === undefined) continue;
    const items: FittedProduct['items'] = {};
    for (const format of input.formats) {
      const { limits } = INDEX_WRITERS[format];
      const fitted = fitEntry(entry, limits);
      const ofFormat = fitted.faults.map((fault): IndexFault => ({ ...fault, format }));
      for (const fault of ofFormat) page.faults.push({ fault, sku });
      if (isWritable(ofFormat)) items[format] = { id: limits.idOf(fitted.entry), entry: fitted.entry };
    }
    page.products.push({ sku, unit: entry.unit, codes: entry.classifications.map(({ code }) => code), items });
  }
  return page;
}

function writePage(
  { products, faults }: FittedPage,
  { connection, currency, language, formats }: IndexPageInput,
  before: WrittenBefore,
  callUpUrl: string,
): IndexPage {
  const about = { connection, currency, language, callUpUrl };
  const page: IndexPage = { texts: {}, items: { ...before.items }, ids: {}, faults: [...faults], written: [] };
  const written = new Set<FittedProduct>();
  for (const format of formats) {
    const taken = new Set(before.ids[format]);
    const ids: string[] = [];
    let [text, count] = ['', before.items[format] ?? 0];
    for (const product of products) {
      const item = product.items[format];
      if (item === undefined) continue;
      const { id, entry } = item;
      if (taken.has(id)) {
        const fault: IndexFault = { kind: 'id_repeated', field: 'id', format, value: id };
        page.faults.push({ fault, sku: product.sku });
        continue;
      }
      taken.add(id);
      ids.push(id);
      text += INDEX_WRITERS[format].item(entry, about, count === 0);
      count += 1;
      written.add(product);
    }
    [page.texts[format], page.items[format], page.ids[format]] = [text, count, ids];
  }
  page.written = products
    .filter((product) => written.has(product))
    .map(({ sku, unit, codes }) => ({ sku, unit, codes }));
  return page;
}
