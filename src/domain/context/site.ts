/** Where a tenant sells: source 001's site. */
export interface Site {
  tenantId: string;
  siteCode: string;
  name: string;
  /** ISO 3166-1 alpha-2 of the home base. */
  country: string;
  /** ISO 4217; the first of `currencies`. */
  currency: string;
  currencies: string[];
  /** BCP 47, the first is the site's own; empty: any. */
  languages: string[];
  /** One for each tenant: of sessions that name no other. */
  isDefault: boolean;
}

export const SITE_CODE = /^[A-Za-z0-9][\w.-]{0,63}$/;
