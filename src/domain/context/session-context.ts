import { type Outcome, accept, refuse } from '../error-codes.js';

/** Site, currency, language and other settings of a session (session context). */
export interface SessionContext {
  tenantId: string;
  sessionId: string;
  fields: ContextFields;
  /** Data that a shop stores with a session, by name. */
  attributes: Record<string, unknown>;
  /** Increases with every change of the fields; attributes have no optimistic locking. */
  version: number;
  createdAt: Date;
  modifiedAt: Date;
}

export interface ContextFields {
  /** Only for a real customer who is logged in. */
  customerId?: string;
  siteCode?: string;
  /** ISO 4217. */
  currency?: string;
  cartId?: string;
  /** ISO 3166-1 alpha-2. */
  targetLocation?: string;
  /** BCP 47. */
  language?: string;
}

/** Absent fields stay unchanged. */
export interface ContextWish extends ContextFields {
  /** Replaces all attributes. */
  attributes?: Record<string, unknown>;
}

/**
 * The fields after the change, by the rules of the tenant's sites: moving to a site that lacks the session's currency
 * or language selects the site's default. Refuses CONTEXT_REFUSED, naming the field.
 */
export function fieldsAfter(
  before: ContextFields,
  wish: ContextFields,
  sites: readonly Site[],
): Outcome<ContextFields> {
  const after = { ...before, ...wish };
  const site = sites.find(({ siteCode }) => siteCode === after.siteCode);
  if (wish.siteCode !== undefined && site === undefined) return refused('siteCode', 'There is no such site.');
  if (site === undefined) return accept(after);
  if (wish.currency !== undefined && !site.currencies.includes(wish.currency))
    return refused(
      'currency',
      `Site ${site.siteCode} does not sell in this currency; it has ${site.currencies.join(', ')}.`,
    );
  if (wish.language !== undefined && !speaks(site, wish.language))
    return refused(
      'language',
      `Site ${site.siteCode} does not have this language; it has ${site.languages.join(', ')}.`,
    );
  if (wish.siteCode === undefined || wish.siteCode === before.siteCode) return accept(after);
  const own = site.languages[0];
  if (!site.currencies.includes(after.currency ?? '')) after.currency = site.currency;
  if (own !== undefined && !speaks(site, after.language ?? '')) after.language = own;
  return accept(after);
}

/** Initial fields of a session without further information. */
export function fieldsOf(site: Site | undefined): ContextFields {
  const language = site?.languages[0];
  return site === undefined
    ? {}
    : {
        siteCode: site.siteCode,
        currency: site.currency,
        targetLocation: site.country,
        language,
      };
}

function speaks({ languages }: Site, tag: string): boolean {
  return (
    languages.length === 0 ||
    languages.some(
      (language) =>
        language.toLowerCase() === tag.toLowerCase() || language.toLowerCase() === tag.split('-')[0]?.toLowerCase(),
    )
  );
}

function refused(field: string, reason: string): Outcome<never> {
  return refuse('CONTEXT_REFUSED', `${field}: ${reason}`, { field });
}

/** A sales region of a tenant: Emporix's site. */
export interface Site {
  tenantId: string;
  siteCode: string;
  name: string;
  /** ISO 3166-1 alpha-2 of the home base. */
  country: string;
  /** ISO 4217; the first of `currencies`. */
  currency: string;
  currencies: string[];
  /** BCP 47, the first is the site's default; empty: any. */
  languages: string[];
  /** One per tenant: used by sessions that name no site. */
  isDefault: boolean;
}

export const SITE_CODE = /^[A-Za-z0-9][\w.-]{0,63}$/;
