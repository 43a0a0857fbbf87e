import type { CatalogueProduct } from '../../../domain/cart/catalogue-product.js';
import { customerText } from '../../../domain/access/store-customer.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { Transmission } from '../../../domain/transmission/transmission.js';
import type {
  CataloguePage,
  CatalogueProducts,
  CatalogueWish,
  WantedProduct,
} from '../../../ports/store/store-catalogue.js';
import { CATEGORIES, findProduct, PRODUCTS } from './catalogue/catalogue.js';
import { generatedNumber, generatedProduct } from './catalogue/generated.js';
import type { Product } from './catalogue/product.js';
import { demoCartLine, type FindProduct, productOfItem } from './demo-cart.js';
import type { DemoProducts, DemoStock } from './demo-products.js';
import { demoCurrency, type DemoTerms, sellableQuantity } from './price.js';

export interface DemoCatalogue {
  /** Number of generated articles. */
  generated: number;
  imported: DemoProducts;
  stock: DemoStock;
  /** Without a trailing slash. */
  publicUrl: string;
}

const PAGE_SIZE = 500;
const OWN = /^n(\d{1,9})$/;
/** Behind the own articles; the number of an imported article follows. */
const IMPORTED = 'i';

interface View extends DemoTerms {
  language: 'de' | 'en';
}

/** The built-in articles, then the generated ones, then those imported by feed. */
export async function readCataloguePage(
  catalogue: DemoCatalogue,
  { buyer, after, since }: CatalogueWish,
): Promise<CataloguePage> {
  const view = viewOf(buyer);
  const { currency, language } = view;
  const mark = await catalogue.imported.mark();
  const begin = Number(OWN.exec(after ?? 'n0')?.[1] ?? Number.POSITIVE_INFINITY);
  // What is built in changes by its stock only.
  const count = since === undefined ? PRODUCTS.length + catalogue.generated : 0;
  const own: Product[] = [];
  for (let nth = begin; nth < count && own.length < PAGE_SIZE; nth += 1) own.push(ownProduct(nth, catalogue));
  const shown = (product: Product): CatalogueProduct => productOf(product, catalogue, view);
  if (begin + own.length < count)
    return { currency, language, products: own.map(shown), next: `n${begin + own.length}`, mark };

  const rows = await catalogue.imported.page(buyer.tenantId, {
    after: after?.startsWith(IMPORTED) === true ? after.slice(IMPORTED.length) : '',
    since,
    limit: PAGE_SIZE,
  });
  const touched = since === undefined || after !== undefined ? [] : catalogue.stock.touched();
  const find: FindProduct = (sku) => findProduct(sku) ?? generatedProduct(sku, catalogue.generated);
  const changed = [...touched.flatMap((sku) => find(sku) ?? []), ...rows.flatMap(({ product }) => product ?? [])];
  return {
    currency,
    language,
    products: [...own, ...changed].map(shown),
    withdrawn:
      since === undefined ? undefined : rows.flatMap((row) => (row.product === undefined ? row.productId : [])),
    next: rows.length === PAGE_SIZE ? IMPORTED + (rows.at(-1)?.productId ?? '') : undefined,
    mark,
  };
}

export function catalogueProducts(
  catalogue: DemoCatalogue,
  buyer: Transmission,
  items: readonly WantedProduct[],
  find: FindProduct,
): CatalogueProducts {
  const view = viewOf(buyer);
  return {
    currency: view.currency,
    language: view.language,
    products: items.map((item) => {
      const product = productOfItem(item, find);
      return product === undefined ? undefined : productOf(product, catalogue, view, item.quantity);
    }),
  };
}

function ownProduct(nth: number, { generated }: DemoCatalogue): Product {
  const product = PRODUCTS[nth] ?? generatedProduct(generatedNumber(nth - PRODUCTS.length + 1), generated);
  if (product === undefined) throw new RangeError(`there is no article ${nth}`);
  return product;
}

function viewOf({ request }: Transmission): View {
  return {
    currency: demoCurrency(request.currency),
    customer: request.shopCustomer && customerText(request.shopCustomer.customer),
    language: /^en\b/i.test(request.language ?? '') ? 'en' : 'de',
  };
}

function productOf(
  product: Product,
  { stock, publicUrl }: DemoCatalogue,
  view: View,
  wanted?: DecimalText,
): CatalogueProduct {
  const smallest = sellableQuantity(product, product.step ?? '1') ?? '1';
  const quantity = (wanted === undefined ? undefined : sellableQuantity(product, wanted)) ?? smallest;
  const left = stock.left(product.sku);
  const isSoldOut = product.soldOut === true || stock.most(product.sku, quantity) !== quantity;
  const category = CATEGORIES.find(({ id }) => id === product.category);
  return {
    line: demoCartLine({ product, quantity, ...view, publicUrl }),
    availability: isSoldOut ? 'sold_out' : 'available',
    stock: left,
    quantityStep: product.step,
    categoryPath: category === undefined ? undefined : [category.name[view.language]],
  };
}
