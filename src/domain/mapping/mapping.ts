import type { DecimalText } from '../decimal.js';
import type { Cart, CartLine } from '../cart/cart.js';
import type { NameValue } from '../transmission/setup-request.js';

/**
 * How the carts of one connection differ from the writers' defaults (architecture.md decision 8). Declarative JSON,
 * validated when it is saved. It is configuration only, so no name of an outgoing field ever comes from a cart.
 */
export interface ConnectionMapping {
  /** Outgoing cXML element or Extrinsic (domain/mapping/mapping-fields.ts) -> source of its text. */
  cxml?: Record<string, FieldRule>;
  /** Outgoing OCI field, without `NEW_ITEM-` and index (oci.md 3) -> source of its text. */
  oci?: Record<string, FieldRule>;
  /** Names in `oci` that are not in oci.md 3 but that the buyer requires. */
  ociVendorFields?: string[];
  classifications?: ClassificationRules;
  /**
   * Default: the header of a cXML cart; for OCI the setting `oci.shippingAsLine`. OCI has no header: there `header`
   * sends nothing, with a warning.
   */
  shipping?: ShippingPlace;
  /**
   * Default: `negative_line` for cXML (a price may be negative, a quantity never: cxml.md 7), `spread` for OCI, which
   * has no sign.
   */
  promotions?: PromotionRule;
}

/** The first source whose transformed value is not empty wins; then `fixed`, unchanged; then the writer's default. */
export interface FieldRule {
  /** Source path (domain/mapping/mapping.ts). */
  from?: string;
  /** Up to three further source paths. */
  fallbacks?: string[];
  fixed?: string;
  /** Applied one after the other to each source's value. */
  transforms?: Transform[];
}

export type Transform =
  | 'trim'
  | 'upper'
  | 'lower'
  /** Cuts to at most this many code points, or bytes of UTF-8; never inside a user-perceived character. */
  | { maxLength: number; unit?: 'characters' | 'bytes' }
  /** Pads to `length` code points with the single character `with`; at the start unless `side` says otherwise. */
  | { pad: { length: number; with: string; side?: 'start' | 'end' } }
  /**
   * Multiplies a decimal number by `by`, rounded half away from zero if `digits` (after the point) is set. Other text
   * becomes empty.
   */
  | { scale: { by: DecimalText; digits?: number } }
  /** By exact value; a value missing in the table becomes `otherwise`, or empty, so that the next source is used. */
  | { lookup: { table: Record<string, string>; otherwise?: string } }
  /** Removes all of these characters. */
  | { remove: string };

export interface ClassificationRules {
  /** The domains that are sent, in this order; absent: all, in the order of the store. */
  domains?: string[];
  /** domain -> code -> replacement. Codes that are not listed stay. */
  tables?: Record<string, Record<string, { domain: string; code: string }>>;
}

export type ShippingPlace = 'header' | 'line' | 'none';
export type PromotionRule = 'negative_line' | 'spread' | 'refuse';

/** Everything that a field rule can read by a fixed name. */
export const SOURCE_PATHS = [
  'line.number',
  'line.sku',
  'line.productKey',
  'line.auxiliaryId',
  'line.kind',
  'line.name',
  'line.description',
  'line.unit',
  'line.quantity',
  'line.unitPrice',
  'line.priceBasis',
  'line.manufacturerPartId',
  'line.manufacturerName',
  'line.gtin',
  'line.url',
  'line.imageUrl',
  'line.leadTimeDays',
  'line.taxRate',
  'line.taxAmount',
  'request.payloadId',
  'request.deploymentMode',
  'request.language',
  'request.currency',
  'request.buyer.email',
  'request.buyer.name',
  'request.buyer.company',
  'request.buyer.userId',
  'request.shipTo.addressId',
  'request.shipTo.name',
  'request.shipTo.deliverTo',
  'request.shipTo.street',
  'request.shipTo.city',
  'request.shipTo.state',
  'request.shipTo.postalCode',
  'request.shipTo.countryCode',
  'request.shipTo.countryName',
  'request.shipTo.email',
  'request.shipTo.phone',
  'request.oci.version',
  'request.oci.function',
  'request.oci.vendor',
  'connection.tenantId',
  'connection.connectionId',
  'connection.name',
  'connection.language',
  'connection.currency',
  'connection.supplier.domain',
  'connection.supplier.identity',
  'connection.vendor',
  'cart.cartId',
  'cart.currency',
  'cart.language',
  'cart.shipping.amount',
  'cart.shipping.description',
  'cart.shipping.code',
  'cart.tax.amount',
  'cart.tax.description',
  'cart.tax.code',
] as const;

/** Sources with a name that the connection chooses: `line.customFields.costCenter`. */
export const SOURCE_PREFIXES = [
  'line.classification.',
  'line.classificationName.',
  'line.customFields.',
  'request.extrinsic.',
  'request.oci.extra.',
] as const;

export type SourcePath = (typeof SOURCE_PATHS)[number];
export type SourcePrefix = (typeof SOURCE_PREFIXES)[number];

const PATHS: ReadonlySet<string> = new Set(SOURCE_PATHS);
const MAX_NAME_LENGTH = 100;

export function isFixedSourcePath(path: string): path is SourcePath {
  return PATHS.has(path);
}

/**
 * The prefix of a path and the name after it; undefined for a path without a prefix, or with an empty or overlong name.
 */
export function namedSource(path: string): { prefix: SourcePrefix; name: string } | undefined {
  const prefix = SOURCE_PREFIXES.find((start) => path.startsWith(start));
  if (prefix === undefined) return undefined;
  const name = path.slice(prefix.length);
  return name.trim() === '' || name.length > MAX_NAME_LENGTH ? undefined : { prefix, name };
}

export function isSourcePath(path: string): boolean {
  return isFixedSourcePath(path) || namedSource(path) !== undefined;
}

/** A cart after the connection's mapping: units, classifications, promotions and shipping as they will be written. */
export interface MappedCart extends Omit<Cart, 'lines'> {
  lines: MappedLine[];
}

export interface MappedLine extends CartLine {
  /** Mapped fields that are not fields of a line; absent where there are none. */
  outgoing?: OutgoingFields;
}

export interface OutgoingFields {
  shortName?: string;
  buyerPartId?: string;
  /** Names come from the connection's settings, never from a cart. */
  extrinsics?: NameValue[];
  /** OCI field -> value, in the order of the settings. */
  oci?: ReadonlyMap<string, string>;
}
