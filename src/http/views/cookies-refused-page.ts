import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

/** For a browser that did not bring our cookie back, usually in a third-party frame (DESIGN decision 1). */
export function cookiesRefusedPage({ newWindowUrl, language }: { newWindowUrl: string; language: Language }): string {
  const { title, text, next, button } = TEXTS[language].cookiesRefused;
  const link = { href: newWindowUrl, label: button, primary: true, newWindow: true };
  return page({ language, title, body: askBody({ title, sentences: [text, next], link }) });
}
