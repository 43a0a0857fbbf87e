import type { BuyerTexts, LanguageTexts, OwnTexts } from './buyer-texts.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import { GERMAN } from './german.js';

/** Languages of the pages that buyers see. A new one is a file and a place here. */
export const LANGUAGES: Readonly<Record<string, BuyerTexts>> = { en: ENGLISH, de: GERMAN, fr: FRENCH };

/** The texts of every language, ours with an app's own in them. A language of the app's is complete (`textsFaults`). */
export function allLanguages(own: OwnTexts = {}): LanguageTexts[] {
  return [...new Set([...Object.keys(LANGUAGES), ...Object.keys(own)])].map((language) => ({
    ...(merged(LANGUAGES[language], own[language]) as BuyerTexts),
    language,
  }));
}

/** What is given, and ours where nothing is. */
function merged(ours: unknown, given: unknown): unknown {
  if (given === undefined) return ours;
  if (typeof given === 'string') return given;
  const [known, changed] = [ours, given].map((texts) => (texts ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    [...new Set([known, changed].flatMap((texts) => Object.keys(texts ?? {})))].map((name) => [
      name,
      merged(known?.[name], changed?.[name]),
    ]),
  );
}
