import { type BuyerTexts, placesOf } from '../../domain/buyer-texts/buyer-texts.js';
import { ENGLISH } from '../../domain/buyer-texts/english.js';
import { LANGUAGES } from '../../domain/buyer-texts/languages.js';
import { nearestName } from '../../domain/nearest-name.js';
import { type Check, type OptionFault, group, text } from '../option-check.js';
import { valueSeen } from '../value-seen.js';

const CURE = 'texts by language: { de: { cancel: "Zurück" } }';

/**
 * An app's texts for buyers. Those of a language that we have may be some, those of another one must be all: a buyer
 * reads one language on a page, and what is missing is found at the start, not by a buyer.
 */
export const ownTexts: Check = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ option: path === '' ? 'texts' : path, cure: CURE, seen: valueSeen(value) }];
  return Object.entries(value).flatMap(([language, texts]) => {
    const place = path === '' ? language : `${path}.${language}`;
    if (!isLanguage(language)) return [languageFault(language, place)];
    if (texts === undefined) return [];
    return (Object.hasOwn(LANGUAGES, language) ? someTexts : wholeTexts)(texts, place);
  });
};

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language as pages and Accept-Language name it, without a region. */
function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}$/.test(code) && names.of(code) !== undefined;
}

function languageFault(code: string, option: string): OptionFault {
  const [plain = ''] = code.toLowerCase().split(/[-_]/);
  const meant = isLanguage(plain) ? plain : nearestName(code, Object.keys(LANGUAGES));
  return {
    option,
    cure: `the code of a language, without a region, e.g. it${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    seen: valueSeen(code),
  };
}

/** A check of the form of the English texts. `whole`: all must be there. */
function shaped(ours: BuyerTexts[keyof BuyerTexts] | BuyerTexts, whole: boolean): Check {
  if (typeof ours === 'string') return sentence(ours);
  const parts = Object.entries(ours as Record<string, BuyerTexts[keyof BuyerTexts]>);
  const checks = Object.fromEntries(parts.map(([name, part]) => [name, shaped(part, whole)]));
  const all = Object.keys(checks);
  return group(checks, `texts for ${all.join(', ')}`, whole ? all : []);
}

function sentence(english: string): Check {
  const places = placesOf(english);
  const what =
    places.length === 0
      ? 'a text without {…}'
      : `a text with ${places.map((name) => `{${name}}`).join(' and ')} and no other {…}`;
  return text(
    `${what}; in English "${english}"`,
    (given) => given.trim() !== '' && placesOf(given).join() === places.join(),
  );
}

const someTexts = shaped(ENGLISH, false);
const wholeTexts = shaped(ENGLISH, true);
