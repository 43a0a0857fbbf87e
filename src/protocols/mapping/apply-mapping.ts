import type { Cart, CartLine } from '../../domain/cart/cart.js';
import { pricePerBasis } from '../../domain/cart/cart-total.js';
import { carryCodes } from '../../domain/cart/carried-codes.js';
import { markCharge } from '../../domain/cart/discount-codes.js';
import type { Connection, CxmlVersion } from '../../domain/access/connection.js';
import { formatDecimal } from '../../domain/decimal.js';
import { accept, type Outcome } from '../../domain/error-codes.js';
import type { MappedCart, MappedLine, ShippingPlace } from '../../domain/mapping/mapping.js';
import type { Price } from '../../domain/mapping/mapping-discount.js';
import { settlePromotions } from '../../domain/mapping/settle-promotions.js';
import type { SetupRequest } from '../../domain/transmission/setup-request.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import { hasExactUnitPrice } from '../repost/repost-fields.js';
import { SHIPPING_LINE, shippingLine } from '../oci/write/arrange-lines.js';
import { writePrice } from '../oci/write/write-number.js';
import { type FieldValue, fieldValues } from './field-rule.js';
import { classificationMapper, mapCxmlLine, mapOciLine } from './map-line.js';
import type { SourceContext } from './read-source.js';

export interface MappingInput {
  cart: Cart;
  request: SetupRequest;
  connection: Connection;
  /** What the cart will be written in. */
  protocol: Protocol;
}

/**
 * The cart as the writers shall write it (architecture.md decision 8): discounts and shipping settled, units and
 * classifications by the connection's tables, mapped fields set. Afterwards the unit table and `oci.shippingAsLine`
 * have had their say: writers get settings without them (`writerSettings`). Refuses CART_NOT_ENCODABLE for a discount
 * that cannot be written.
 */
export function applyMapping({ cart, request, connection, protocol }: MappingInput): Outcome<MappedCart> {
  const mapping = connection.settings.mapping ?? {};
  const rule = mapping.promotions ?? PROTOCOL_RULES[protocol].promotions;
  const settled = settlePromotions(cart, rule, (price) => isWritable(price, protocol));
  if (!settled.ok) return settled;

  const place = mapping.shipping ?? defaultShipping(protocol, connection);
  const lines = withShipping(settled.value, cart, place);
  const marked = protocol === 'oci' ? lines : lines.map((line) => (isCharge(line) ? markCharge(line) : line));
  const carrying = mayCarryCodes(protocol, connection) ? carryCodes(marked, cart, protocol) : marked;
  const { shipping, ...rest } = cart;
  const mapLine = lineMapper({ cart, request, connection, protocol });
  return accept({
    ...rest,
    ...(place === 'header' && shipping !== undefined ? { shipping } : {}),
    lines: carrying.map(mapLine),
  });
}

/** Settings for a writer that gets a mapped cart. */
export function writerSettings({ settings }: Pick<Connection, 'settings'>): Connection['settings'] {
  return { ...settings, units: {}, oci: { ...settings.oci, shippingAsLine: false } };
}

/** Whether the ids of lines may have discount codes behind them. OCI has no edit that could bring the codes back. */
function mayCarryCodes(protocol: Protocol, { settings }: Connection): boolean {
  return protocol === 'cxml' || (protocol === 'repost' && settings.repost?.codesInProductId !== false);
}

/** cXML says a price as it is; the others must be able to write it down. */
function isWritable(price: Price, protocol: Protocol): boolean {
  if (protocol === 'oci') return writePrice(formatDecimal(pricePerBasis(price)), price.priceBasis) !== undefined;
  return protocol === 'cxml' || hasExactUnitPrice(price);
}

/** An OCI cart keeps shipping beside its lines though nothing writes it: the pre-flight says that it is lost. */
function defaultShipping(protocol: Protocol, { settings }: Connection): ShippingPlace {
  return protocol === 'oci' && settings.oci.shippingAsLine ? 'line' : 'header';
}

/** Promotions, and the line that `withShipping` makes: what an edit brings back without being an article. */
function isCharge({ kind, lineId, productKey }: CartLine): boolean {
  return kind === 'promotion' || (kind === 'service' && lineId === SHIPPING_LINE && productKey === '');
}

function withShipping(lines: CartLine[], cart: Cart, place: ShippingPlace): CartLine[] {
  const line = place === 'line' ? shippingLine(cart) : undefined;
  return line === undefined ? lines : [...lines, line];
}

/** Lines that nothing is said about stay the same objects. */
function lineMapper({
  cart,
  request,
  connection,
  protocol,
}: MappingInput): (line: CartLine, place: number) => MappedLine {
  const { units, mapping = {} } = connection.settings;
  const unitOf = new Map(Object.entries(units));
  const classify = mapping.classifications === undefined ? undefined : classificationMapper(mapping.classifications);
  const fields: [string, FieldValue][] =
    protocol === 'cxml' ? fieldValues(mapping.cxml) : protocol === 'oci' ? fieldValues(mapping.oci) : [];
  const mapFields = protocol === 'oci' ? mapOciLine : mapCxmlLine;

  const { version } = connection.settings.cxml;

  return (given, place) => {
    const line = protocol === 'cxml' ? withOciExtrinsics(given, version) : given;
    const unit = unitOf.get(line.unit);
    const priceUnit = line.priceUnit === undefined ? undefined : unitOf.get(line.priceUnit);
    const tabled =
      unit === undefined && priceUnit === undefined && classify === undefined
        ? line
        : {
            ...line,
            unit: unit ?? line.unit,
            priceUnit: priceUnit ?? line.priceUnit,
            classifications: classify?.(line.classifications) ?? line.classifications,
          };
    if (fields.length === 0) return tabled;
    const context: SourceContext = { line, lineNumber: place + 1, cart, request, connection };
    return mapFields(tabled, context, fields);
  };
}

/**
 * An OCI field of the shop without a cXML element becomes an Extrinsic of its name. MANUFACTURER is ManufacturerName,
 * and MATNR is BuyerPartID where the DTD has it.
 */
function withOciExtrinsics(line: CartLine, version: CxmlVersion): CartLine {
  if (line.ociFields === undefined) return line;
  const { MANUFACTURER: _, ...fields } = line.ociFields;
  const customFields: Record<string, string> = { ...fields, ...line.customFields };
  if (line.productKey !== line.sku && line.productKey !== '') customFields['EXT_PRODUCT_ID'] = line.productKey;
  if (line.kind === 'service') customFields['SERVICE'] = 'X';
  if (version === '1.2.014' && line.buyerPartId !== undefined) customFields['MATNR'] = line.buyerPartId;
  return { ...line, customFields };
}
