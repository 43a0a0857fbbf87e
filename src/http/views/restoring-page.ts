import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import type { Language } from './texts.js';

const RESTORING = {
  en: {
    title: 'Your cart is being filled',
    text: (count: number) =>
      `We are putting its ${count} items back. This page goes on by itself as soon as they are there.`,
    link: 'Look again',
  },
  de: {
    title: 'Ihr Warenkorb wird gef\u00fcllt',
    text: (count: number) =>
      `Wir legen seine ${count} Positionen wieder hinein. Diese Seite geht von selbst weiter, sobald sie da sind.`,
    link: 'Noch einmal nachsehen',
  },
} as const;

const LOOK_AGAIN_SECONDS = 1;

/** While the lines of a large edited cart are on their way; asks again by itself, without script. */
export function restoringPage({ count, href, language }: { count: number; href: string; language: Language }): string {
  const { title, text, link } = RESTORING[language];
  return page({
    language,
    title,
    refreshTo: href,
    refreshAfterSeconds: LOOK_AGAIN_SECONDS,
    body: askBody({ title, sentences: [text(count)], link: { href, label: link } }),
  });
}
