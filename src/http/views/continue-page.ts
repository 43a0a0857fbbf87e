import type { NameValue } from '../../domain/transmission/setup-request.js';
import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

/** Asks for a click before a login takes effect (DESIGN decision 1: mail scanners and link previews do not click). */
export function continuePage({
  action,
  hiddenFields,
  language,
}: {
  action: string;
  hiddenFields: readonly NameValue[];
  language: Language;
}): string {
  const { title, text, button } = TEXTS[language].continueLogin;
  return page({
    language,
    title,
    body: askBody({ title, sentences: [text], post: { action, label: button, hiddenFields } }),
  });
}
