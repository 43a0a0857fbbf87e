import { type Outcome, accept } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { mayReopen } from '../../domain/transmission/transmission-rules.js';
import { quoteIdOf } from '../../domain/transmission/transmission.js';
import { looseName } from '../../protocols/person-fields.js';
import { cxmlFormFields } from '../../protocols/cxml/cxml-form.js';
import { frameName } from '../../protocols/oci/call-up/return-target.js';
import { writePunchOutOrderMessage } from '../../protocols/cxml/write/write-order-message.js';
import { writerSettings } from '../../protocols/mapping/apply-mapping.js';
import { type MappedTransfer, PRODUCT } from './prepare-cart.js';

/**
 * The frame into which the cart is posted, from the Extrinsic ReturnFrame (cxml.md 8). A value that is no frame name is
 * ignored.
 */
function returnFrame(extrinsics: readonly NameValue[]): string | undefined {
  return frameName(extrinsics.find(({ name }) => looseName(name) === 'returnframe')?.value ?? '');
}

/** A PunchOutOrderMessage in its form field: parties swapped, BuyerCookie echoed, no lines for an inspect session. */
export function encodeCxmlCart(
  { transmission, connection, cart, unchanged, given }: MappedTransfer,
  payloadId: string,
  at: Date,
): Outcome<TransferPayload> {
  const { request } = transmission;
  const settings = writerSettings(connection);
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
    ...(transmission.operation === 'inspect' || unchanged === true ? { unchanged: true } : {}),
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
