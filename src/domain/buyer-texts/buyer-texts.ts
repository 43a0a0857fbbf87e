import type { CartNotice } from '../cart/cart.js';
import type { RestoreDifference } from '../cart/restore-report.js';
import type { PageTexts } from './error-texts-english.js';

export interface AskTexts {
  title: string;
  text: string;
  button: string;
}

export interface TransferTexts {
  title: string;
  text: string;
  items: string;
  total: string;
  target: string;
  fallback: string;
  button: string;
}

/**
 * All that a buyer reads on our pages, in one language. `{host}` and other names in braces stand for values; every
 * language has those of English. A missing sentence does not compile.
 */
export interface BuyerTexts {
  transfer: TransferTexts;
  /** Texts for a page after which the buyer's system keeps its cart unchanged. */
  unchanged: Omit<TransferTexts, 'items' | 'total'>;
  cancel: string;
  reference: string;
  /** The confirmations of architecture.md decisions 1 and 6, for `confirmPage`. */
  confirm: Record<'logout' | 'transfer' | 'emptied', AskTexts>;
  continueLogin: AskTexts;
  cookiesRefused: { title: string; text: string; next: string; button: string };
  conflict: { title: string; text: string; next: string; button: string; keep: string };
  redirect: { title: string; text: string; link: string };
  restored: { title: string; text: string; link: string };
  differences: Record<RestoreDifference, string>;
  restoring: { title: string; text: string; link: string };
  changed: Record<'title' | 'byShop' | 'again' | 'left' | 'items' | 'total' | 'nothing' | 'button' | 'link', string>;
  notices: Record<CartNotice['kind'], string>;
  ended: { title: string; text: string; next: string; link: string };
  sent: { title: string; text: string; next: string; button: string };
  hits: { title: string; none: string; text: string; button: string };
  errors: PageTexts;
}

/** The texts of one language, and which one it is: BCP 47 without a region, `fr`. */
export interface LanguageTexts extends BuyerTexts {
  language: string;
}

/** Some of the sentences, at their places. */
export type SomeTexts<Texts> = { [Name in keyof Texts]?: Texts[Name] extends string ? string : SomeTexts<Texts[Name]> };

/**
 * An app's own texts by language: `it`. For a language that we have, those that differ from ours; for another one, all
 * of them (`BuyerTexts`).
 */
export type OwnTexts = Readonly<Record<string, SomeTexts<BuyerTexts>>>;

/** A sentence with its values. */
export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

const PLACE = /\{(\w+)\}/g;

/** The values that a sentence has places for: `['host']`. */
export function placesOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(PLACE)].map(([, name = '']) => name))].toSorted();
}
