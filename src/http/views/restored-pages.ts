import type { RestoreDifference, RestoredItem } from '../../domain/cart/restore-report.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import { filled, type LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { articleText } from './texts.js';
import { amountText, numberText } from '../../console/ui/numbers.js';

/** How an item differs, in one or two sentences. Empty for an unchanged item. */
export function restoredSentences(item: RestoredItem, texts: LanguageTexts): string[] {
  const { difference, price } = item;
  if (difference === undefined) return [];
  const amount = (text: string | undefined): string =>
    price === undefined || text === undefined ? '' : amountText(text, price.currency, texts.language);
  const shown = {
    article: articleText(item.supplierPartId, item.name),
    requested: numberText(item.requested, texts.language),
    got: numberText(item.got, texts.language),
    claimed: amount(price?.claimed),
    now: amount(price?.now),
  };
  const kinds: RestoreDifference[] =
    price !== undefined && difference !== 'price_changed' ? [difference, 'price_changed'] : [difference];
  return kinds.map((kind) => filled(texts.differences[kind], shown));
}

/**
 * Shown after the login of an edit or inspect session if some lines could not be restored unchanged (architecture.md
 * decision 6).
 */
export function restoredPage({
  differences,
  cartHref,
  texts,
}: {
  differences: readonly RestoredItem[];
  cartHref: string;
  texts: LanguageTexts;
}): string {
  const { title, text, link } = texts.restored;
  const sentences = [text, ...differences.flatMap((item) => restoredSentences(item, texts))];
  return page({
    language: texts.language,
    title,
    body: askBody({ title, sentences, link: { href: cartHref, label: link, primary: true } }),
  });
}

const LOOK_AGAIN_SECONDS = 1;

/** Shown while the lines of a large edited cart are being restored. Reloads without script. */
export function restoringPage({ count, href, texts }: { count: number; href: string; texts: LanguageTexts }): string {
  const { title, text, link } = texts.restoring;
  return page({
    language: texts.language,
    title,
    refreshTo: href,
    refreshAfterSeconds: LOOK_AGAIN_SECONDS,
    body: askBody({
      title,
      sentences: [filled(text, { count: numberText(String(count), texts.language) })],
      link: { href, label: link },
    }),
  });
}
