import type { PurchaseLine } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { TRANSFER_LIMITS } from './cxml-limits.js';
import { readCxmlForm } from './form/read-cxml-form.js';
import { parseCxml } from './parse-cxml.js';

/** The lines of a cart that was sent as cXML; undefined for one of another protocol. */
export function linesOfPayload({ kind, fields }: TransferPayload): PurchaseLine[] | undefined {
  const form = kind === 'cxml' ? readCxmlForm(fields) : undefined;
  const parsed = form?.ok === true ? parseCxml(form.value, undefined, TRANSFER_LIMITS) : undefined;
  if (parsed?.ok !== true || parsed.value.kind !== 'PunchOutOrderMessage') return undefined;
  return parsed.value.message.lines.map(({ supplierPartId, auxiliaryId, quantity, unitPrice, priceBasis, unit, tax }) => ({
    supplierPartId,
    quantity,
    unitPrice,
    ...(auxiliaryId === undefined ? {} : { auxiliaryId }),
    ...(priceBasis === undefined ? {} : { priceBasis: priceBasis.quantity }),
    ...(unit === undefined ? {} : { unit }),
    ...(tax === undefined ? {} : { tax: tax.amount }),
  }));
}
