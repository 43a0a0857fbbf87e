import type { CartLine } from '../../domain/cart/cart.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import { INDEX_FAULTS, type IndexEntry, type IndexFault } from '../../domain/catalogue/catalogue-index.js';
import { grossCart } from '../../domain/cart/gross-prices.js';
import { isDecimalText } from '../../domain/decimal.js';
import type { MappedLine } from '../../domain/mapping/mapping.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type {
  FittedPage,
  FittedProduct,
  IndexEncoder,
  IndexPage,
  IndexPageInput,
  WrittenBefore,
} from '../../ports/index-encoder.js';
import { pricePerUnit } from '../../protocols/cxml/write/order-lines.js';
import { fitEntry } from '../../protocols/index/fit-entry.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { applyMapping } from '../../protocols/mapping/apply-mapping.js';
import { unitKind } from '../../protocols/preflight/line-findings.js';

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
    const faults = faultsOf(each);
    const priced = isWritable(faults) ? pricedLine(each.product.line, input, faults) : undefined;
    const mapped = priced === undefined ? undefined : mappedLine(priced, input);
    const entry = mapped === undefined ? undefined : entryOf(mapped, each.product, input, faults);
    for (const fault of faults) page.faults.push({ fault, sku });
    if (entry === undefined || !isWritable(faults)) continue;
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

function isWritable(faults: readonly IndexFault[]): boolean {
  return faults.every(({ kind }) => INDEX_FAULTS[kind].severity !== 'error');
}

function faultsOf({ product, repeatsText }: IndexPageInput['products'][number]): IndexFault[] {
  const { line, availability } = product;
  const faults: IndexFault[] = [];
  if (availability === 'sold_out')
    faults.push({ kind: 'sold_out', field: 'availability', value: product.stock ?? availability });
  if (line.sku.trim() === '') faults.push({ kind: 'id_missing', field: 'id', value: line.sku });
  if (repeatsText) faults.push({ kind: 'text_repeated', field: 'name', value: line.name });
  if (!isDecimalText(line.unitPrice) || !isDecimalText(line.priceBasis) || !isDecimalText(line.quantity))
    faults.push({ kind: 'price_missing', field: 'price', value: priceText(line) });
  else if (line.unitPrice.startsWith('-'))
    faults.push({ kind: 'price_negative', field: 'price', value: line.unitPrice });
  return faults;
}

/** `12.35`, or `12.35 per 100`. */
function priceText({ unitPrice, priceBasis }: Pick<CartLine, 'unitPrice' | 'priceBasis'>): string {
  return priceBasis === '1' ? unitPrice : `${unitPrice} per ${priceBasis}`;
}

/** With the prices of the connection's carts. Adds what is wrong with it to `faults`. */
function pricedLine(
  line: CartLine,
  { connection, currency, language }: IndexPageInput,
  faults: IndexFault[],
): CartLine | undefined {
  if (connection.settings.prices !== 'gross') return line;
  const gross = grossCart({ cartId: '', contentMark: '', currency, language, lines: [line] });
  if (gross.ok) return gross.value.lines[0];
  faults.push({ kind: 'price_untaxed', field: 'price', value: priceText(line) });
  return undefined;
}

/** As a cart of the buyer has it. A middleware has no mapping. */
function mappedLine(line: CartLine, { connection, buyer, currency, language }: IndexPageInput): MappedLine | undefined {
  if (connection.protocol === 'repost') return line;
  const cart = { cartId: '', contentMark: '', currency, language, lines: [line] };
  const mapped = applyMapping({ cart, request: buyer.request, connection, protocol: connection.protocol });
  return mapped.ok ? mapped.value.lines[0] : undefined;
}

/** Adds what is wrong with it to `faults`. */
function entryOf(
  line: MappedLine,
  product: CatalogueProduct,
  { connection, currency, language }: IndexPageInput,
  faults: IndexFault[],
): IndexEntry | undefined {
  const price = pricePerUnit(line, currency);
  const unit = line.outgoing?.oci?.get('UNIT') ?? (line.unit || 'EA');
  const kind = unitKind(unit);
  if (kind !== 'common')
    faults.push({ kind: kind === 'malformed' ? 'unit_malformed' : 'unit_uncommon', field: 'unit', value: unit });
  const classifications = line.classifications.filter(({ code, domain }) => code.trim() !== '' && domain.trim() !== '');
  if (classifications.length === 0) {
    const { domain, code } = connection.settings.defaultClassification;
    faults.push({ kind: 'code_missing', field: 'classification', value: `${domain} ${code}` });
  }
  const { name, description = '' } = line;
  if (name.trim() === '' && description.trim() === '') faults.push({ kind: 'text_missing', field: 'name', value: '' });
  if (price === undefined) {
    faults.push({ kind: 'price_decimals', field: 'price', value: priceText(line) });
    return undefined;
  }
  return {
    sku: line.sku,
    auxiliaryId: line.auxiliaryId,
    productKey: line.productKey,
    name,
    description,
    price,
    currency,
    language: line.textLanguages?.name ?? language,
    unit,
    classifications: classifications.length === 0 ? [connection.settings.defaultClassification] : classifications,
    categoryPath: product.categoryPath ?? [],
    manufacturerName: line.manufacturerName,
    manufacturerPartId: line.manufacturerPartId,
    leadTimeDays: line.leadTimeDays,
    url: line.url,
    imageUrl: line.imageUrl,
    minQuantity: line.quantity,
    quantityStep: product.quantityStep,
  };
}
