/** An account that was made after a template user for one transmission, and goes when that is over (source 004). */
export interface CustomerClone {
  /** The shop's id of the account. */
  customerId: string;
  /** Whatever else the shop needs to find it; never a secret in clear. */
  handle?: Record<string, string>;
}

/** What an account may do in its shop, least first. In a shop without roles every customer is a buyer. */
export const CUSTOMER_ROLES = ['guest', 'buyer', 'approver', 'admin'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

export function exceedsRole(role: CustomerRole, ceiling: CustomerRole): boolean {
  return CUSTOMER_ROLES.indexOf(role) > CUSTOMER_ROLES.indexOf(ceiling);
}
