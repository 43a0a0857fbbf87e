import type { LanguageTexts, OwnTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { allLanguages } from '../../domain/buyer-texts/languages.js';

/** Languages of the demo, of API messages and of the console. Pages for buyers have more: `buyerTexts`. */
export type Language = 'de' | 'en';

/** One range of an Accept-Language header, or a single tag: `de-AT;q=0.8`, `de_DE`, `*`. */
const RANGE = /^(\*|[a-z]{1,8})(?:[-_][a-z0-9]{1,8})*(?:;q=(\d(?:\.\d{0,3})?))?$/;
const MOST_RANGES = 50;

/** German or English, by `bestLanguage`. */
export function languageOf(tags: string | undefined, fallback: Language = 'en'): Language {
  return bestLanguage(tags, ['de', 'en'], fallback);
}

/**
 * The offered language for a language tag or an Accept-Language header (RFC 9110, 12.5.4): the one with the highest
 * weight; if equal, the one named first. `*` matches languages that are not named, 0 excludes one. If none is wanted:
 * `fallback`, or another one if only `fallback` is excluded.
 */
function bestLanguage<Tag extends string>(tags: string | undefined, offered: readonly Tag[], fallback: Tag): Tag {
  const weights = new Map<string, number>();
  for (const range of (tags ?? '').toLowerCase().split(',', MOST_RANGES)) {
    const [, name, weight = '1'] = RANGE.exec(range.replace(/\s/g, '')) ?? [];
    if (name !== undefined) weights.set(name, Math.max(weights.get(name) ?? 0, Number(weight)));
  }
  const weightOf = (tag: Tag): number => weights.get(tag) ?? weights.get('*') ?? 0;
  const best = Math.max(...offered.map(weightOf));
  if (best === 0)
    return weights.get(fallback) === 0 ? (offered.find((tag) => weights.get(tag) !== 0) ?? fallback) : fallback;
  const wanted = offered.filter((tag) => weightOf(tag) === best);
  const [first] = [...weights.keys()].flatMap((name) => wanted.filter((tag) => tag === name));
  return first ?? (wanted.includes(fallback) ? fallback : (wanted[0] ?? fallback));
}

/** What a buyer reads, by a language tag or an Accept-Language header; English if they want none that is known. */
export type TextsFor = (tags: string | undefined) => LanguageTexts;

/** Our texts in every language, with an app's own in them. */
export function buyerTexts(own: OwnTexts = {}): TextsFor {
  const all = allLanguages(own);
  const offered = all.map(({ language }) => language);
  return (tags) => {
    const best = bestLanguage(tags, offered, 'en');
    return all.find(({ language }) => language === best) ?? (all[0] as LanguageTexts);
  };
}

/** The same without texts of an app. */
export const shippedTexts = buyerTexts();

/** Text for an article or discount: its name, if known, and its number. */
export function articleText(number: string, name: string | undefined): string {
  return name === undefined ? number : `${name} (${number})`;
}

/** Small print of a page: finds this attempt in the message log and the process log. */
export function referenceText(reference: string, texts: LanguageTexts): string {
  return `${texts.reference}: ${reference}`;
}
