/** The shop owner. Owns everything; first column of every key. */
export interface Tenant {
  /** `^[a-z][a-z0-9]{2,15}$` (source 001). */
  tenantId: string;
  name: string;
  settings: TenantSettings;
}

export interface TenantSettings {
  /** Origins of shop frontends that may call us with JSON; they count as same-site (DESIGN decision 1). */
  frontendOrigins: string[];
  /** ISO 4217 of the figures that name no currency; EUR when absent. */
  currency?: string;
}

export const TENANT_ID = /^[a-z][a-z0-9]{2,15}$/;
