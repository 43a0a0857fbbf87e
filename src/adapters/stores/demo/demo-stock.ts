import type { CartNotice } from '../../../domain/cart/cart.js';
import { compare, type DecimalText, parseDecimal } from '../../../domain/decimal.js';
import type { Product } from './catalogue/product.js';

const TEXTS = {
  de: {
    gone: 'Diesen Artikel gibt es im Shop nicht mehr.',
    soldOut: 'Der Artikel ist ausverkauft.',
    left: (count: string) => `Es sind nur noch ${count} da.`,
  },
  en: {
    gone: 'The shop no longer has this article.',
    soldOut: 'The article is sold out.',
    left: (count: string) => `Only ${count} are left.`,
  },
} as const;

export type Language = keyof typeof TEXTS;

/** Stock of the demo shop, in the memory of this process. An article without a number has no limit. */
export class DemoStock {
  readonly #left = new Map<string, DecimalText>();

  /** `left`: in the unit of the article; undefined for no limit. */
  set(sku: string, left: DecimalText | undefined): void {
    if (left === undefined) this.#left.delete(sku);
    else this.#left.set(sku, left);
  }

  /** The part of `quantity` that the shop has. */
  most(sku: string, quantity: DecimalText): DecimalText {
    const left = this.#left.get(sku);
    return left !== undefined && compare(parseDecimal(left), parseDecimal(quantity)) < 0 ? left : quantity;
  }
}

/** Notice for a line whose article is no longer in the catalogue. */
export function goneNotice(sku: string, language: Language): CartNotice {
  return { kind: 'line_dropped', item: sku, text: TEXTS[language].gone };
}

/** Notice for a line of which the shop has less than the cart holds. */
export function stockNotice({ sku, name }: Product, left: DecimalText, language: Language): CartNotice {
  const about = { item: sku, name: name[language] };
  return left === '0'
    ? { kind: 'line_dropped', ...about, text: TEXTS[language].soldOut }
    : { kind: 'quantity_changed', ...about, text: TEXTS[language].left(left) };
}
