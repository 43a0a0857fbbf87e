import type { CatalogueProduct } from '../../../../domain/cart/catalogue-product.js';
import { type DecimalText, formatDecimal, multiply, parseDecimal } from '../../../../domain/decimal.js';
import type { WantedProduct } from '../../../../ports/store/store-catalogue.js';
import { type Json, decimalAt, listAt, textAt } from '../../exchange/json-reading.js';
import { askedQuantity } from '../../line-quantity.js';
import { inChunks, MAX_PER_REQUEST } from '../../exchange/throttle.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { type CartRules, goodsLine, moneyOf, subtract } from '../cart/order-cart.js';
import { findVariants } from './find-variants.js';
import type { ProductDetails, ProductDetailsCache } from './product-details.js';

export interface CatalogueReading {
  api: ShopApi;
  details: ProductDetailsCache;
  rules: CartRules;
  /** A visitor, in the buyer's currency and language. */
  session: ShopSession & { currency: string };
  /** BCP 47. */
  language: string;
}

const PRODUCTS_AT_ONCE = 50;
/** Products that are read again after one was removed; more are not removed between two pages. */
const READ_AGAIN = 500;
/** Of a page (store-catalogue.ts). A single product with more variants makes a longer one. */
const MOST_VARIANTS = 500;
const PRICED = `id variants { id sku name currencyCode price priceWithTax stockLevel taxRateApplied { value } }`;
const PAGE = `query ($take: Int!, $skip: Int!) {
  products(options: { sort: { id: ASC }, take: $take, skip: $skip }) { items { ${PRICED} } } }`;
const BY_ID = `query ($ids: [String!]!, $take: Int!) {
  products(options: { filter: { id: { in: $ids } }, take: $take }) { items { ${PRICED} } } }`;

/** Number of products before the page, and the id of the last of them. */
const CURSOR = /^(\d{1,9})~([A-Za-z0-9-]{1,64})$/;

/**
 * The variants of the next products, in the order of their ids. The Shop API counts pages in products and knows no
 * place by id: if a product before the page was removed meanwhile, the page begins earlier, so that none is left out.
 */
export async function readCataloguePage(
  reading: CatalogueReading,
  after: string | undefined,
): Promise<{ products: CatalogueProduct[]; next?: string }> {
  const [, count, last] = CURSOR.exec(after ?? '') ?? [];
  let skip = Number(count ?? 0);
  if (skip > 0) {
    const [before] = await readProducts(reading, { skip: skip - 1, take: 1 });
    if (before === undefined || textAt(before, 'id') !== last) skip = Math.max(0, skip - READ_AGAIN);
  }
  const products = await readProducts(reading, { skip, take: PRODUCTS_AT_ONCE });
  const taken: Json[] = [];
  let variants = 0;
  for (const product of products) {
    variants += listAt(product, 'variants').length;
    if (taken.length > 0 && variants > MOST_VARIANTS) break;
    taken.push(product);
  }
  const isLast = products.length < PRODUCTS_AT_ONCE && taken.length === products.length;
  const next = isLast ? {} : { next: `${skip + taken.length}~${textAt(taken.at(-1), 'id') ?? ''}` };
  return { products: [...(await variantsOf(reading, taken)).values()], ...next };
}

/** The variants that these keys name; undefined for one that the shop does not sell. */
export async function readCatalogueProducts(
  reading: CatalogueReading,
  items: readonly WantedProduct[],
): Promise<(CatalogueProduct | undefined)[]> {
  const find = await findVariants(reading, items);
  const found = items.map(find);
  const ids = [...new Set(found.flatMap((variant) => variant?.productId ?? []))];
  const products = await inChunks(ids, async (chunk) =>
    listAt(
      await reading.api.read(reading.session, 'products', BY_ID, { ids: chunk, take: MAX_PER_REQUEST }),
      'products',
      'items',
    ),
  );
  const variants = await variantsOf(reading, products);
  return items.map(({ quantity }, nth) => {
    const product = variants.get(found[nth]?.variantId ?? '');
    return product === undefined || quantity === undefined ? product : inQuantity(product, quantity);
  });
}

async function readProducts(
  { api, session }: CatalogueReading,
  page: { skip: number; take: number },
): Promise<readonly Json[]> {
  return listAt(await api.read(session, 'products', PAGE, page), 'products', 'items');
}

/** By the id of the variant. */
async function variantsOf(
  reading: CatalogueReading,
  products: readonly Json[],
): Promise<Map<string, CatalogueProduct>> {
  const { details, session } = reading;
  const ids = products.flatMap((product) => textAt(product, 'id') ?? []);
  const known = await details.load(session, ids);
  const found = new Map<string, CatalogueProduct>();
  for (const product of products) {
    const productId = textAt(product, 'id') ?? '';
    for (const variant of listAt(product, 'variants')) {
      const variantId = textAt(variant, 'id') ?? '';
      found.set(variantId, productOf(variant, { productId, variantId }, known, reading));
    }
  }
  return found;
}

/**
 * The shop takes any whole quantity, at the price of one. Whether its stock is large enough is known only where it was
 * told to say the pieces.
 */
function inQuantity({ line, ...product }: CatalogueProduct, wanted: DecimalText): CatalogueProduct {
  const quantity = askedQuantity(wanted) ?? 1;
  const tax = multiply(parseDecimal(line.taxAmount ?? '0'), parseDecimal(String(quantity)));
  const isShort = product.stock !== undefined && Number(product.stock) < quantity;
  return {
    ...product,
    line: { ...line, quantity: String(quantity), taxAmount: formatDecimal(tax) },
    availability: isShort ? 'sold_out' : product.availability,
  };
}

function productOf(
  variant: Json,
  ids: { productId: string; variantId: string },
  details: ReadonlyMap<string, ProductDetails>,
  { rules, session, language }: CatalogueReading,
): CatalogueProduct {
  const sku = textAt(variant, 'sku');
  const currency = textAt(variant, 'currencyCode');
  if (sku === undefined) throw storeFault(`the variant ${ids.variantId} has no sku`);
  if (currency !== session.currency)
    throw storeFault(`the price of ${sku} is in ${currency ?? 'no currency'} instead of ${session.currency}`);
  const money = moneyOf(session.currency, rules);
  const net = money(variant, 'price');
  const path = details.get(ids.productId)?.categoryPath ?? [];
  const stock = textAt(variant, 'stockLevel');
  return {
    line: goodsLine(
      {
        ...ids,
        lineId: ids.variantId,
        sku,
        quantity: '1',
        unitPrice: formatDecimal(net),
        taxAmount: formatDecimal(subtract(money(variant, 'priceWithTax'), net)),
        taxRate: decimalAt(variant, 'taxRateApplied', 'value'),
        name: textAt(variant, 'name') ?? sku,
      },
      { details, rules, language },
    ),
    // The shop writes one of three words, or the pieces in stock if it was told to.
    availability: stock === 'OUT_OF_STOCK' || stock === '0' ? 'sold_out' : 'available',
    stock: /^\d+$/.test(stock ?? '') ? stock : undefined,
    ...(path.length === 0 ? {} : { categoryPath: path }),
  };
}
