import type { CartLine } from '../../domain/cart/cart.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import { INDEX_FAULTS, type IndexEntry, type IndexFault } from '../../domain/catalogue/catalogue-index.js';
import { grossCart } from '../../domain/cart/gross-prices.js';
import { isDecimalText } from '../../domain/decimal.js';
import type { MappedLine } from '../../domain/mapping/mapping.js';
import type { IndexPageInput, IndexTerms } from '../../ports/index-encoder.js';
import { pricePerUnit } from '../../protocols/cxml/write/order-lines.js';
import { applyMapping } from '../../protocols/mapping/apply-mapping.js';
import { unitKind } from '../../protocols/preflight/line-findings.js';

/** A product as an index says it; no entry if a fault is an error. */
export function indexEntry(
  each: IndexPageInput['products'][number],
  terms: IndexTerms,
): { entry: IndexEntry | undefined; faults: IndexFault[] } {
  const faults = faultsOf(each);
  const priced = isWritable(faults) ? pricedLine(each.product.line, terms, faults) : undefined;
  const mapped = priced === undefined ? undefined : mappedLine(priced, terms);
  const entry = mapped === undefined ? undefined : entryOf(mapped, each.product, terms, faults);
  return { entry: isWritable(faults) ? entry : undefined, faults };
}

export function isWritable(faults: readonly IndexFault[]): boolean {
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
  { connection, currency, language }: IndexTerms,
  faults: IndexFault[],
): CartLine | undefined {
  if (connection.settings.prices !== 'gross') return line;
  const gross = grossCart({ cartId: '', contentMark: '', currency, language, lines: [line] });
  if (gross.ok) return gross.value.lines[0];
  faults.push({ kind: 'price_untaxed', field: 'price', value: priceText(line) });
  return undefined;
}

/** As a cart of the buyer has it. A middleware has no mapping. */
function mappedLine(line: CartLine, { connection, buyer, currency, language }: IndexTerms): MappedLine | undefined {
  if (connection.protocol === 'repost') return line;
  const cart = { cartId: '', contentMark: '', currency, language, lines: [line] };
  const mapped = applyMapping({ cart, request: buyer.request, connection, protocol: connection.protocol });
  return mapped.ok ? mapped.value.lines[0] : undefined;
}

/** Adds what is wrong with it to `faults`. */
function entryOf(
  line: MappedLine,
  product: CatalogueProduct,
  { connection, currency, language }: IndexTerms,
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
