import type { NameValue } from '../../domain/setup-request.js';
import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

export interface TransferredPage {
  /** Host the cart went to. */
  host: string;
  /** Shows the stored payload again (POST); absent once the 24 hours for that are over. */
  again?: { action: string; hiddenFields: readonly NameValue[] };
  language: Language;
}

/** For a browser whose cart is gone already: nothing is sent unless the buyer asks for it (SECURITY T13). */
export function transferredPage({ host, again, language }: TransferredPage): string {
  const { title, text, next, button } = TEXTS[language].transferred;
  const sentences = again === undefined ? [text(host)] : [text(host), next];
  return page({ language, title, body: askBody({ title, sentences, ...(again === undefined ? {} : { post: { ...again, label: button } }) }) });
}
