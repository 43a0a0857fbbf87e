import { PunchoutError } from '../../../domain/error-codes.js';
import type { FeedProduct } from '../../../domain/orders/feed.js';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import { isStorable } from '../../../protocols/json/parse-json.js';
import type { Product } from './catalogue/product.js';
import type { CartNotice } from '../../../domain/cart/cart.js';
import { compare, type DecimalText, parseDecimal } from '../../../domain/decimal.js';

const IMPORT: NamedStatement = {
  name: 'demo-product-import',
  text: `
    insert into demo_product as known (tenant_id, product_id, run, product)
    select $1, one->>'id', $2::uuid, one from jsonb_array_elements($3::jsonb) as given (one)
    on conflict (tenant_id, product_id) do update set run = excluded.run, product = excluded.product, updated_at = now()
      where known.run <> excluded.run
    returning product_id`,
};
const FIND: NamedStatement = {
  name: 'demo-product-find',
  text: `
    select product from demo_product
    where tenant_id = $1 and product_id = any($2) and product->>'currency' = 'EUR'`,
};

const SEARCH: NamedStatement = {
  name: 'demo-product-search',
  text: `
    select product from demo_product where tenant_id = $1 and product->>'currency' = 'EUR'
      and not exists (select from unnest($2::text[]) as word
        where position(word in lower(product_id || ' ' || (product->>'title') || ' ' ||
          coalesce(product->>'description', '') || ' ' || coalesce(product->>'vendor', ''))) = 0)
    order by product_id limit $3`,
};

/**
 * A statement commits within this time, so a row that was changed after a mark is never older than that before it.
 */
const LONGEST_COMMIT = '1 minute';

const PAGE: NamedStatement = {
  name: 'demo-product-page',
  text: `
    select product_id, product, product->>'currency' = 'EUR' as sold from demo_product
    where tenant_id = $1 and product_id > $2 and ($3::timestamptz is null or updated_at >= $3::timestamptz)
      and ($3::timestamptz is not null or product->>'currency' = 'EUR')
    order by product_id limit $4`,
};

const MARK: NamedStatement = {
  name: 'demo-product-mark',
  text: `select (now() - interval '${LONGEST_COMMIT}')::text as mark`,
};

/**
 * Articles of the demo shop that were imported by feed. Only those in euros are sold: the demo prices are in euros and
 * the shop has no exchange rates for imported articles.
 */
export interface DemoProducts {
  import(tenantId: string, run: string, products: readonly FeedProduct[]): Promise<{ repeated: string[] }>;
  find(tenantId: string, skus: readonly string[]): Promise<Map<string, Product>>;
  /** Articles that have all the words in number, title, text or manufacturer; the first `limit` by number. */
  search(tenantId: string, words: string, limit: number): Promise<Product[]>;
  /** The next by number after `after`; with `since` those that were imported since, and the ones no longer sold. */
  page(
    tenantId: string,
    place: { after: string; since: string | undefined; limit: number },
  ): Promise<{ productId: string; product: Product | undefined }[]>;
  /** For `since`: what is imported from now on is in it. */
  mark(): Promise<string>;
}

export function demoProducts(query: StatementRunner): DemoProducts {
  async function run<Row extends object>(statement: NamedStatement, values: unknown[]): Promise<Row[]> {
    try {
      return await query<Row>(statement, values);
    } catch (cause) {
      throw new PunchoutError('STORE_UNAVAILABLE', undefined, { cause });
    }
  }
  return {
    async import(tenantId, importRun, products) {
      const rows = await run<{ product_id: string }>(IMPORT, [tenantId, importRun, JSON.stringify(products)]);
      const taken = new Set(rows.map((row) => row.product_id));
      return { repeated: products.flatMap(({ id }) => (taken.has(id) ? [] : [id])) };
    },
    async find(tenantId, skus) {
      const possible = [...new Set(skus)].filter(isStorable);
      if (possible.length === 0) return new Map();
      const rows = await run<{ product: FeedProduct }>(FIND, [tenantId, possible]);
      return new Map(rows.map(({ product }) => [product.id, articleOf(product)]));
    },
    async search(tenantId, words, limit) {
      if (!isStorable(words)) return [];
      const rows = await run<{ product: FeedProduct }>(SEARCH, [
        tenantId,
        words.toLowerCase().split(/\s+/).filter(Boolean),
        limit,
      ]);
      return rows.map(({ product }) => articleOf(product));
    },
    async page(tenantId, { after, since, limit }) {
      const rows = await run<{ product_id: string; product: FeedProduct; sold: boolean }>(PAGE, [
        tenantId,
        after,
        since ?? null,
        limit,
      ]);
      return rows.map(({ product_id: productId, product, sold }) => ({
        productId,
        product: sold ? articleOf(product) : undefined,
      }));
    },
    async mark() {
      const [row] = await run<{ mark: string }>(MARK, []);
      return row?.mark ?? '';
    },
  };
}

function articleOf({
  id,
  title,
  price,
  unit,
  gtin,
  description = '',
  vendor,
  manufacturerPartId,
  vat,
  stock,
  leadTimeDays,
  unspsc,
  eclass,
}: FeedProduct): Product {
  return {
    sku: id,
    name: { de: title, en: title },
    description: { de: description, en: description },
    unit,
    price,
    category: 'warehouse',
    soldOut: stock === 0 ? true : undefined,
    gtin,
    manufacturer: vendor,
    manufacturerPartId,
    taxRate: vat,
    leadTimeDays,
    unspsc,
    eclass,
  };
}

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

type Language = keyof typeof TEXTS;

/** Stock of the demo shop, in the memory of this process. An article without an entry has unlimited stock. */
export class DemoStock {
  readonly #left = new Map<string, DecimalText>();
  readonly #touched = new Set<string>();

  /** `left`: in the unit of the article; undefined for no limit. */
  set(sku: string, left: DecimalText | undefined): void {
    this.#touched.add(sku);
    if (left === undefined) this.#left.delete(sku);
    else this.#left.set(sku, left);
  }

  /** What is left of it; undefined for no limit. */
  left(sku: string): DecimalText | undefined {
    return this.#left.get(sku);
  }

  /** Articles whose stock was ever set. */
  touched(): string[] {
    return [...this.#touched];
  }

  /** The part of `quantity` that is in stock. */
  most(sku: string, quantity: DecimalText): DecimalText {
    const left = this.#left.get(sku);
    return left !== undefined && compare(parseDecimal(left), parseDecimal(quantity)) < 0 ? left : quantity;
  }
}

/** Notice for a line whose article is no longer in the catalogue. */
export function goneNotice(sku: string, language: Language): CartNotice {
  return { kind: 'line_dropped', item: sku, text: TEXTS[language].gone };
}

/** Notice for a line with more than the stock. */
export function stockNotice({ sku, name }: Product, left: DecimalText, language: Language): CartNotice {
  const about = { item: sku, name: name[language] };
  return left === '0'
    ? { kind: 'line_dropped', ...about, text: TEXTS[language].soldOut }
    : { kind: 'quantity_changed', ...about, text: TEXTS[language].left(left) };
}
