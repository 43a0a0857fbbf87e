import type { DecimalText } from '../decimal.js';

/**
 * How one connection's carts differ from what the writers would say by themselves (DESIGN decision 8). Declarative JSON,
 * validated when it is saved; it is configuration only, so no name of an outgoing field ever comes from a cart.
 */
export interface ConnectionMapping {
  /** Outgoing cXML element or Extrinsic (domain/mapping/mapping-fields.ts) -> where its text comes from. */
  cxml?: Record<string, FieldRule>;
  /** Outgoing OCI field, without `NEW_ITEM-` and index (OCI.md 3) -> where its text comes from. */
  oci?: Record<string, FieldRule>;
  /** Names that `oci` may use although OCI.md 3 does not have them: the buyer asked for them. */
  ociVendorFields?: string[];
  classifications?: ClassificationRules;
  /** Default: the header of a cXML cart; for OCI what `oci.shippingAsLine` says. OCI has no header: there `header` sends nothing, with a warning. */
  shipping?: ShippingPlace;
  /** Default: `negative_line` for cXML (a price may be negative, a quantity never: RULES 7), `spread` for OCI, which has no sign. */
  promotions?: PromotionRule;
}

/** The first source whose value, transformed, is not empty wins; then `fixed`, as it stands; then what the writer does by itself. */
export interface FieldRule {
  /** Source path (domain/mapping/mapping-source.ts). */
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
  /** Cut to at most so many code points, or bytes of UTF-8; never inside what a reader sees as one character. */
  | { maxLength: number; unit?: 'characters' | 'bytes' }
  /** Filled up to `length` code points with the one character `with`; at the start unless `side` says otherwise. */
  | { pad: { length: number; with: string; side?: 'start' | 'end' } }
  /** A decimal number times `by`, rounded half away from zero where `digits` behind the point are named. What is no number becomes empty. */
  | { scale: { by: DecimalText; digits?: number } }
  /** By exact value; what the table lacks becomes `otherwise`, or empty, so that the next source is asked. */
  | { lookup: { table: Record<string, string>; otherwise?: string } }
  /** Every one of these characters goes. */
  | { remove: string };

export interface ClassificationRules {
  /** The domains that are sent, in this order; absent: all, in the order of the store. */
  domains?: string[];
  /** domain -> code -> what is sent instead. Codes that are not listed stay. */
  tables?: Record<string, Record<string, { domain: string; code: string }>>;
}

export type ShippingPlace = 'header' | 'line' | 'none';
export type PromotionRule = 'negative_line' | 'spread' | 'refuse';
