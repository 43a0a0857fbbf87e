import { cartSummary } from '../../domain/cart/cart-total.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { checkoutAddress, hasExactUnitPrice, parseProductFieldName } from './repost-fields.js';
import { writeRepostForm } from './write-repost-form.js';
import type { CartProtocol, MappedTransfer } from '../cart-protocol.js';

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
