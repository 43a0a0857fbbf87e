import type { ConnectionSettings } from '../../../domain/access/connection.js';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { MappedCart } from '../../../domain/mapping/mapping.js';
import type { NameValue, SetupRequest, OciCallUp } from '../../../domain/transmission/setup-request.js';
import { chooseOciCharset } from './transliterate.js';
import { arrangeLines, type ArrangedLine, shippingLine } from './arrange-lines.js';
import { type FieldContext, writeItemFields } from './write-item-fields.js';
import { frameTarget } from '../call-up/return-target.js';

interface OciCartInput {
  /** Includes the fields of the connection's mapping, if it was applied. */
  cart: MappedCart;
  request: SetupRequest;
  settings: ConnectionSettings;
  /** Goes into EXT_QUOTE_ID, at most 35 characters of ASCII; the purchase order returns it. */
  quoteId: string;
  /** Receives the values that the fields of the lines cannot hold; absent if the shop gets no report. */
  notCarried?: NotCarried[];
}

/** EXT_QUOTE_ID of oci.md 3. */
const MAX_QUOTE_ID_LENGTH = 35;

/**
 * Writes a cart as the hidden fields of an OCI return form (oci.md 3, 8.1 to 8.10), for the charset of
 * `chooseOciCharset`: pass-through fields first, then the items without gaps; empty fields are omitted. No cart text
 * ever becomes part of a name (T18); mapped fields have the names of the settings. An empty cart gives only the
 * pass-through fields (oci.md 8.10). Bundles: a buyer of OCI 5.0 gets all lines with ITEM_TYPE and PARENT_ID, at price
 * 0 if the price is in another line. For others, free parts are named in the long text of their bundle, and parts with
 * prices are sent without the bundle. Fields that a shop sent in its own OCI cart are included (`setShopFields`).
 * Refuses CART_NOT_ENCODABLE with the line and field if OCI cannot express it exactly: negative amounts (OCI has no
 * sign), more decimals or digits than fit, article numbers that are too long or not in the charset, units of more than
 * 3 characters. Details: `line` (1 for the first of the cart), `lineId`, `field`.
 */
export function writeOciCartFields({
  cart,
  request,
  settings,
  quoteId,
  notCarried = [],
}: OciCartInput): Outcome<NameValue[]> {
  const fields = passThroughFields(request.oci, settings.oci.alwaysPassThrough);
  if (!CURRENCY_CODE.test(cart.currency))
    return refuse('CART_NOT_ENCODABLE', 'The currency of the cart is not an ISO 4217 code.', { field: 'CURRENCY' });
  if (quoteId.length > MAX_QUOTE_ID_LENGTH || !/^[\x21-\x7e]+$/.test(quoteId)) {
    return refuse(
      'CART_NOT_ENCODABLE',
      `The quote id is not 1 to ${MAX_QUOTE_ID_LENGTH} characters of printable ASCII.`,
      { field: 'EXT_QUOTE_ID' },
    );
  }
  const context: FieldContext = {
    charset: chooseOciCharset(request, settings.oci),
    currency: cart.currency,
    quoteId,
    units: settings.units,
    vendor: settings.oci.vendor,
    startIndex: settings.oci.startIndex,
    vendorFields: settings.mapping?.ociVendorFields ?? [],
    notCarried,
  };
  const lines: ArrangedLine[] = arrangeLines(cart.lines, isVersion5(request));
  const shipping = settings.oci.shippingAsLine ? shippingLine(cart) : undefined;
  if (shipping !== undefined) lines.push({ line: shipping, cartLine: cart.lines.length + 1, counts: true });
  for (const [place, line] of lines.entries()) {
    const refusal = writeItemFields(fields, line, place, context);
    if (refusal !== undefined)
      return refuse('CART_NOT_ENCODABLE', `Line ${line.cartLine}: ${refusal.reason}`, {
        line: line.cartLine,
        lineId: line.line.lineId,
        field: refusal.field,
      });
  }
  return accept(fields);
}

function isVersion5(request: SetupRequest): boolean {
  return /^\s*5(?:\.|\s*$)/.test(request.oci?.version ?? '');
}

/**
 * The fields that old (ITS) buyers need back (oci.md 3, 8.7): each that was received, or all of them if the connection
 * says always. `~OkCode` and `~CALLER` are SAP's constants whatever the call-up sent, because an OkCode is a command to
 * the buyer's transaction; `~TARGET` only as a frame name (T18, T19).
 */
function passThroughFields(oci: OciCallUp | undefined, always: boolean): NameValue[] {
  const fields: NameValue[] = [];
  if (always || oci?.okCode !== undefined) fields.push({ name: '~OkCode', value: 'ADDI' });
  if (always || oci?.target !== undefined)
    fields.push({ name: '~TARGET', value: frameTarget(oci?.target ?? oci?.returnTarget ?? '_top') });
  if (always || oci?.caller !== undefined) fields.push({ name: '~CALLER', value: 'CTLG' });
  return fields;
}
