import type { NotCarried, TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { cartSummary, pricePerBasis } from '../../domain/cart/cart-total.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { quoteIdOf } from '../../domain/transmission/transmission.js';
import { chooseOciCharset } from './write/transliterate.js';
import { hookUrlAsReceived, splitHookUrl } from './call-up/return-target.js';
import { writeOciCartFields } from './write/write-cart-form.js';
import type { CartProtocol, MappedTransfer } from '../cart-protocol.js';
import { fieldValues } from '../mapping/field-rule.js';
import { mapOciLine } from '../mapping/map-line.js';
import { writePrice } from './write/write-number.js';
import { formatDecimal } from '../../domain/decimal.js';

/** OCI has no edit that could bring charges or codes back. */
export const ociProtocol: CartProtocol = {
  encode,
  canWritePrice: (price) => writePrice(formatDecimal(pricePerBasis(price)), price.priceBasis) !== undefined,
  // Without a line nothing writes it: the pre-flight says that it is lost.
  usualShipping: ({ oci }) => (oci.shippingAsLine ? 'line' : 'header'),
  marksCharges: false,
  mayCarryCodes: () => false,
  prepareLine: (line) => line,
  mappedFields: ({ oci }) => fieldValues(oci),
  setFields: mapOciLine,
};

/** Every line of the form has this field. */
const QUANTITY = /^NEW_ITEM-QUANTITY\[/;

/** An OCI return form: HOOK_URL as received, or split by setting; posted into the frame that the call-up named. */
function encode({ transmission, connection, cart }: MappedTransfer, payloadId: string): Outcome<TransferPayload> {
  const { settings } = connection;
  const notCarried: NotCarried[] = [];
  const written = writeOciCartFields({
    cart,
    request: transmission.request,
    settings,
    quoteId: quoteIdOf(transmission),
    notCarried,
  });
  if (!written.ok) return written;
  const hook = settings.oci.splitHookUrl
    ? splitHookUrl(transmission.returnUrl)
    : hookUrlAsReceived(transmission.returnUrl);
  return accept({
    payloadId,
    kind: 'oci',
    action: hook.action,
    method: 'post',
    target: transmission.request.oci?.returnTarget ?? '_top',
    charset: chooseOciCharset(transmission.request, settings.oci),
    fields: [...withoutNames(hook.fields, written.value), ...written.value],
    summary: { ...cartSummary(cart), linesCount: written.value.filter(({ name }) => QUANTITY.test(name)).length },
    notCarried: notCarried.length === 0 ? undefined : notCarried,
  });
}

/** The query of HOOK_URL may hold `~OkCode` and similar fields; fields of the cart take precedence. */
function withoutNames(fields: readonly NameValue[], stronger: readonly NameValue[]): NameValue[] {
  const taken = new Set(stronger.map(({ name }) => name.toLowerCase()));
  return fields.filter(({ name }) => !taken.has(name.toLowerCase()));
}
