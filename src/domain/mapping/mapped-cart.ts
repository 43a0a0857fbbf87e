import type { Cart, CartLine } from '../cart/cart.js';
import type { NameValue } from '../transmission/setup-request.js';

/** A cart after the connection's mapping: units, classifications, promotions and shipping are as they will be written. */
export interface MappedCart extends Omit<Cart, 'lines'> {
  lines: MappedLine[];
}

export interface MappedLine extends CartLine {
  /** What the mapping says beyond the fields of a line; absent where it says nothing. */
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
