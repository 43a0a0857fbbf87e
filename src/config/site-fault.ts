import { SITE_CODE, type Site } from '../domain/context/session-context.js';
import { type Outcome, refuse } from '../domain/error-codes.js';
import { languageTag } from '../domain/transmission/setup-request.js';
import { isCountry, isCurrency } from './iso-codes.js';

/** Refuses a site whose code is malformed, or whose country, a currency or a language is unknown. */
export function siteFault({ siteCode, country, currencies, languages }: Site): Outcome<never> | undefined {
  const fault = (field: string, reason: string): Outcome<never> => refuse('INVALID_REQUEST', reason, { field });
  if (!SITE_CODE.test(siteCode))
    return fault('site_code', `"${siteCode.slice(0, 80)}" is no site code: ${SITE_CODE.source}`);
  if (!isCountry(country)) return fault('country', `"${country}" is no country of ISO 3166-1`);
  for (const code of currencies)
    if (!isCurrency(code)) return fault('currency', `"${code}" is no currency of ISO 4217`);
  for (const tag of languages) if (languageTag(tag) !== tag) return fault('languages', `"${tag}" is no language tag`);
  return undefined;
}
