import { type DecimalText, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { ItemKey, RequestedItem } from '../../domain/transmission/setup-request.js';
import type { CloneRequest } from '../../usecases/punchout/clone-user.js';
import { CLONE_BODY, type CloneBody } from './clone-schema.js';
import { fieldCheck, missing } from './field-check.js';

const check = fieldCheck<CloneBody>(CLONE_BODY, 'body');

/** Source 004's clone request. What is null counts as absent, and so does the empty list that PHP makes of an empty object. */
export function readCloneRequest(body: unknown): Outcome<CloneRequest> {
  const checked = check(withoutNulls(body));
  if (!checked.ok) return checked;
  const {
    username,
    end_customer_id,
    session_token,
    operation,
    gateway_base_url,
    selected_item,
    cart_items = [],
  } = checked.value;
  const items: RequestedItem[] = [];
  for (const [index, { sku, product_id, quantity, price, description, currency }] of cart_items.entries()) {
    const key = itemKeyOf(sku, product_id);
    if (key === undefined) return missing(`cart_items.${index}.sku`);
    const amount = price === undefined ? undefined : decimalOf(price);
    items.push({
      ...key,
      quantity: String(quantity),
      ...(amount === undefined || currency === undefined
        ? {}
        : { claimedUnitPrice: { amount, currency: currency.toUpperCase() } }),
      ...(description === undefined ? {} : { description }),
    });
  }
  const selectedItem = itemKeyOf(selected_item?.supplier_part_id, selected_item?.supplier_part_auxiliary_id);
  return accept({
    username,
    endCustomerId: Number(end_customer_id),
    sessionToken: session_token,
    operation,
    gatewayBaseUrl: gateway_base_url.trim(),
    ...(selectedItem === undefined ? {} : { selectedItem }),
    items,
  });
}

/** Either may be missing ("if present"), not both. */
function itemKeyOf(
  sku: string | number | undefined = '',
  productId: string | number | undefined = '',
): ItemKey | undefined {
  const [supplierPartId, auxiliaryId] = [String(sku), String(productId)];
  if (supplierPartId === '' && auxiliaryId === '') return undefined;
  return {
    supplierPartId: supplierPartId === '' ? auxiliaryId : supplierPartId,
    ...(auxiliaryId === '' ? {} : { auxiliaryId }),
  };
}

/**
 * Not `readDecimal`: the schema refuses texts with a comma, and a JSON number has been parsed by then. JavaScript
 * writes its digits back, very small numbers with an exponent.
 */
function decimalOf(price: number | string): DecimalText {
  const text = String(price);
  return formatDecimal(trimZeros(parseDecimal(text.includes('e') ? Number(price).toFixed(10) : text)));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === null || (name === 'selected_item' && Array.isArray(member) && member.length === 0)
        ? []
        : [[name, withoutNulls(member)]],
    ),
  );
}
