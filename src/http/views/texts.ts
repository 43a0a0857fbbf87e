import type { BuyerTexts } from './buyer-texts.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import { GERMAN } from './german.js';

/** Languages of the demo, of API messages and of the console. Pages for buyers have more: `BuyerTexts`. */
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

/** Languages of the pages that buyers see. A new one is a file and a place in this list. */
export const BUYER_TEXTS: readonly BuyerTexts[] = [ENGLISH, GERMAN, FRENCH];

/** What a buyer reads, by a language tag or an Accept-Language header; English if they want none of ours. */
export function textsFor(tags: string | undefined): BuyerTexts {
  const best = bestLanguage(
    tags,
    BUYER_TEXTS.map(({ language }) => language),
    ENGLISH.language,
  );
  return BUYER_TEXTS.find(({ language }) => language === best) ?? ENGLISH;
}

/** Text for an article or discount: its name, if known, and its number. */
export function articleText(number: string, name: string | undefined): string {
  return name === undefined ? number : `${name} (${number})`;
}

/** Small print of a page: finds this attempt in the message log and the process log. */
export function referenceText(reference: string, texts: BuyerTexts): string {
  return `${texts.reference}: ${reference}`;
}
