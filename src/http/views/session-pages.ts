import type { NameValue } from '../../domain/transmission/setup-request.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import type { LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { referenceText } from './texts.js';

/**
 * Asks for a click before a login takes effect (architecture.md decision 1: mail scanners and link previews do not
 * click).
 */
export function continuePage({
  action,
  hiddenFields,
  texts,
}: {
  action: string;
  hiddenFields: readonly NameValue[];
  texts: LanguageTexts;
}): string {
  const { title, text, button } = texts.continueLogin;
  return page({
    language: texts.language,
    title,
    body: askBody({ title, sentences: [text], post: { action, label: button, hiddenFields } }),
  });
}

/** For a browser that did not return our cookie, usually in a third-party frame (architecture.md decision 1). */
export function cookiesRefusedPage({
  newWindowUrl,
  texts,
  reference,
}: {
  newWindowUrl: string;
  texts: LanguageTexts;
  reference: string;
}): string {
  const { title, text, next, button } = texts.cookiesRefused;
  const link = { href: newWindowUrl, label: button, primary: true, newWindow: true };
  const small = referenceText(reference, texts);
  return page({ language: texts.language, title, body: askBody({ title, sentences: [text, next], link, small }) });
}

interface SessionConflictPage {
  /** Same-origin address that ends the other session and continues with this one (POST). */
  action: string;
  hiddenFields: readonly NameValue[];
  /** The shop of the open session. Absent: no link back. */
  keepHref?: string;
  texts: LanguageTexts;
  reference: string;
}

/** 409 at login for a browser that has another live session (architecture.md decision 2). */
export function sessionConflictPage({ action, hiddenFields, keepHref, texts, reference }: SessionConflictPage): string {
  const { title, text, next, button, keep } = texts.conflict;
  const link = keepHref === undefined ? {} : { link: { href: keepHref, label: keep } };
  return page({
    language: texts.language,
    title,
    body: askBody({
      title,
      sentences: [text, next],
      post: { action, label: button, hiddenFields },
      small: referenceText(reference, texts),
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
  texts: LanguageTexts;
  hiddenFields: readonly NameValue[];
}

/**
 * Asks for confirmation before a request from another site takes effect (architecture.md decision 1). Texts:
 * `BuyerTexts.confirm`.
 */
export function confirmPage({ action, title, text, button, cancelHref, texts, hiddenFields }: ConfirmPage): string {
  const body = askBody({
    title,
    sentences: [text],
    post: { action, label: button, hiddenFields },
    link: { href: cancelHref, label: texts.cancel },
  });
  return page({ language: texts.language, title, body });
}

interface EndedPage {
  shopHref: string;
  texts: LanguageTexts;
  /** The session ended by a transfer. Its cart can be sent again from the address that shows this page. */
  wasSent?: boolean;
}

/**
 * Shown after a logout without a transfer, and after a logout without a session. Without a session no frame may show
 * the shop (T07), so its link opens a new window.
 */
export function endedPage({ shopHref, texts, wasSent = false }: EndedPage): string {
  const link = { href: shopHref, label: texts.ended.link, newWindow: true };
  if (!wasSent) {
    const { title, text, next } = texts.ended;
    return page({ language: texts.language, title, body: askBody({ title, sentences: [text, next], link }) });
  }
  const { title, text, next, button } = texts.sent;
  const post = { action: '?transferred=1', label: button, hiddenFields: [] };
  return page({ language: texts.language, title, body: askBody({ title, sentences: [text, next], post, link }) });
}
