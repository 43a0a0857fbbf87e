/** An account copied from a template user for one transmission and removed after it (custom store integration). */
export interface CustomerClone {
  /** The shop's id of the account. */
  customerId: string;
  /** Further data that the shop needs to find the account; never a secret in clear. */
  handle?: Record<string, string>;
}

/** Roles of an account in its shop, lowest first. In a shop without roles every customer is a buyer. */
export const CUSTOMER_ROLES = ['guest', 'buyer', 'approver', 'admin'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

export function exceedsRole(role: CustomerRole, ceiling: CustomerRole): boolean {
  return CUSTOMER_ROLES.indexOf(role) > CUSTOMER_ROLES.indexOf(ceiling);
}

/** Content of an SSO link: the transmission, and the start token that opens it once. */
interface SsoToken {
  transmissionId: string;
  token: string;
}

/**
 * `{transmissionId}.{start token}`, opaque or JWT: needs no separate look-up, and every attempt can be audited at its
 * transmission.
 */
export function ssoTokenOf({ transmissionId, token }: SsoToken): string {
  return `${transmissionId}.${token}`;
}

/** Undefined for text of another format. */
export function readSsoToken(text: string | undefined): SsoToken | undefined {
  const match = /^([a-z0-9]{3,16}_[a-z2-7]{26})\.([\w-]{1,200}|(?=.{1,2000}$)[\w-]+\.[\w-]+\.[\w-]+)$/.exec(text ?? '');
  return match?.[1] === undefined || match[2] === undefined ? undefined : { transmissionId: match[1], token: match[2] };
}
