import type { Request } from 'express';
import type { NotCarried } from '../../../domain/transmission/transfer-payload.js';
import { digestOf } from '../../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { cartOfOrderMessage } from '../../../protocols/cxml/cart-of-order-message.js';
import { TRANSFER_LIMITS } from '../../../protocols/cxml/cxml-document.js';
import { type UnwrappedDocument, unwrapBody, parseUnwrapped } from '../../../protocols/cxml/unwrap-body.js';
import { parseFormBody, wrappingHint } from '../../../protocols/form/parse-form-body.js';
import { cartOfOciItems } from '../../../protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../../protocols/oci/read/parse-cart-form.js';
import type { GivenCart } from '../../../usecases/transfer/transfer-given-cart.js';

/** Reads the body of a transfer. A refusal names the place and the reason. */
export type ReadGivenCart = (req: Request) => Outcome<GivenCart>;

/** A PunchOutOrderMessage (PunchOut Session API). */
export const readCxmlCart: ReadGivenCart = (req) => {
  const bytes = bytesOf(req);
  const unwrapped = unwrapBody(bytes, req.get('content-type'));
  if (!unwrapped.ok) return unwrapped;
  const parsed = parseUnwrapped(unwrapped.value, TRANSFER_LIMITS);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  if (document.kind !== 'PunchOutOrderMessage')
    return refuse(
      'OPERATION_NOT_SUPPORTED',
      'This address takes a PunchOutOrderMessage, not ' +
        (document.kind === 'unknown' ? document.name || 'a document without a message' : document.kind) +
        '. Call-ups go to /v1/punchout/setup, orders to /v1/punchout/order.',
    );
  const cart = cartOfOrderMessage(document.message);
  if (!cart.ok) return cart;
  const { cart: lines, notCarried } = cart.value === 'unchanged' ? { cart: cart.value, notCarried: [] } : cart.value;
  return accept({
    cart: lines,
    source: { protocol: 'cxml', notCarried: [...notCarried, ...attachmentsOf(unwrapped.value)] },
    buyerCookie: document.message.buyerCookie,
    digest: digestOf(bytes),
  });
};

/** Other parts of a MIME body. They are not passed on to the buyer. */
function attachmentsOf({ attachments }: UnwrappedDocument): NotCarried[] {
  return attachments.map(({ name, contentType }) => ({
    field: `attachment ${name === '' ? contentType : name}`.slice(0, 80),
    reason: 'The document for the buyer has no attachments.',
  }));
}

/**
 * Reads an OCI form (PunchOut Session API), urlencoded or multipart/form-data, up to the size in architecture.md
 * section 5.
 */
export const readOciCart: ReadGivenCart = (req) => {
  const bytes = bytesOf(req);
  const contentType = req.get('content-type') ?? '';
  const pairs = parseFormBody(bytes, contentType);
  if (!pairs.ok) return pairs;
  const form = parseOciCart(pairs.value);
  if (!form.ok) return form;
  if (form.value.items.length === 0)
    return refuse(
      'INVALID_REQUEST',
      'The form has no NEW_ITEM fields: write NEW_ITEM-DESCRIPTION[1], NEW_ITEM-QUANTITY[1] and so on.' +
        wrappingHint(contentType),
      { field: 'NEW_ITEM' },
    );
  const cart = cartOfOciItems(form.value.items);
  if (!cart.ok) return cart;
  const { notCarried, ...contents } = cart.value;
  const source = { protocol: 'oci', notCarried: [...notCarried, ...otherFormFields(form.value.passThrough)] } as const;
  return accept({ cart: contents, source, buyerCookie: '', digest: digestOf(bytes) });
};

/**
 * Lists form fields that belong to no item. Names that start with `~` belong to the protocol and are left out: we write
 * our own.
 */
function otherFormFields(fields: readonly NameValue[]): NotCarried[] {
  return fields
    .filter(({ name, value }) => !name.startsWith('~') && value.trim() !== '')
    .map(({ name }) => ({ field: name.slice(0, 80), reason: 'It is not a NEW_ITEM field.' }));
}

function bytesOf(req: Request): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}
