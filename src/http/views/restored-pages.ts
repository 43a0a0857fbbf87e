import type { RestoreDifference, RestoredItem } from '../../domain/cart/restore-report.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import { type Language, articleText } from './texts.js';
import { amountText, numberText } from '../../console/ui/numbers.js';

const RESTORED = {
  en: {
    title: 'Your cart is not quite as it was',
    text: 'Since you last transferred this cart, something has changed in the shop:',
    link: 'To the cart',
  },
  de: {
    title: 'Ihr Warenkorb ist nicht ganz wie zuvor',
    text: 'Seit Sie diesen Warenkorb zuletzt \u00fcbergeben haben, hat sich im Shop etwas ge\u00e4ndert:',
    link: 'Zum Warenkorb',
  },
} as const;

const SENTENCES: Record<Language, Record<RestoreDifference, (item: ShownItem) => string>> = {
  en: {
    gone: ({ article }) => `${article} is no longer in the shop and was left out.`,
    sold_out: ({ article }) => `${article} is sold out and was left out.`,
    invalid: ({ article, requested }) => `${article} cannot be bought in the quantity ${requested} and was left out.`,
    quantity_changed: ({ article, requested, got }) =>
      `${article}: the quantity is now ${got} instead of ${requested}.`,
    price_changed: ({ article, claimed, now }) => `${article}: one unit now costs ${now} instead of ${claimed}.`,
    discount_gone: ({ article }) => `The discount code ${article} has no effect on this cart any more.`,
  },
  de: {
    gone: ({ article }) => `${article} gibt es im Shop nicht mehr; der Artikel fehlt.`,
    sold_out: ({ article }) => `${article} ist ausverkauft; der Artikel fehlt.`,
    invalid: ({ article, requested }) =>
      `${article} l\u00e4sst sich in der Menge ${requested} nicht kaufen; der Artikel fehlt.`,
    quantity_changed: ({ article, requested, got }) => `${article}: Die Menge ist jetzt ${got} statt ${requested}.`,
    price_changed: ({ article, claimed, now }) => `${article}: Eine Einheit kostet jetzt ${now} statt ${claimed}.`,
    discount_gone: ({ article }) => `Der Rabattcode ${article} wirkt auf diesen Warenkorb nicht mehr.`,
  },
};

interface ShownItem {
  article: string;
  requested: string;
  got: string;
  claimed: string;
  now: string;
}

/** How an item differs, in one or two sentences. Empty for an unchanged item. */
export function restoredSentences(item: RestoredItem, language: Language): string[] {
  const { difference, price } = item;
  if (difference === undefined) return [];
  const amount = (text: string | undefined): string =>
    price === undefined || text === undefined ? '' : amountText(text, price.currency, language);
  const shown = {
    article: articleText(item.supplierPartId, item.name),
    requested: numberText(item.requested, language),
    got: numberText(item.got, language),
    claimed: amount(price?.claimed),
    now: amount(price?.now),
  };
  const kinds: RestoreDifference[] =
    price !== undefined && difference !== 'price_changed' ? [difference, 'price_changed'] : [difference];
  return kinds.map((kind) => SENTENCES[language][kind](shown));
}

/**
 * Shown after the login of an edit or inspect session if some lines could not be restored unchanged (architecture.md
 * decision 6).
 */
export function restoredPage({
  differences,
  cartHref,
  language,
}: {
  differences: readonly RestoredItem[];
  cartHref: string;
  language: Language;
}): string {
  const { title, text, link } = RESTORED[language];
  const sentences = [text, ...differences.flatMap((item) => restoredSentences(item, language))];
  return page({
    language,
    title,
    body: askBody({ title, sentences, link: { href: cartHref, label: link, primary: true } }),
  });
}

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

/** Shown while the lines of a large edited cart are being restored. Reloads without script. */
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
