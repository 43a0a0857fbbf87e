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

/** For a browser that did not bring our cookie back, usually in a third-party frame (DESIGN decision 1). */
export function cookiesRefusedPage({ newWindowUrl, language }: { newWindowUrl: string; language: Language }): string {
  const { title, text, next, button } = TEXTS[language].cookiesRefused;
  const link = { href: newWindowUrl, label: button, primary: true, newWindow: true };
  return page({ language, title, body: askBody({ title, sentences: [text, next], link }) });
}

interface SessionConflictPage {
  /** Same-origin address that ends the other session and goes on with this one (POST). */
  action: string;
  hiddenFields: readonly NameValue[];
  /** The shop of the session that is open; absent: no way back is offered. */
  keepHref?: string;
  language: Language;
}

/** 409 at login for a browser that has another live session (DESIGN decision 2). */
export function sessionConflictPage({ action, hiddenFields, keepHref, language }: SessionConflictPage): string {
  const { title, text, next, button, keep } = TEXTS[language].conflict;
  const link = keepHref === undefined ? {} : { link: { href: keepHref, label: keep } };
  return page({
    language,
    title,
    body: askBody({ title, sentences: [text, next], post: { action, label: button, hiddenFields }, ...link }),
  });
}
