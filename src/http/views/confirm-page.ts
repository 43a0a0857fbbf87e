import type { NameValue } from '../../domain/transmission/setup-request.js';
import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

export interface ConfirmPage {
  /** The address that was asked for; the button posts to it. */
  action: string;
  title: string;
  text: string;
  button: string;
  /** Back to where nothing happens. */
  cancelHref: string;
  language: Language;
  hiddenFields: readonly NameValue[];
}

/** Asks before something that another site triggered takes effect (DESIGN decision 1); texts: `TEXTS[language].confirm`. */
export function confirmPage({ action, title, text, button, cancelHref, language, hiddenFields }: ConfirmPage): string {
  const body = askBody({
    title,
    sentences: [text],
    post: { action, label: button, hiddenFields },
    link: { href: cancelHref, label: TEXTS[language].cancel },
  });
  return page({ language, title, body });
}
