import type { StoreCustomer } from '../../domain/access/store-customer.js';

/** Which address ids of ShipTo belong to which customer of the shop, by connection. */
export interface ShipToAddresses {
  /**
   * What the table says about an address id of a call-up. `unknown`: the id is now among the unknown ones, once, unless
   * the connection has MOST_UNKNOWN of them.
   */
  meet(address: Address & { place: string }): Promise<'unknown' | { customer: StoreCustomer | undefined }>;
  /** What the table says about an address id, without a call-up. Undefined: it is not in the table. */
  find(address: Address): Promise<{ customer: StoreCustomer | undefined } | undefined>;
  /** Ids of the table, without the unknown ones, in their order; at most `limit`. */
  known(tenantId: string, connectionId: string, limit: number): Promise<ShipToAddress[]>;
  /** By address id, unknown ones first. `after`: the mark of the page before. */
  list(
    tenantId: string,
    connectionId: string,
    page: { limit: number; after?: string; unknownOnly?: boolean },
  ): Promise<{ addresses: ShipToAddress[]; next?: string }>;
  /** Of the unknown ones, up to MOST_UNKNOWN. */
  countUnknown(tenantId: string, connectionId: string): Promise<number>;
  /** Puts an id into the table, or changes its customer. Undefined: the usual customer of the connection. */
  save(address: Address, customer: StoreCustomer | undefined): Promise<void>;
  /** How many ids the table of a connection holds, without the unknown ones. */
  count(tenantId: string, connectionId: string): Promise<number>;
  /** With the catalogue, the files and the push of its index; reports of runs stay. False: there was none. */
  remove(address: Address): Promise<boolean>;
}

interface Address {
  tenantId: string;
  connectionId: string;
  addressId: string;
}

export interface ShipToAddress {
  addressId: string;
  /** False: a call-up named it, and nobody has decided about it. */
  isKnown: boolean;
  /** Absent: the usual customer of the connection. */
  customer?: StoreCustomer;
  /** Postal code, town and country, as the first call-up named them. */
  place: string;
  /** When it was first named, or put into the table. */
  createdAt: Date;
}

/** A caller with the right secret can send any number of ids: more are not recorded. */
export const MOST_UNKNOWN = 500;
