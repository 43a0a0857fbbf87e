import { cartSummary } from '../../domain/cart/cart-total.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import {
  checkoutAddress,
  hasExactUnitPrice,
  parseProductFieldName,
  type ProductField,
  productFieldName,
} from './repost-fields.js';
import type { CartProtocol, MappedTransfer } from '../cart-protocol.js';
import { keyFieldOf } from '../../domain/cart/carried-codes.js';
import { formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';
import type { MappedCart, MappedLine } from '../../domain/mapping/mapping.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { pricePerUnit } from '../cxml/write/order-lines.js';
import { arrangeLines } from '../oci/write/arrange-lines.js';

/** The form has no fields that a mapping could name. */
export const repostProtocol: CartProtocol = {
  encode,
  canWritePrice: hasExactUnitPrice,
  usualShipping: () => 'header',
  marksCharges: true,
  mayCarryCodes: ({ repost }) => repost?.codesInProductId !== false,
  prepareLine: (line) => line,
  mappedFields: () => [],
  setFields: (line) => line,
};

/**
 * Punchout Rocket's auto-post form. It has no api_key: where a connection wants the key in the form, it is added when
 * the form is shown (usecases/access/authenticate-key.ts).
 */
function encode(
  { transmission, cart, unchanged, categoryNumbers = new Map() }: MappedTransfer,
  payloadId: string,
): Outcome<TransferPayload> {
  const { request, operation, buyerCookie, returnUrl } = transmission;
  if (request.repost === undefined) return refuse('OPERATION_NOT_SUPPORTED');
  const sent = unchanged === true || operation === 'inspect' ? { ...cart, lines: [] } : cart;
  const fields = writeRepostForm({
    cart: sent,
    sessionToken: buyerCookie,
    endCustomerId: request.repost.endCustomerId,
    categoryNumbers,
  });
  if (!fields.ok) return fields;
  const linesCount = fields.value.filter(({ name }) => parseProductFieldName(name)?.field === 'sku').length;
  const summary = { ...cartSummary(sent), linesCount };
  return accept({
    payloadId,
    kind: 'repost',
    action: checkoutAddress(returnUrl),
    method: 'post',
    target: '_self',
    charset: 'utf-8',
    fields: fields.value,
    summary,
  });
}

interface RepostFormInput {
  cart: Pick<MappedCart, 'lines' | 'currency'>;
  /** As received in the clone request. */
  sessionToken: string;
  endCustomerId: number;
  categoryNumbers: ReadonlyMap<string, number>;
}

/** architecture.md section 5: the limit of our own receiver. */
const MAX_LINES = 10_000;

/**
 * Writes the fields of the auto-post form of a custom store integration. `end_customer_id` is in its list of fields
 * although its example leaves it out; `price` is the unit price as in the list, although the example's 31.90 is the
 * line total of 2 at 15.95. All fields of a line are written, empty ones too. Of a bundle only the lines whose price
 * counts are sent. Refuses CART_NOT_ENCODABLE: a quantity that is not an integer, a unit price that digits cannot
 * express, too many lines.
 */
export function writeRepostForm({
  cart,
  sessionToken,
  endCustomerId,
  categoryNumbers,
}: RepostFormInput): Outcome<NameValue[]> {
  const arranged = arrangeLines(cart.lines, false);
  if (arranged.length > MAX_LINES)
    return refuse('CART_NOT_ENCODABLE', `The cart has more than ${MAX_LINES} lines.`, { limit: MAX_LINES });
  const fields: NameValue[] = [
    { name: 'session_token', value: sessionToken },
    { name: 'end_customer_id', value: String(endCustomerId) },
  ];
  for (const [index, { line, cartLine }] of arranged.entries()) {
    const values = lineValues(line, cartLine, cart.currency, categoryNumbers);
    if (!values.ok) return values;
    for (const [field, value] of values.value) fields.push({ name: productFieldName(index, field), value });
  }
  return accept(fields);
}

function lineValues(
  line: MappedLine,
  cartLine: number,
  currency: string,
  categoryNumbers: ReadonlyMap<string, number>,
): Outcome<[ProductField, string][]> {
  const quantity = trimZeros(parseDecimal(line.quantity));
  if (quantity.scale > 0)
    return refuse('CART_NOT_ENCODABLE', `Line ${cartLine}: the middleware accepts only whole quantities.`, {
      line: cartLine,
      sku: line.sku,
      field: 'quantity',
    });
  const price = pricePerUnit(line, currency);
  if (price === undefined)
    return refuse('CART_NOT_ENCODABLE', `Line ${cartLine}: its price for one unit cannot be written.`, {
      line: cartLine,
      sku: line.sku,
      field: 'price',
    });
  const numbers = (line.categoryIds ?? []).flatMap((id) => categoryNumbers.get(id) ?? []);
  return accept([
    ['sku', line.sku],
    // A discount, and shipping as a line, are marked so that an edit that returns them is recognised.
    ['product_id', line[keyFieldOf(line, 'repost')]],
    ['description', line.name],
    ['quantity', formatDecimal(quantity)],
    ['price', price],
    ['currency', currency],
    ['manufacturer_name', line.manufacturerName ?? ''],
    ['category_ids', numbers.join(',')],
  ]);
}
