/** A customer of the shop: by number or by e-mail. */
export type StoreCustomer = { number: string } | { email: string };

/** Names a customer for call-ups that say something. Exactly one of `extrinsic` and `credential` is set. */
export interface CustomerRule {
  /** An Extrinsic (cXML) or a further parameter (OCI) with this value. */
  extrinsic?: { name: string; value: string };
  /** A credential of From (cXML), or the user name (OCI) as `identity`. Any domain where `domain` is absent. */
  credential?: { domain?: string; identity: string };
  customer: StoreCustomer;
}

/**
 * What the address id of ShipTo does: `ignore` nothing; with `default` and `refuse` the connection's table of addresses
 * chooses the customer, and an unknown id gets the default customer or is refused.
 */
export const SHIP_TO_POLICIES = ['ignore', 'default', 'refuse'] as const;
export type ShipToPolicy = (typeof SHIP_TO_POLICIES)[number];

/** The shop's customer whose prices a call-up gets, and what chose it. */
export interface ChosenCustomer {
  customer: StoreCustomer;
  /** `connection`: its usual customer. */
  by: 'address' | 'rule' | 'connection';
}

/** `10042`, or the e-mail. */
export function customerText(customer: StoreCustomer): string {
  return 'email' in customer ? customer.email : customer.number;
}

/** What people write: an e-mail has an @, everything else is a number. Undefined for nothing. */
export function customerOfText(text: string): StoreCustomer | undefined {
  const name = text.trim();
  if (name === '') return undefined;
  return name.includes('@') ? { email: name } : { number: name };
}
