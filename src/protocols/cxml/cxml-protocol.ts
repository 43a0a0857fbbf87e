import type { ConnectionSettings } from '../../domain/access/connection.js';
import type { CartLine } from '../../domain/cart/cart.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { mayReopen } from '../../domain/transmission/transmission-rules.js';
import { quoteIdOf } from '../../domain/transmission/transmission.js';
import { looseName } from '../person-fields.js';
import { cxmlFormFields } from './cxml-form.js';
import { frameName } from '../oci/call-up/return-target.js';
import { writePunchOutOrderMessage } from './write/write-order-message.js';
import type { CartProtocol, MappedTransfer } from '../cart-protocol.js';
import { fieldValues } from '../mapping/field-rule.js';
import { mapCxmlLine } from '../mapping/map-line.js';

/** Who we are in UserAgent: product and version (cxml.md 2). Kept equal to package.json by a test. */
export const PRODUCT = 'headless-punchout 0.1.0';

/** cXML says a price as it is. */
export const cxmlProtocol: CartProtocol = {
  encode,
  canWritePrice: () => true,
  usualShipping: () => 'header',
  marksCharges: true,
  mayCarryCodes: ({ cxml }) => cxml.auxiliaryId !== false,
  prepareLine: (line, { cxml }) => withOciExtrinsics(cxml.auxiliaryId === false ? withoutMark(line) : line, cxml),
  mappedFields: ({ cxml }) => fieldValues(cxml),
  setFields: mapCxmlLine,
};

/**
 * The frame into which the cart is posted, from the Extrinsic ReturnFrame (cxml.md 8). A value that is no frame name is
 * ignored.
 */
function returnFrame(extrinsics: readonly NameValue[]): string | undefined {
  return frameName(extrinsics.find(({ name }) => looseName(name) === 'returnframe')?.value ?? '');
}

/** A PunchOutOrderMessage in its form field: parties swapped, BuyerCookie echoed, no lines for an inspect session. */
function encode(
  { transmission, connection, cart, unchanged, given }: MappedTransfer,
  payloadId: string,
  at: Date,
): Outcome<TransferPayload> {
  const { request } = transmission;
  const { settings } = connection;
  const allowed = settings.cxml.operationAllowed ?? 'edit';
  const written = writePunchOutOrderMessage({
    payloadId,
    at,
    language: request.language ?? settings.language,
    deploymentMode: request.deploymentMode,
    from: request.parties?.to ?? [],
    to: request.parties?.from ?? [settings.cxml.buyer ?? { domain: 'NetworkId', identity: connection.connectionId }],
    userAgent: PRODUCT,
    // A cXML call-up gets its BuyerCookie back, even an empty one (cxml.md 5). Other call-ups have none.
    buyerCookie:
      transmission.buyerCookie === '' && request.parties === undefined
        ? transmission.transmissionId
        : transmission.buyerCookie,
    operationAllowed:
      cart.operationAllowed !== undefined && mayReopen(allowed, cart.operationAllowed)
        ? cart.operationAllowed
        : allowed,
    inReplyTo: settings.cxml.inReplyTo === false ? undefined : request.payloadId,
    cart,
    given: given !== undefined,
    shipTo: cart.shipTo ?? request.shipTo,
    supplierOrderInfo: { orderId: quoteIdOf(transmission) },
    settings,
    unchanged: transmission.operation === 'inspect' || unchanged,
  });
  if (!written.ok) return written;
  const { document, total, linesCount, itemsCount } = written.value;
  return accept({
    payloadId,
    kind: 'cxml',
    action: transmission.returnUrl,
    method: 'post',
    target: returnFrame(request.extrinsics) ?? settings.cxml.frameTarget,
    charset: 'utf-8',
    fields: cxmlFormFields(document, settings.cxml),
    summary: { itemsCount, linesCount, totalAmount: total, currency: cart.currency },
  });
}

/** For buyers whose system cannot take our cookie on the line. */
function withoutMark(line: CartLine): CartLine {
  return { ...line, auxiliaryId: '' };
}

/**
 * An OCI field of the shop without a cXML element becomes an Extrinsic of its name. MANUFACTURER is ManufacturerName,
 * and MATNR is BuyerPartID where the DTD has it.
 */
function withOciExtrinsics(line: CartLine, { version }: ConnectionSettings['cxml']): CartLine {
  if (line.ociFields === undefined) return line;
  const { MANUFACTURER: _, ...fields } = line.ociFields;
  const customFields: Record<string, string> = { ...fields, ...line.customFields };
  if (line.productKey !== line.sku && line.productKey !== '') customFields['EXT_PRODUCT_ID'] = line.productKey;
  if (line.kind === 'service') customFields['SERVICE'] = 'X';
  if (version === '1.2.014' && line.buyerPartId !== undefined) customFields['MATNR'] = line.buyerPartId;
  return { ...line, customFields };
}
