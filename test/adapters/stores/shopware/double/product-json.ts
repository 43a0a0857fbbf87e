import { CATEGORY_IDS, type DoubleProduct, ENGLISH_ID, GERMAN_ID, idOf, ROOT_CATEGORY_ID } from './shop-data.js';
import { mostOf, type Pricing, productPrice } from './cart-json.js';

const CATEGORIES = [
  { id: ROOT_CATEGORY_ID, name: 'Home', parentId: null, path: null, level: 1, breadcrumb: ['Home'], childCount: 1 },
  {
    id: CATEGORY_IDS.office,
    name: 'Office Supplies',
    parentId: ROOT_CATEGORY_ID,
    path: `|${ROOT_CATEGORY_ID}|`,
    level: 2,
    breadcrumb: ['Home', 'Office Supplies'],
    childCount: 1,
  },
  {
    id: CATEGORY_IDS.pens,
    name: 'Pens & "Markers"',
    parentId: CATEGORY_IDS.office,
    path: `|${ROOT_CATEGORY_ID}|${CATEGORY_IDS.office}|`,
    level: 3,
    breadcrumb: ['Home', 'Office Supplies', 'Pens & "Markers"'],
    childCount: 0,
  },
];

export interface Criteria {
  limit?: number;
  page?: number;
  /** Page of a listing. */
  p?: number;
  ids?: string[];
  filter?: Filter[];
  sort?: { field: string; order: string }[];
  associations?: Record<string, unknown>;
  includes?: Record<string, string[]>;
  search?: string;
}

interface Filter {
  type: string;
  field?: string;
  value?: string;
  parameters?: { gt?: string };
  operator?: string;
  queries?: Filter[];
}

export function matchingProducts(
  goods: readonly DoubleProduct[],
  { ids, filter = [], search, sort = [] }: Criteria,
): DoubleProduct[] {
  const found = goods.filter(
    (product) =>
      (ids === undefined || ids.includes(product.id)) &&
      filter.every((each) => matches(product, each)) &&
      (search === undefined ||
        search
          .toLowerCase()
          .split(/\s+/)
          .every((word) => `${product.number} ${product.name.en ?? ''}`.toLowerCase().includes(word))),
  );
  return sort.some(({ field }) => field === 'productNumber') ? found.toSorted(byNumber) : found;
}

/**
 * Sorting and the range of a text are left to the database, whose collation ignores case (seen on 6.6.7.1 with MariaDB
 * 10.11, 2026-12-02: shopware.md 9.1).
 */
function byNumber(a: Pick<DoubleProduct, 'number'>, b: Pick<DoubleProduct, 'number'>): number {
  const [one, other] = [a.number.toLowerCase(), b.number.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Compared case-insensitively, like the database's collation; equalsAny splits at | and loses "0". */
function matches(
  product: DoubleProduct,
  { type, field, value = '', parameters, operator, queries = [] }: Filter,
): boolean {
  if (type === 'range') return field === 'productNumber' && byNumber(product, { number: parameters?.gt ?? '' }) > 0;
  if (type === 'multi')
    return operator === 'or'
      ? queries.some((each) => matches(product, each))
      : queries.every((each) => matches(product, each));
  const own = field === 'productNumber' ? product.number.toLowerCase() : '';
  if (type === 'equals') return own === value.toLowerCase();
  return value
    .toLowerCase()
    .split('|')
    .some((part) => part !== '' && part !== '0' && part === own);
}

/** A product with the requested fields, or with all known ones. */
export function productJson(
  product: DoubleProduct,
  { associations = {}, includes = {} }: Criteria,
  pricing: Pricing,
): object {
  const parent = pricing.goods.find(({ id }) => id === product.parentId);
  const name = product.name[pricing.language];
  const descriptions = { en: product.description ?? null, de: product.germanDescription ?? null };
  const customFields = product.customFields ?? {};
  const category = CATEGORIES.find(({ id }) => id === CATEGORY_IDS[product.category]);
  const fields = includes.product;
  const translated = {
    name: name ?? parent?.name[pricing.language] ?? product.name.en ?? parent?.name.en ?? null,
    description: descriptions[pricing.language] ?? descriptions.en,
    packUnit: product.packUnit ?? null,
    customFields,
  };
  return only(fields, {
    translated: only(fields, translated),
    parentId: product.parentId ?? null,
    childCount: product.isParent === true ? 1 : 0,
    manufacturerNumber: product.manufacturerNumber ?? null,
    ean: product.ean ?? null,
    productNumber: product.number,
    stock: product.stock,
    availableStock: product.stock,
    isCloseout: product.closeout === true,
    purchaseSteps: product.steps ?? 1,
    maxPurchase: product.maxPurchase ?? null,
    minPurchase: product.minPurchase ?? 1,
    purchaseUnit: product.measured === true ? 0.75 : null,
    referenceUnit: product.measured === true ? 1 : null,
    weight: product.number === 'SKU-PEN' ? 0.012 : null,
    categoryTree: [CATEGORY_IDS[product.category]],
    name,
    description: descriptions[pricing.language],
    packUnit: product.packUnit ?? null,
    tax: { taxRate: product.taxRate, apiAlias: 'tax' },
    manufacturer:
      product.manufacturer === true && 'manufacturer' in associations
        ? {
            translated: { name: 'Acme  & Co' },
            name: 'Acme  & Co',
            id: idOf('manu-acme'),
            apiAlias: 'product_manufacturer',
          }
        : null,
    unit:
      product.measured === true && 'unit' in associations
        ? {
            translated: { shortCode: 'l', name: 'Litre' },
            shortCode: 'l',
            name: 'Litre',
            id: idOf('unit-l'),
            apiAlias: 'unit',
          }
        : null,
    categories:
      category !== undefined && 'categories' in associations
        ? [
            {
              translated: { breadcrumb: category.breadcrumb, name: category.name },
              parentId: category.parentId,
              name: category.name,
              breadcrumb: category.breadcrumb,
              id: category.id,
              apiAlias: 'category',
            },
          ]
        : null,
    categoryIds: [CATEGORY_IDS[product.category]],
    customFields: product.parentId === undefined ? customFields : null,
    // In the order of their ids, which says nothing (seen on 6.6.7.1, 2026-12-02).
    options:
      product.options !== undefined && 'options' in associations
        ? product.options.map(({ group, option, position = 1 }) =>
            only(includes.property_group_option, {
              translated: { name: option },
              name: option,
              group: only(includes.property_group, {
                translated: { name: group },
                name: group,
                position,
                apiAlias: 'property_group',
              }),
              apiAlias: 'property_group_option',
            }),
          )
        : null,
    cover: null,
    deliveryTime: null,
    ...('translations' in associations ? { translations: translationsOf(product, parent) } : {}),
    id: product.id,
    // A price by a rule is a step that begins at one piece; the product's own price stays that of the list
    // (ProductPriceCalculator).
    calculatedPrices:
      pricing.rulePrices?.[product.number] === undefined
        ? (product.tiers ?? []).flatMap(({ from }) => [
            productPrice(product, { quantity: from - 1 }, pricing),
            productPrice(product, { quantity: from }, pricing),
          ])
        : [productPrice(product, { quantity: 1 }, pricing)],
    calculatedPrice: productPrice(product, { quantity: 1 }, { ...pricing, rulePrices: {} }),
    calculatedMaxPurchase: mostOf(product),
    apiAlias: 'product',
  });
}

/** A variant without its own texts has those of its parent (ProductDefinition 6.6.7.1: inherited). */
function translationsOf(product: DoubleProduct, parent: DoubleProduct | undefined): object[] {
  const { name, description, germanDescription } = product.name.en === null && parent !== undefined ? parent : product;
  return [
    { languageId: ENGLISH_ID, name: name.en, description: description ?? null, apiAlias: 'product_translation' },
    ...(name.de === null && germanDescription === undefined
      ? []
      : [
          {
            languageId: GERMAN_ID,
            name: name.de,
            description: germanDescription ?? null,
            apiAlias: 'product_translation',
          },
        ]),
  ];
}

export function categoryList({ limit = 100, page = 1 }: Criteria): object {
  const elements = CATEGORIES.slice((page - 1) * limit, page * limit).map((category) => ({
    translated: { breadcrumb: category.breadcrumb, name: category.name },
    ...category,
    active: true,
    type: 'page',
    apiAlias: 'category',
  }));
  return searchResult('category', elements, { limit, page });
}

export function searchResult(entity: string, elements: object[], { limit = 100, page = 1 }: Criteria): object {
  return {
    elements,
    aggregations: [],
    page,
    limit,
    entity,
    total: elements.length,
    states: [],
    apiAlias: 'dal_entity_search_result',
  };
}

/** Shopware leaves out fields that `includes` does not name, down to `translated`; apiAlias always stays. */
function only(fields: readonly string[] | undefined, entity: object): object {
  return fields === undefined
    ? entity
    : Object.fromEntries(Object.entries(entity).filter(([name]) => name === 'apiAlias' || fields.includes(name)));
}
