import type { NameValue } from '../../domain/setup-request.js';
import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

export interface EmptyCartPage {
  shopHref: string;
  /** Ends the session without lines (POST). */
  back?: { action: string; hiddenFields: readonly NameValue[] };
  language: Language;
}

/** Nothing to transfer: shop on, or return without lines (DESIGN decision 6). */
export function emptyCartPage({ shopHref, back, language }: EmptyCartPage): string {
  const { title, text, shop, back: label } = TEXTS[language].emptyCart;
  const link = { href: shopHref, label: shop, primary: back === undefined };
  return page({ language, title, body: askBody({ title, sentences: [text], link, ...(back === undefined ? {} : { post: { ...back, label } }) }) });
}
