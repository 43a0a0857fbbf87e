import type { CartCharge } from '../../../domain/cart/cart.js';
import { isDecimalText } from '../../../domain/decimal.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { PartyCredential } from '../../../domain/transmission/setup-request.js';
import { escapeXmlText, type Markup, markupElement, markupText } from '../../xml/escape-xml.js';
import { cxmlTimestamp, documentStart } from './document-start.js';
import { type OrderLines, orderLines, type OrderMessageInput, type WrittenOrderMessage } from './order-lines.js';
import { itemInWriter } from './write-item-in.js';
import { writeShipTo } from './write-ship-to.js';

/** Approximate size of the chunks of `orderMessageChunks`, in characters. */
const CHUNK_LENGTH = 65_536;

/**
 * Writes a cart as PunchOutOrderMessage (cxml.md 7), valid by the DTD of `settings.cxml.version` and in pure US-ASCII,
 * so both form fields can hold it (cxml.md 8). Contains no secret. Refuses with CART_NOT_ENCODABLE, with the line and
 * the reason.
 */
export function writePunchOutOrderMessage(input: OrderMessageInput): Outcome<WrittenOrderMessage> {
  const checked = check(input);
  if (!checked.ok) return checked;
  const { lines, total, itemsCount } = checked.value;
  let document = '';
  for (const chunk of chunks(input, checked.value)) document += chunk;
  return accept({ document, total, itemsCount, linesCount: lines.length });
}

/**
 * The same document in chunks: memory does not grow with the number of lines. All lines are checked before the first
 * chunk.
 */
export function orderMessageChunks(input: OrderMessageInput): Outcome<Iterable<string>> {
  const checked = check(input);
  return checked.ok ? accept(chunks(input, checked.value)) : checked;
}

function check(input: OrderMessageInput): Outcome<OrderLines> {
  const { cart, settings } = input;
  if (input.to.length === 0) return refuse('CART_NOT_ENCODABLE', 'There is no credential to address the message to');
  if (cart.language.trim() === '') return refuse('CART_NOT_ENCODABLE', 'The cart has no language');
  for (const charge of [cart.shipping, cart.tax]) {
    if (charge !== undefined && !isDecimalText(charge.amount))
      return refuse('CART_NOT_ENCODABLE', 'Shipping or tax is not a decimal number');
  }
  return orderLines(input.unchanged === true ? { ...cart, lines: [] } : cart, settings.cxml.version);
}

function* chunks(input: OrderMessageInput, checked: OrderLines): Generator<string, void, undefined> {
  const { lines } = checked;
  const writeItemIn = itemInWriter(input, checked);
  let chunk = start(input, checked.total);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line !== undefined) chunk += writeItemIn(line, index);
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk;
      chunk = '';
    }
  }
  yield `${chunk}\n</PunchOutOrderMessage></Message></cXML>\n`;
}

function start(input: OrderMessageInput, total: string): Markup {
  const { settings } = input;
  const root = { payloadID: input.payloadId, timestamp: cxmlTimestamp(input.at), 'xml:lang': input.language };
  const message = { deploymentMode: input.deploymentMode, inReplyTo: input.inReplyTo };
  const status = input.unchanged === true ? markupElement('Status', { code: '204', text: 'No Content' }) : '';
  const supplier = [settings.cxml.supplier];
  const sender = credentials(supplier) + markupElement('UserAgent', {}, escapeXmlText(input.userAgent, true));
  const header =
    markupElement('From', {}, credentials(input.from.length === 0 ? supplier : input.from)) +
    markupElement('To', {}, credentials(input.to)) +
    markupElement('Sender', {}, sender);
  return (
    `${documentStart(settings.cxml.version)}${openTag('cXML', root)}\n${markupElement('Header', {}, header)}\n` +
    `${openTag('Message', message)}${status}<PunchOutOrderMessage>` +
    `${markupElement('BuyerCookie', {}, escapeXmlText(input.buyerCookie, true))}\n${messageHeader(input, total)}`
  );
}

function messageHeader(input: OrderMessageInput, total: string): Markup {
  const { cart, supplierOrderInfo } = input;
  const content =
    markupElement('Total', {}, money(total, cart.currency)) +
    (input.shipTo === undefined ? '' : writeShipTo(input.shipTo, cart.language)) +
    charge('Shipping', cart.shipping, input) +
    charge('Tax', cart.tax, input) +
    (supplierOrderInfo === undefined
      ? ''
      : markupElement('SupplierOrderInfo', { orderID: supplierOrderInfo.orderId }, '', true));
  return markupElement(
    'PunchOutOrderMessageHeader',
    { operationAllowed: input.operationAllowed, quoteStatus: cart.quoteStatus },
    content,
  );
}

function charge(
  name: 'Shipping' | 'Tax',
  value: CartCharge | undefined,
  { cart, unchanged }: OrderMessageInput,
): Markup {
  if (value === undefined || unchanged === true) return '';
  const description =
    markupText('Description', { 'xml:lang': value.language ?? cart.language }, value.description, true) ||
    markupText('Description', { 'xml:lang': cart.language }, name);
  return markupElement(name, {}, money(value.amount, cart.currency) + description);
}

function money(amount: string, currency: string): Markup {
  return markupElement('Money', { currency }, amount, true);
}

/** Never includes a SharedSecret, because the message passes through the buyer's browser (cxml.md 2). */
function credentials(party: PartyCredential[]): Markup {
  return party
    .map(({ domain, identity, type }) =>
      markupElement('Credential', { domain, type }, markupElement('Identity', {}, escapeXmlText(identity, true)), true),
    )
    .join('');
}

function openTag(name: string, attributes: Record<string, string | undefined>): Markup {
  return markupElement(name, attributes, '', true).replace(/\/>$/, '>');
}
