import type { CartLine } from '../../domain/cart/cart.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import {
  INDEX_FAULTS,
  type IndexEntry,
  type IndexFault,
  type IndexFormat,
} from '../../domain/catalogue/catalogue-index.js';
import { grossCart } from '../../domain/cart/gross-prices.js';
import { isDecimalText } from '../../domain/decimal.js';
import type { MappedLine } from '../../domain/mapping/mapping.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { IndexEncoder, IndexPage, IndexPageInput } from '../../ports/index-encoder.js';
import { pricePerUnit } from '../../protocols/cxml/write/order-lines.js';
import { fitEntry } from '../../protocols/index/fit-entry.js';
import { INDEX_WRITERS } from '../../protocols/index/index-writers.js';
import { applyMapping } from '../../protocols/mapping/apply-mapping.js';
import { unitKind } from '../../protocols/preflight/line-findings.js';

/** `callUpUrlOf`: the public address of a connection's call-ups. */
export function indexEncoder(callUpUrlOf: (protocol: Protocol) => string): IndexEncoder {
  return {
    page: (input) => encodePage(input, callUpUrlOf(input.connection.protocol)),
    frame(format, given) {
      const about = { ...given, callUpUrl: callUpUrlOf(given.connection.protocol) };
      return { head: INDEX_WRITERS[format].head(about), tail: INDEX_WRITERS[format].tail(about) };
    },
  };
}

function encodePage(input: IndexPageInput, callUpUrl: string): IndexPage {
  const { connection, currency, language, formats } = input;
  const about = { connection, currency, language, callUpUrl };
  const page: IndexPage = { texts: {}, items: { ...input.before }, faults: [], written: [] };
  for (const format of formats) [page.texts[format], page.items[format]] = ['', page.items[format] ?? 0];

  for (const each of input.products) {
    const { sku } = each.product.line;
    const faults = faultsOf(each);
    const priced = isWritable(faults) ? pricedLine(each.product.line, input, faults) : undefined;
    const mapped = priced === undefined ? undefined : mappedLine(priced, input);
    const entry = mapped === undefined ? undefined : entryOf(mapped, each.product, input, faults);
    for (const fault of faults) page.faults.push({ fault, sku });
    if (entry === undefined || !isWritable(faults)) continue;
    const isWritten = formats.map((format) => addItem(page, format, entry, { sku, about })).includes(true);
    const codes = entry.classifications.map(({ code }) => code);
    if (isWritten) page.written.push({ sku, unit: entry.unit, codes });
  }
  return page;
}

/** False: the format cannot hold it. */
function addItem(
  page: IndexPage,
  format: IndexFormat,
  entry: IndexEntry,
  { sku, about }: { sku: string; about: Parameters<(typeof INDEX_WRITERS)[IndexFormat]['item']>[1] },
): boolean {
  const writer = INDEX_WRITERS[format];
  const fitted = fitEntry(entry, writer.limits);
  const faults = fitted.faults.map((fault): IndexFault => ({ ...fault, format }));
  for (const fault of faults) page.faults.push({ fault, sku });
  if (!isWritable(faults)) return false;
  const count = page.items[format] ?? 0;
  page.texts[format] += writer.item(fitted.entry, about, count === 0);
  page.items[format] = count + 1;
  return true;
}

function isWritable(faults: readonly IndexFault[]): boolean {
  return faults.every(({ kind }) => INDEX_FAULTS[kind].severity !== 'error');
}

function faultsOf({ product, repeatsId, repeatsText }: IndexPageInput['products'][number]): IndexFault[] {
  const { line, availability } = product;
  const faults: IndexFault[] = [];
  if (availability === 'sold_out') faults.push({ kind: 'sold_out', field: 'availability' });
  if (line.sku.trim() === '') faults.push({ kind: 'id_missing', field: 'id' });
  if (repeatsId) faults.push({ kind: 'id_repeated', field: 'id' });
  if (repeatsText) faults.push({ kind: 'text_repeated', field: 'name' });
  if (!isDecimalText(line.unitPrice) || !isDecimalText(line.priceBasis) || !isDecimalText(line.quantity))
    faults.push({ kind: 'price_missing', field: 'price' });
  else if (line.unitPrice.startsWith('-')) faults.push({ kind: 'price_negative', field: 'price' });
  return faults;
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
  faults.push({ kind: 'price_untaxed', field: 'price' });
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
    faults.push({ kind: kind === 'malformed' ? 'unit_malformed' : 'unit_uncommon', field: 'unit' });
  const classifications = line.classifications.filter(({ code, domain }) => code.trim() !== '' && domain.trim() !== '');
  if (classifications.length === 0) faults.push({ kind: 'code_missing', field: 'classification' });
  const { name, description = '' } = line;
  if (name.trim() === '' && description.trim() === '') faults.push({ kind: 'text_missing', field: 'name' });
  if (price === undefined) {
    faults.push({ kind: 'price_decimals', field: 'price' });
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
