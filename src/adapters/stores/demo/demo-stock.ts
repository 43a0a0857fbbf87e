import type { CartNotice } from '../../../domain/cart/cart.js';
import { compare, type DecimalText, parseDecimal } from '../../../domain/decimal.js';

const TEXTS = {
  de: { gone: 'Diesen Artikel gibt es im Shop nicht mehr.', soldOut: 'Der Artikel ist ausverkauft.', left: (count: string) => `Es sind nur noch ${count} da.` },
  en: { gone: 'The shop no longer has this article.', soldOut: 'The article is sold out.', left: (count: string) => `Only ${count} are left.` },
} as const;

export type Language = keyof typeof TEXTS;

/** What is left of articles, in the memory of this process. The shop has as much as anybody wants of an article that nobody has said a number for. */
export class DemoStock {
  readonly #left = new Map<string, DecimalText>();

  /** `left`: in the article's unit; undefined for as much as is wanted. */
  set(sku: string, left: DecimalText | undefined): void {
    if (left === undefined) this.#left.delete(sku);
    else this.#left.set(sku, left);
  }

  /** How much of `quantity` the shop has. */
  most(sku: string, quantity: DecimalText): DecimalText {
    const left = this.#left.get(sku);
    return left !== undefined && compare(parseDecimal(left), parseDecimal(quantity)) < 0 ? left : quantity;
  }
}

/** Of a line whose article is not in the catalogue any more. */
export function goneNotice(sku: string, language: Language): CartNotice {
  return { kind: 'line_dropped', item: sku, text: TEXTS[language].gone };
}

/** Of a line that the shop has less of than the cart holds. */
export function stockNotice(sku: string, left: DecimalText, language: Language): CartNotice {
  return left === '0' ? { kind: 'line_dropped', item: sku, text: TEXTS[language].soldOut } : { kind: 'quantity_changed', item: sku, text: TEXTS[language].left(left) };
}
