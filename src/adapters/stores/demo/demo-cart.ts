import { type DecimalText, divide, formatDecimal, multiply, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import { type BatchedStatement, batched, givenRows } from '../../../ports/batches.js';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import { MAX_QUANTITY, type DemoTerms, priceOf } from './price.js';
import type { CartLine } from '../../../domain/cart/cart.js';
import { lineAmount } from '../../../domain/cart/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import type { ItemKey } from '../../../domain/transmission/setup-request.js';
import { findProduct } from './catalogue/catalogue.js';
import type { Product } from './catalogue/product.js';

export interface CartKey {
  tenantId: string;
  cartId: string;
  currency: string;
  language: string;
}

const ADD: NamedStatement = {
  name: 'demo-cart-add',
  text: `
    with wanted as (
      select * from jsonb_to_recordset($5::jsonb) as w("lineId" text, sku text, quantity numeric, nth int)
    ), cart as (
      insert into demo_cart (tenant_id, cart_id, currency, language, version) values ($1, $2, $3, $4, 1)
      on conflict (tenant_id, cart_id) do update set version = demo_cart.version + 1
      returning cart_id
    ), last as (
      select coalesce(max(position), 0) as position from demo_cart_line where tenant_id = $1 and cart_id = $2
    )
    insert into demo_cart_line as line (tenant_id, cart_id, line_id, position, sku, quantity)
    select $1, cart.cart_id, wanted."lineId", last.position + wanted.nth, wanted.sku, wanted.quantity
      from wanted, cart, last
    where wanted.quantity <= $6::numeric
    on conflict (tenant_id, cart_id, line_id) do update set quantity = line.quantity + excluded.quantity
    where line.quantity + excluded.quantity <= $6::numeric
    returning line_id`,
};

const CHANGE: NamedStatement = {
  name: 'demo-cart-change',
  text: `
    with line as (
      update demo_cart_line set quantity = $4::numeric
        where tenant_id = $1 and cart_id = $2 and line_id = $3 returning cart_id
    )
    update demo_cart set version = version + 1 from line
      where demo_cart.tenant_id = $1 and demo_cart.cart_id = line.cart_id returning version`,
};

const REMOVE: NamedStatement = {
  name: 'demo-cart-remove',
  text: `
    with line as (
      delete from demo_cart_line where tenant_id = $1 and cart_id = $2 and line_id = $3 returning cart_id
    )
    update demo_cart set version = version + 1 from line
      where demo_cart.tenant_id = $1 and demo_cart.cart_id = line.cart_id`,
};

const ID_COLUMN = { id: 'text' };

const contentOf = (id: string): string => `
  select cart.version::text as version, (
    select json_agg(json_build_array(line.line_id, line.quantity::text) order by line.position, line.line_id)
    from demo_cart_line line where line.tenant_id = $1 and line.cart_id = ${id}
  ) as lines
  from demo_cart cart where cart.tenant_id = $1 and cart.cart_id = ${id}`;

const READ: BatchedStatement = {
  columns: ID_COLUMN,
  isRead: true,
  one: { name: 'demo-cart-read', text: contentOf('$2') },
  many: {
    name: 'demo-cart-read-many',
    text: `
      select r.n, found.version, found.lines from ${givenRows(ID_COLUMN)} cross join lateral (
        ${contentOf('r.id')} offset 0
      ) found`,
  },
};

interface ContentRow {
  version: string;
  /** Id and quantity of each line, in their order. */
  lines: [lineId: string, quantity: string][] | null;
}

const DELETE: NamedStatement = {
  name: 'demo-cart-delete',
  text: `
    with gone as (
      delete from demo_cart where tenant_id = $1 and cart_id = $2 and ($3::text is null or version::text = $3)
        returning cart_id
    ), lines as (
      delete from demo_cart_line where tenant_id = $1 and cart_id in (select cart_id from gone)
    )
    select exists (select 1 from gone) as gone,
      exists (select 1 from demo_cart where tenant_id = $1 and cart_id = $2) as was`,
};

/**
 * Tables demo_cart and demo_cart_line. Every method is one statement: the embedded database has one connection, and a
 * single statement needs no transaction. `version` changes with every change of the content.
 */
export class DemoCartTable {
  readonly #query: StatementRunner;
  readonly #read: (tenantId: string, values: readonly string[]) => Promise<ContentRow[]>;

  constructor(query: StatementRunner) {
    this.#query = query;
    this.#read = batched<ContentRow>(query, READ);
  }

  /**
   * Adds to the existing quantities. Returns the lines that changed; a line is unchanged if the sum exceeds the
   * maximum.
   */
  async add(
    { tenantId, cartId, currency, language }: CartKey,
    lines: readonly { lineId: string; sku: string; quantity: DecimalText }[],
  ): Promise<Set<string>> {
    if (lines.length === 0) return new Set();
    const wanted = JSON.stringify(lines.map((line, index) => ({ ...line, nth: index + 1 })));
    const rows = await this.#run<{ line_id: string }>(ADD, [
      tenantId,
      cartId,
      currency,
      language,
      wanted,
      MAX_QUANTITY,
    ]);
    return new Set(rows.map((row) => row.line_id));
  }

  /** False: the line does not exist. */
  async change({ tenantId, cartId }: CartKey, lineId: string, quantity: DecimalText): Promise<boolean> {
    return (await this.#run(CHANGE, [tenantId, cartId, lineId, quantity])).length > 0;
  }

  async remove({ tenantId, cartId }: CartKey, lineId: string): Promise<void> {
    await this.#run(REMOVE, [tenantId, cartId, lineId]);
  }

  async read({
    tenantId,
    cartId,
  }: CartKey): Promise<{ version: string; lines: { lineId: string; quantity: string }[] }> {
    const [row] = await asStore(this.#read(tenantId, [cartId]));
    return {
      version: row?.version ?? '0',
      lines: (row?.lines ?? []).map(([lineId, quantity]) => ({ lineId, quantity })),
    };
  }

  /** Deletes the cart; with `version`, only if the version is unchanged. */
  async delete({ tenantId, cartId }: CartKey, version?: string): Promise<'deleted' | 'changed'> {
    const [row] = await this.#run<{ gone: boolean; was: boolean }>(DELETE, [tenantId, cartId, version ?? null]);
    return row?.was === true && !row.gone ? 'changed' : 'deleted';
  }

  #run<Row extends object>(statement: NamedStatement, values: readonly (string | null)[]): Promise<Row[]> {
    return asStore(this.#query<Row>(statement, values));
  }
}

/** The shop does not answer if the database does not. */
async function asStore<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new PunchoutError('STORE_UNAVAILABLE', undefined, { cause });
  }
}

const LINE_PREFIX = 'line-';

/** One line per article and cart: its id follows from the article, so it stays the same through edit and inspect. */
export function lineIdOf(product: Product): string {
  return LINE_PREFIX + product.sku;
}

/** Finds an article by its number. */
export type FindProduct = (sku: string) => Product | undefined;

/** The article number that a line id holds. */
export function skuOfLine(lineId: string): string | undefined {
  return lineId.startsWith(LINE_PREFIX) ? lineId.slice(LINE_PREFIX.length) : undefined;
}

/** The article of a line id. */
export function productOfLine(lineId: string, find: FindProduct = findProduct): Product | undefined {
  const sku = skuOfLine(lineId);
  return sku === undefined ? undefined : find(sku);
}

/**
 * Finds the article of a buyer's item: by our cookie on the line or the product's key, else by article number
 * (architecture.md decision 6).
 */
export function productOfItem(
  { supplierPartId, auxiliaryId }: ItemKey,
  find: FindProduct = findProduct,
): Product | undefined {
  return (
    (auxiliaryId === undefined ? undefined : (productOfLine(auxiliaryId, find) ?? find(auxiliaryId))) ??
    find(supplierPartId)
  );
}

interface LineView extends DemoTerms {
  product: Product;
  /** In the format of the database. */
  quantity: string;
  language: 'de' | 'en';
  /** Without a trailing slash. */
  publicUrl: string;
}

/** A line with all data for a procurement document; tax is rounded per line. */
export function demoCartLine({
  product,
  quantity: stored,
  currency,
  customer,
  language,
  publicUrl,
}: LineView): CartLine {
  const quantity = formatDecimal(trimZeros(parseDecimal(stored)));
  const [unitPrice, priceBasis] = [priceOf(product, quantity, { currency, customer }), product.priceBasis ?? '1'];
  const taxRate = product.taxRate ?? '19';
  const lineId = lineIdOf(product);
  return {
    lineId,
    kind: 'product',
    sku: product.sku,
    productKey: product.sku,
    auxiliaryId: lineId,
    quantity,
    unitPrice,
    priceBasis,
    unit: product.unit,
    name: product.name[language],
    description: product.description[language],
    classifications: [
      ...(product.unspsc === undefined ? [] : [{ domain: 'UNSPSC', code: product.unspsc }]),
      ...(product.eclass === undefined ? [] : [{ domain: 'eClass', code: product.eclass }]),
    ],
    categoryIds: [product.category],
    manufacturerName: product.manufacturer,
    manufacturerPartId: product.manufacturerPartId,
    gtin: product.gtin,
    leadTimeDays: product.leadTimeDays,
    url: `${publicUrl}/detail/${encodeURIComponent(product.sku)}`,
    taxRate,
    taxAmount: formatDecimal(
      divide(
        multiply(lineAmount({ quantity, unitPrice, priceBasis }, currency), parseDecimal(taxRate)),
        parseDecimal('100'),
        currencyDigits(currency),
      ),
    ),
    customFields: {},
  };
}
