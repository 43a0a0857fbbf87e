import type { CxmlVersion } from '../../domain/access/connection.js';
import { bundlesOf } from '../../domain/cart/bundles.js';
import { carriedCodes } from '../../domain/cart/carried-codes.js';
import type { CartLine } from '../../domain/cart/cart.js';
import { codesOfCart, cutCode } from '../../domain/cart/discount-codes.js';
import { type NotCarried, noteNotCarried, type TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { mayReopen } from '../../domain/transmission/transmission-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import { LINE_NUMBER } from '../../protocols/cxml/write/order-lines.js';
import { SHORT_NAME_LENGTH } from '../../protocols/cxml/write/write-item-in.js';
import { shipToFaults } from '../../protocols/cxml/write/write-ship-to.js';
import { CART_PROTOCOLS } from '../../protocols/cart-protocols.js';
import type { MappedTransfer } from '../../protocols/cart-protocol.js';

type Note = (field: string, reason: string) => void;

/**
 * Lists the data of the cart that the document cannot hold. For a cart that the shop posted, all fields are checked.
 * For the cart of a store, data used by mappings only (gtin, custom fields) is not listed. `sent` is the cart after the
 * mapping. Lines are numbered as in `event.cart`.
 */
export function notCarriedBy(
  event: ConnectorTransferEvent,
  sent: MappedTransfer['cart'],
  { kind, fields }: TransferPayload,
): NotCarried[] {
  const { cart, given, unchanged } = event;
  const list: NotCarried[] = [];
  for (const entry of given?.notCarried ?? []) noteNotCarried(list, entry);
  if (unchanged === true) return list;
  noteHeader(event, sent, kind, (field, reason) => noteNotCarried(list, { field, reason }));
  const all = bundlesOf(cart.lines);
  const version = kind === 'cxml' ? event.connection.settings.cxml.version : undefined;
  // Undefined where the document supports bundles with parts.
  const bundles =
    (version !== undefined && version !== '1.2.014') ||
    (kind === 'oci' && fields.some(({ name }) => name.startsWith('NEW_ITEM-PARENT_ID[')))
      ? undefined
      : all;
  const values = kind === 'cxml' ? new Set<string>() : new Set(fields.map(({ value }) => value));
  // A discount that is spread over the lines changes their prices, so their tax is left out.
  const taxed =
    sent.lines.length < cart.lines.length
      ? new Set(sent.lines.flatMap(({ lineId, tax }) => (tax === undefined ? [] : [lineId])))
      : undefined;
  const sentIds = given === undefined ? undefined : new Set(sent.lines.map(({ lineId }) => lineId));
  const numbers = new Set<string>();
  for (const [index, line] of cart.lines.entries()) {
    const note: Note = (field, reason) => noteNotCarried(list, { line: index + 1, field, reason });
    if (sentIds?.has(line.lineId) === false) {
      note('ItemIn', LEFT_OUT[line.kind === 'promotion' && /[1-9]/.test(line.unitPrice) ? 'spread' : 'free']);
      continue;
    }
    // In a bundle that is priced as a whole, the parts have no price either.
    const isHead = all?.hasParts[index] === 1 && line.pricedAt === 'itemLevel' && all.included[index] === 0;
    if (isHead && given?.protocol !== 'cxml' && /[1-9]/.test(line.unitPrice))
      note('UnitPrice', 'The line is an itemLevel bundle: the prices of its parts count, its own does not.');
    if (bundles?.counts[index] === 0) {
      note(
        'ItemIn',
        isHead
          ? `${PLACE[kind]} has no bundles: the parts of this one are sent with their prices, the bundle is not.`
          : `${PLACE[kind]} has no parts of bundles: only the bundle is sent, and its price includes this part.`,
      );
      continue;
    }
    if (version === '1.2.014' && given !== undefined && line.kind === 'bundle' && all?.hasParts[index] !== 1)
      note('itemType', 'DTD 1.2.014 has no bundles: this one, which has no parts, is sent as an ordinary line.');
    if (version !== undefined && line.tax !== undefined && taxed?.has(line.lineId) === false)
      note('Tax', 'A discount is spread over the prices: it is the tax of the price before.');
    if (version !== undefined) {
      noteLineNumber(line, numbers, note);
      noteInCxml(line, version, event, note);
    } else if (given?.protocol !== 'oci' || kind !== 'oci') noteInForm(line, values, event, note);
  }
  return list;
}

const PLACE: Record<Protocol, string> = {
  cxml: 'DTD 1.2.014',
  oci: 'An OCI cart of this version',
  repost: 'The form of a middleware',
};

function noPlaceIn(form: Protocol): string {
  return `${form === 'oci' ? 'An OCI cart' : PLACE.repost} has no place for it.`;
}

const LEFT_OUT = {
  spread:
    'The discount is no line of its own: it is taken off the prices of the other lines (setting mapping.promotions).',
  free: 'It belongs to a discount that is no line of its own, or costs nothing (setting mapping.promotions).',
};

/** `used`: the numbers of the earlier lines. */
function noteLineNumber({ lineNumber }: CartLine, used: Set<string>, note: Note): void {
  if (lineNumber === undefined) return;
  const shown = lineNumber.slice(0, 20);
  if (!LINE_NUMBER.test(lineNumber))
    note('lineNumber', `${shown} is no whole number above 0 of at most 10 digits: the line gets another one.`);
  else if (used.has(lineNumber))
    note('lineNumber', `A line before has the number ${shown} too: this one gets another.`);
  used.add(lineNumber);
}

const KEPT_OUT: Record<Protocol, string> = {
  cxml: 'the connection writes no SupplierPartAuxiliaryID',
  oci: 'OCI has no place for codes',
  repost: 'the connection sends no codes in product_id',
};

/** Discount codes return in the ids of the lines (carried-codes.ts). OCI has no edit that could bring them back. */
function noteCodes(
  { cart, transmission, connection: { settings } }: ConnectorTransferEvent,
  sent: MappedTransfer['cart'],
  kind: Protocol,
  note: Note,
): void {
  const codes = codesOfCart(cart);
  // An inspect session sends no lines: the buyer's system keeps its own.
  if (codes.size === 0 || kind === 'oci' || transmission.operation === 'inspect') return;
  const carried = carriedCodes(sent.lines, kind);
  const isKeptOut = !CART_PROTOCOLS[kind].mayCarryCodes(settings);
  for (const code of codes) {
    if (carried.has(code)) continue;
    const told = carried.has(cutCode(code))
      ? 'the code is too long for the id of a line. After an edit the buyer is told to enter it again.'
      : (isKeptOut ? KEPT_OUT[kind] : 'no id of a line has room for the code') +
        '. After an edit the buyer has to enter it again.';
    note('discountCode', `${code.slice(0, 40)}: ${told}`);
  }
}

function noteHeader(event: ConnectorTransferEvent, sent: MappedTransfer['cart'], kind: Protocol, note: Note): void {
  const { cart, given, connection } = event;
  const { settings } = connection;
  const { operationAllowed, quoteStatus, shipTo, references, shipping, tax } = cart;
  for (const { domain } of references ?? [])
    note('IdReference', `A cart message has no place for numbers of the whole cart (domain ${domain.slice(0, 40)}).`);
  noteCodes(event, sent, kind, note);
  const keepsShipping = sent.lines.length > cart.lines.length;
  if (kind === 'cxml') {
    if (operationAllowed !== undefined && !mayReopen(settings.cxml.operationAllowed, operationAllowed))
      note('operationAllowed', `The connection allows ${settings.cxml.operationAllowed} at most.`);
    for (const [field, reason] of shipTo === undefined ? [] : shipToFaults(shipTo)) note(field, reason);
    if (given !== undefined && shipping !== undefined && sent.shipping === undefined && !keepsShipping)
      note('Shipping', 'The setting mapping.shipping leaves it out.');
    return;
  }
  const reason = noPlaceIn(kind);
  if (quoteStatus === 'pending') note('quoteStatus', reason);
  if (operationAllowed !== undefined && operationAllowed !== 'edit') note('operationAllowed', reason);
  if (shipTo !== undefined) note('ShipTo', reason);
  if (given === undefined) return;
  if (tax !== undefined) note('Tax', reason);
  if (shipping !== undefined && !keepsShipping)
    note('Shipping', 'It can only be sent as a line (settings oci.shippingAsLine, mapping.shipping).');
}

function noteInCxml(
  line: CartLine,
  version: CxmlVersion,
  { given, connection: { settings } }: ConnectorTransferEvent,
  note: Note,
): void {
  // In cXML, the OCI fields of a line are Extrinsics (apply-mapping.ts).
  const isOci = line.ociFields !== undefined;
  if (given !== undefined) {
    if (line.classifications.some(({ domain }) => domain.trim() === ''))
      note('Classification', 'It has no domain, which cXML demands.');
    if (line.kind === 'service' && !isOci) note('SERVICE', 'A cXML cart has no place for it.');
    if (line.description !== undefined && settings.cxml.shortName === false)
      note('ShortName', 'The setting cxml.shortName leaves it out.');
    else if (line.description !== undefined && Array.from(line.name).length > SHORT_NAME_LENGTH)
      note('ShortName', `It is cut to ${SHORT_NAME_LENGTH} characters.`);
  }
  if (version !== '1.2.014') return;
  const older = 'DTD 1.2.014 has no place for it; cxml.version 1.2.050 and later have.';
  if (line.buyerPartId !== undefined && !isOci) note('BuyerPartID', older);
  if (line.references !== undefined) note('IdReference', older);
  const { conversionFactor = '1', priceUnit, priceBasis } = line;
  if (priceUnit !== undefined || conversionFactor !== '1' || (given !== undefined && priceBasis !== '1'))
    note('PriceBasisQuantity', 'DTD 1.2.014 has no place for it: the price is sent for one unit of the order.');
  if (given !== undefined && line.classifications.some(({ name }) => name !== undefined))
    note('Classification', 'DTD 1.2.014 has room for a code or a name, not both: the code is sent.');
}

/**
 * Fields that an OCI or middleware form may hold, by their names in cXML and in OCI. A field is carried if its value is
 * in the form.
 */
const FORM_FIELDS: readonly [cxml: string, oci: string, values: (line: CartLine) => (string | undefined)[]][] = [
  ['SupplierPartAuxiliaryID', 'EXT_QUOTE_ITEM', ({ auxiliaryId }) => [auxiliaryId]],
  ['ManufacturerPartID', 'MANUFACTMAT', ({ manufacturerPartId }) => [manufacturerPartId]],
  ['ManufacturerName', 'MANUFACTURER', ({ manufacturerName }) => [manufacturerName]],
  ['URL', 'URL', ({ url }) => [url]],
  [
    'LeadTime',
    'LEADTIME',
    ({ leadTimeDays }) => [leadTimeDays === undefined ? undefined : String(Math.ceil(leadTimeDays))],
  ],
  [
    'Classification',
    'EXT_CATEGORY_ID',
    ({ classifications }) => classifications.flatMap(({ code, name }) => [code, name]),
  ],
  ['Extrinsic', 'CUST_FIELD', ({ customFields }) => Object.values(customFields)],
];

function noteInForm(
  line: CartLine,
  values: ReadonlySet<string>,
  { given, transmission: { protocol } }: ConnectorTransferEvent,
  note: Note,
): void {
  const reason = noPlaceIn(protocol);
  const isMissing = (value: string | undefined): boolean =>
    value !== undefined && value.trim() !== '' && !values.has(value);
  if (isMissing(line.buyerPartId)) note(given?.protocol === 'oci' ? 'MATNR' : 'BuyerPartID', reason);
  if (line.texts !== undefined && line.texts.length > 0)
    note('Description', 'The form has one language: further ones are not sent.');
  if (line.references !== undefined) note('IdReference', reason);
  if (line.shipping !== undefined) note('Shipping', reason);
  if (line.tax !== undefined) note('Tax', reason);
  if (line.priceUnit !== undefined || (line.conversionFactor ?? '1') !== '1')
    note('PriceBasisQuantity', 'The form has no unit of the price: the price is sent for units of the order.');
  if (given === undefined) return;
  for (const [cxml, oci, of] of FORM_FIELDS)
    if (of(line).some(isMissing)) note(given.protocol === 'oci' ? oci : cxml, reason);
  if (protocol === 'oci') return;
  if (isMissing(line.description)) note(given.protocol === 'oci' ? 'LONGTEXT' : 'Description', reason);
  if (isMissing(line.unit)) note(given.protocol === 'oci' ? 'UNIT' : 'UnitOfMeasure', reason);
  for (const field of Object.keys(line.ociFields ?? {})) note(field, reason);
}
