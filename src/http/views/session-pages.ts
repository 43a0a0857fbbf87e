import type { NameValue } from '../../domain/transmission/setup-request.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import { type Language, TEXTS, referenceText } from './texts.js';

/**
 * Asks for a click before a login takes effect (architecture.md decision 1: mail scanners and link previews do not
 * click).
 */
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

/** For a browser that did not return our cookie, usually in a third-party frame (architecture.md decision 1). */
export function cookiesRefusedPage({
  newWindowUrl,
  language,
  reference,
}: {
  newWindowUrl: string;
  language: Language;
  reference: string;
}): string {
  const { title, text, next, button } = TEXTS[language].cookiesRefused;
  const link = { href: newWindowUrl, label: button, primary: true, newWindow: true };
  const small = referenceText(reference, language);
  return page({ language, title, body: askBody({ title, sentences: [text, next], link, small }) });
}

interface SessionConflictPage {
  /** Same-origin address that ends the other session and continues with this one (POST). */
  action: string;
  hiddenFields: readonly NameValue[];
  /** The shop of the open session. Absent: no link back. */
  keepHref?: string;
  language: Language;
  reference: string;
}

/** 409 at login for a browser that has another live session (architecture.md decision 2). */
export function sessionConflictPage({
  action,
  hiddenFields,
  keepHref,
  language,
  reference,
}: SessionConflictPage): string {
  const { title, text, next, button, keep } = TEXTS[language].conflict;
  const link = keepHref === undefined ? {} : { link: { href: keepHref, label: keep } };
  return page({
    language,
    title,
    body: askBody({
      title,
      sentences: [text, next],
      post: { action, label: button, hiddenFields },
      small: referenceText(reference, language),
      ...link,
    }),
  });
}

interface ConfirmPage {
  /** The requested address; the button posts to it. */
  action: string;
  title: string;
  text: string;
  button: string;
  /** Address to go back to without any change. */
  cancelHref: string;
  language: Language;
  hiddenFields: readonly NameValue[];
}

/**
 * Asks for confirmation before a request from another site takes effect (architecture.md decision 1). Texts:
 * `TEXTS[language].confirm`.
 */
export function confirmPage({ action, title, text, button, cancelHref, language, hiddenFields }: ConfirmPage): string {
  const body = askBody({
    title,
    sentences: [text],
    post: { action, label: button, hiddenFields },
    link: { href: cancelHref, label: TEXTS[language].cancel },
  });
  return page({ language, title, body });
}

const ENDED = {
  en: {
    title: 'There is no punchout session here',
    text: 'Your session has ended. A cart that was not transferred before that is discarded.',
    next: 'To shop again, start from your procurement system.',
    link: 'To the shop',
  },
  de: {
    title: 'Hier ist keine Punchout-Sitzung offen',
    text: 'Ihre Sitzung ist beendet. Ein Warenkorb, der vorher nicht übergeben wurde, ist verworfen.',
    next: 'Um wieder einzukaufen, beginnen Sie in Ihrem Einkaufssystem.',
    link: 'Zum Shop',
  },
} as const;
const SENT = {
  en: {
    title: 'Your cart was transferred',
    text: 'Your cart was handed over to your procurement system. That ended your session.',
    next: 'If it has not arrived there, send it again.',
    button: 'Send the cart again',
  },
  de: {
    title: 'Ihr Warenkorb wurde übergeben',
    text: 'Ihr Warenkorb ist an Ihr Einkaufssystem übergeben worden. Damit ist Ihre Sitzung beendet.',
    next: 'Falls er dort nicht angekommen ist, senden Sie ihn noch einmal.',
    button: 'Warenkorb noch einmal senden',
  },
} as const;

interface EndedPage {
  shopHref: string;
  language: Language;
  /** The session ended by a transfer. Its cart can be sent again from the address that shows this page. */
  wasSent?: boolean;
}

/**
 * Shown after a logout without a transfer, and after a logout without a session. Without a session no frame may show
 * the shop (T07), so its link opens a new window.
 */
export function endedPage({ shopHref, language, wasSent = false }: EndedPage): string {
  const link = { href: shopHref, label: ENDED[language].link, newWindow: true };
  if (!wasSent) {
    const { title, text, next } = ENDED[language];
    return page({ language, title, body: askBody({ title, sentences: [text, next], link }) });
  }
  const { title, text, next, button } = SENT[language];
  const post = { action: '?transferred=1', label: button, hiddenFields: [] };
  return page({ language, title, body: askBody({ title, sentences: [text, next], post, link }) });
}
