import type { NameValue } from '../domain/transmission/setup-request.js';
import { cartTotal, lineAmount, type PricedLine } from '../domain/cart/cart-total.js';
import type { CxmlVersion } from '../domain/access/connection.js';
import type { Refusal } from '../domain/error-codes.js';
import { formatDecimal } from '../domain/decimal.js';
import { bundlesOfMessage } from './cxml/bundles-of-message.js';
import { checkCxmlDocument } from './cxml/check/check-document.js';
import { type CxmlOrderLine, TRANSFER_LIMITS } from './cxml/cxml-document.js';
import { readCxmlForm } from './cxml/cxml-form.js';
import { parseCxml } from './cxml/parse-cxml.js';
import { cartOfOciItems } from './oci/read/cart-of-items.js';
import { checkOciCartForm } from './oci/read/check-cart-form.js';
import { parseOciCart } from './oci/read/parse-cart-form.js';
import { decodeXmlBytes } from './xml/decode-xml-bytes.js';
import { type RepostProduct, readRepostForm } from './repost/read-repost-form.js';

/** A cart as decoded by the procurement system. */
export interface ReceivedCart {
  /** BuyerCookie (cXML) or session_token (middleware); empty for OCI. */
  buyerCookie: string;
  /** Name of the value if it is not a BuyerCookie. */
  cookieName?: string;
  currency: string;
  /** Sum of the lines, decimal text. */
  total: string;
  lines: ReceivedLine[];
  findings: Finding[];
  /** The shop's number of this cart: `SupplierOrderInfo/@orderID` or `EXT_QUOTE_ID`. */
  quoteId?: string;
  /** The document, as text. */
  document: string;
}

interface ReceivedLine {
  supplierPartId: string;
  name: string;
  quantity: string;
  unit: string;
  /** Net price of `priceBasis` units. */
  unitPrice: string;
  priceBasis: string;
  amount: string;
}

/** A finding of our own checker. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Line and column, or the name of a field. */
  place: string;
  text: string;
}

/** Reads the fields of a returned form; reports faults of the shop as findings and never throws for them. */
export type DecodeReturn = (fields: readonly NameValue[]) => ReceivedCart;

/** A PunchOutOrderMessage from `cxml-urlencoded` or `cxml-base64`, checked by the DTD it names, else by 1.2.014. */
export function decodeCxmlReturn(fields: readonly NameValue[]): ReceivedCart {
  const source = readCxmlForm(fields);
  if (!source.ok) return unreadable(source.refusal, '');
  const text =
    typeof source.value === 'string' ? { ok: true as const, value: source.value } : decodeXmlBytes(source.value);
  if (!text.ok) return unreadable(text.refusal, '');
  const document = text.value;
  const parsed = parseCxml(document, undefined, TRANSFER_LIMITS);
  if (!parsed.ok) return unreadable(parsed.refusal, document);
  if (parsed.value.kind !== 'PunchOutOrderMessage')
    return {
      ...EMPTY,
      document,
      findings: [{ severity: 'error', place: '', text: `This is no PunchOutOrderMessage but: ${parsed.value.kind}.` }],
    };
  const { message } = parsed.value;
  const currency = message.total?.currency ?? message.lines[0]?.unitPrice.currency ?? '';
  const places = bundlesOfMessage(message.lines);
  const total = cartTotal(
    message.lines.map((line, index) => ({ ...pricedLine(line), ...places[index] })),
    currency,
  );
  const findings = checkCxmlDocument(document, versionOf(document)).map(({ severity, line, column, error }) => ({
    severity,
    place: `line ${line}, column ${column}`,
    text: error,
  }));
  return {
    buyerCookie: message.buyerCookie,
    currency,
    total,
    document,
    findings,
    quoteId: message.supplierOrderId,
    lines: message.lines.map((line) => receivedLine(line, currency)),
  };
}

/** NEW_ITEM fields, checked by the rules of OCI 4. */
export function decodeOciReturn(fields: readonly NameValue[]): ReceivedCart {
  const document = fields.map(({ name, value }) => `${name}=${value}`).join('\n');
  const findings: Finding[] = checkOciCartForm(fields).map(({ severity, field, index, message }) => ({
    severity,
    place: index === undefined ? field : `NEW_ITEM-${field}[${index}]`,
    text: message,
  }));
  const parsed = parseOciCart(fields);
  if (!parsed.ok) return unreadable(parsed.refusal, document, findings);
  const cart = cartOfOciItems(parsed.value.items);
  if (!cart.ok) return unreadable(cart.refusal, document, findings);
  const { currency, lines } = cart.value;
  const quoteId = fields.find(({ name }) => /^NEW_ITEM-EXT_QUOTE_ID\[/i.test(name))?.value;
  return {
    buyerCookie: '',
    currency,
    total: cartTotal(lines, currency),
    document,
    findings,
    quoteId,
    lines: lines.map((line) => ({
      ...pickLine(line),
      supplierPartId: line.sku,
      name: line.name,
      unit: line.unit,
      amount: amountOf(line, currency),
    })),
  };
}

const EMPTY: Omit<ReceivedCart, 'document'> = { buyerCookie: '', currency: '', total: '0', lines: [], findings: [] };

function unreadable({ code, reason }: Refusal, document: string, findings: readonly Finding[] = []): ReceivedCart {
  const text = reason ?? code;
  return {
    ...EMPTY,
    document,
    findings: [
      ...findings,
      ...(findings.some((finding) => finding.text === text) ? [] : [{ severity: 'error' as const, place: '', text }]),
    ],
  };
}

function versionOf(document: string): CxmlVersion {
  const named = /\/cXML\/(1\.2\.\d{3})\/cXML\.dtd/.exec(document)?.[1];
  return named === '1.2.050' || named === '1.2.071' ? named : '1.2.014';
}

function receivedLine(line: CxmlOrderLine, currency: string): ReceivedLine {
  const [description] = line.descriptions;
  const priced = pricedLine(line);
  return {
    ...priced,
    supplierPartId: line.supplierPartId,
    name: description?.shortName ?? description?.text ?? line.supplierPartId,
    unit: line.unit ?? '',
    amount: amountOf(priced, currency),
  };
}

function pricedLine({ quantity, unitPrice, priceBasis }: CxmlOrderLine): PricedLine {
  return {
    quantity,
    unitPrice: unitPrice.amount,
    priceBasis: priceBasis?.quantity ?? '1',
    conversionFactor: priceBasis?.conversionFactor,
  };
}

function pickLine({ quantity, unitPrice, priceBasis, conversionFactor }: PricedLine): PricedLine {
  return { quantity, unitPrice, priceBasis, conversionFactor };
}

function amountOf(line: PricedLine, currency: string): string {
  return formatDecimal(lineAmount(line, currency));
}

/**
 * The form that a store posts to a middleware (custom store integration), checked by its list of fields. An api_key is
 * never shown.
 */
export function decodeRepostReturn(fields: readonly NameValue[]): ReceivedCart {
  const document = fields
    .map(({ name, value }) => `${name}=${name === 'api_key' ? '\u2022\u2022\u2022\u2022\u2022\u2022' : value}`)
    .join('\n');
  const form = readRepostForm(fields);
  if (!form.ok)
    return {
      buyerCookie: '',
      currency: '',
      total: '0',
      lines: [],
      document,
      findings: [{ severity: 'error', place: '', text: form.refusal.reason ?? form.refusal.code }],
    };
  const { sessionToken, endCustomerId, products } = form.value;
  const currency = products[0]?.currency ?? '';
  const lines = products.map(({ sku, productId, description, quantity, price }) => {
    const line = { quantity, unitPrice: price, priceBasis: '1' };
    return {
      ...line,
      supplierPartId: sku ?? productId ?? '',
      name: description,
      unit: '',
      amount: formatDecimal(lineAmount(line, currency)),
    };
  });
  return {
    buyerCookie: sessionToken,
    cookieName: 'session_token',
    currency,
    total: cartTotal(lines, currency),
    lines,
    document,
    findings: [
      ...(endCustomerId === undefined ? [warning('end_customer_id', 'is missing')] : []),
      ...products.flatMap((product) => findingsOf(product, currency)),
    ],
  };
}

function findingsOf(
  { index, currency, quantity, description, categoryIds }: RepostProduct,
  expected: string,
): Finding[] {
  const place = (field: string): string => `products[${index}][${field}]`;
  return [
    ...(currency === expected
      ? []
      : [{ severity: 'error' as const, place: place('currency'), text: 'differs from the lines before' }]),
    ...(/^\d+$/.test(quantity)
      ? []
      : [{ severity: 'error' as const, place: place('quantity'), text: 'is no integer' }]),
    ...(description === '' ? [warning(place('description'), 'is missing')] : []),
    ...(categoryIds.length === 0 ? [warning(place('category_ids'), 'is empty: the line cannot be classified')] : []),
  ];
}

function warning(place: string, text: string): Finding {
  return { severity: 'warning', place, text };
}
