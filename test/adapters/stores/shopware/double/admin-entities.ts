import { type Answer, refusal } from './answers.js';
import {
  CURRENCIES,
  type DoubleCustomer,
  type DoubleOption,
  type DoubleProduct,
  ENGLISH_ID,
  EURO_ID,
  GERMAN_ID,
  idOf,
  LANGUAGES,
  PRODUCTS,
  ROOT_CATEGORY_ID,
  SALES_CHANNEL_ID,
} from './shop-data.js';

type Entity = Record<string, unknown>;

interface Price {
  net: number;
  gross: number;
}

/**
 * Fields that Shopware requires of an entity (flag Required of its definition; a variant has price and tax of its
 * parent).
 */
const REQUIRED: Record<string, readonly string[]> = {
  category: ['name'],
  'custom-field-set': ['name'],
  'customer-group': ['name'],
  product: ['productNumber', 'stock'],
  'product-manufacturer': ['name'],
  promotion: ['name'],
  'property-group': ['name'],
  tax: ['name', 'taxRate'],
};

/** Entities of the Admin API: those of the shop, and those that a suite creates and removes. */
export class AdminEntities {
  readonly customers: DoubleCustomer[];
  readonly goods: DoubleProduct[] = [...PRODUCTS];
  /** Ten percent off everything, and a promotion that removes the shipping costs. */
  readonly codes = new Set(['TEN', 'FREIGHT']);
  readonly freightCodes: ReadonlySet<string> = new Set(['FREIGHT']);
  /** Of the sales channel. */
  currencyIds = CURRENCIES.map(({ id }) => id);
  /** Entity and id of created entities. */
  readonly made = new Map<string, Entity>();
  readonly #accessKey: string;

  constructor(customers: DoubleCustomer[], accessKey: string) {
    this.customers = customers;
    this.#accessKey = accessKey;
  }

  /** Undefined: unknown route. */
  answer(method: string, path: string, body: Entity): Answer | undefined {
    const [entity = '', id = '', association = '', otherId = ''] = path.replace('/api/', '').split('/');
    if (method === 'POST' && entity === 'search') return this.#found(id, body);
    if (method === 'POST' && REQUIRED[entity] !== undefined) return this.#create(entity, body);
    if (entity === 'sales-channel' && id === SALES_CHANNEL_ID)
      return this.#changeCurrencies(method, association === 'currencies' ? otherId : undefined, body);
    if (method === 'DELETE') return this.#remove(entity, id);
    return undefined;
  }

  /** The tax state of a customer group. */
  taxStateOf(groupId: string): DoubleCustomer['taxState'] {
    const group = this.made.get(`customer-group/${groupId}`);
    if (group !== undefined) return group['displayGross'] === true ? 'gross' : 'net';
    return groupId === 'net' || groupId === 'gross' ? groupId : 'tax-free';
  }

  #found(entity: string, { filter = [] }: { filter?: { field?: string; value?: string }[] }): Answer | undefined {
    const asked = (field: string): string | undefined => filter.find((each) => each.field === field)?.value;
    const all: Record<string, Entity[]> = {
      'sales-channel':
        asked('accessKey') === this.#accessKey
          ? [
              {
                id: SALES_CHANNEL_ID,
                navigationCategoryId: ROOT_CATEGORY_ID,
                languageId: ENGLISH_ID,
                currencyId: EURO_ID,
                countryId: idOf('country-de'),
                paymentMethodId: idOf('payment'),
              },
            ]
          : [],
      language: LANGUAGES.map(({ id, code }) => ({ id, translationCode: { code } })),
      currency: CURRENCIES.filter(
        ({ id }) => asked('salesChannels.id') === undefined || this.currencyIds.includes(id),
      ).map((currency) => ({ ...currency })),
      salutation: [{ id: idOf('mr') }],
      rule: [{ id: idOf('rule-always') }],
    };
    const data = all[entity];
    return data === undefined ? undefined : { status: 200, body: { total: data.length, data, aggregations: [] } };
  }

  #create(entity: string, body: Entity): Answer {
    const key = `${entity}/${String(body['id'])}`;
    if (this.made.has(key)) return exists(entity);
    const missing = [
      ...(REQUIRED[entity] ?? []),
      ...(entity === 'product' && body['parentId'] === undefined
        ? ['taxId', 'price', ...(nameOf(body) === undefined ? ['name'] : [])]
        : []),
    ].find((field) => (field === 'name' ? nameOf(body) === undefined : body[field] === undefined));
    if (missing !== undefined)
      return refusal(400, {
        code: 'VIOLATION::IS_BLANK_ERROR',
        title: 'Constraint violation error',
        detail: 'This value should not be blank.',
        pointer: `/0/${missing}`,
        parameters: {},
      });
    if (entity === 'product') {
      const product = this.#productOf(body);
      if (this.goods.some(({ number }) => number === product.number))
        return refusal(400, {
          code: 'CONTENT__DUPLICATE_PRODUCT_NUMBER',
          title: 'Bad Request',
          detail: `Product with number "${product.number}" already exists.`,
          parameters: { number: product.number },
        });
      this.goods.push(product);
    }
    if (entity === 'promotion') this.codes.add(String(body['code']));
    this.made.set(key, body);
    return { status: 204 };
  }

  #remove(entity: string, id: string): Answer {
    const users =
      entity === 'tax'
        ? [...this.made.values()].filter((each) => each['taxId'] === id)
        : entity === 'customer-group'
          ? this.customers.filter((customer) => customer.groupId === id)
          : [];
    if (users.length > 0)
      return refusal(409, {
        code: 'FRAMEWORK__DELETE_RESTRICTED',
        title: 'Conflict',
        detail: `The delete request for ${entity} was denied due to a conflict.`,
        parameters: {},
      });
    if (!this.made.delete(`${entity}/${id}`))
      return refusal(404, {
        code: 'FRAMEWORK__WRITE_RESOURCE_NOT_FOUND',
        title: 'Not Found',
        detail: 'The requested resource does not exist.',
      });
    const index = this.goods.findIndex((product) => product.id === id);
    if (index >= 0) this.goods.splice(index, 1);
    return { status: 204 };
  }

  #changeCurrencies(
    method: string,
    removedId: string | undefined,
    { currencies = [] }: { currencies?: { id: string }[] },
  ): Answer {
    this.currencyIds =
      method === 'DELETE'
        ? this.currencyIds.filter((id) => id !== removedId)
        : [...this.currencyIds, ...currencies.map(({ id }) => id)];
    return { status: 204 };
  }

  #productOf(body: Entity): DoubleProduct {
    const parent = this.goods.find(({ id }) => id === body['parentId']);
    const [price = { net: parent?.net ?? 0, gross: parent?.gross ?? 0 }] = (body['price'] ?? []) as Price[];
    const tiers = (body['prices'] ?? []) as { quantityStart: number; price: Price[] }[];
    const translations = (body['translations'] ?? {}) as Record<string, { name?: string }>;
    const optionIds = ((body['options'] ?? []) as { id: string }[]).map(({ id }) => id);
    const en = nameOf(body) ?? null;
    const known = {
      description: body['description'],
      minPurchase: body['minPurchase'],
      steps: body['purchaseSteps'],
      maxPurchase: body['maxPurchase'],
      ean: body['ean'],
      closeout: body['isCloseout'],
      manufacturerNumber: body['manufacturerNumber'],
      customFields: body['customFields'],
      options: optionIds.length === 0 ? undefined : optionIds.flatMap((id) => this.#optionOf(id) ?? []),
      parentId: body['parentId'],
      isParent: body['configuratorSettings'] === undefined ? undefined : true,
      manufacturer: body['manufacturerId'] === undefined ? undefined : true,
      tiers:
        tiers.length === 0
          ? undefined
          : tiers.map(({ quantityStart, price: [first] }) => ({ from: quantityStart, ...(first ?? price) })),
    };
    return {
      ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
      id: String(body['id']),
      number: String(body['productNumber']),
      name: { en, de: translations[GERMAN_ID]?.name ?? en },
      net: price.net,
      gross: price.gross,
      stock: Number(body['stock']),
      category: 'office',
      taxRate: Number(this.made.get(`tax/${String(body['taxId'])}`)?.['taxRate'] ?? parent?.taxRate ?? 0),
    };
  }

  #optionOf(optionId: string): DoubleOption | undefined {
    for (const group of this.made.values()) {
      const option = ((group['options'] ?? []) as { id: string; name?: string }[]).find(
        ({ id, name }) => id === optionId && name !== undefined,
      );
      if (option?.name !== undefined)
        return { group: String(group['name']), option: option.name, position: Number(group['position'] ?? 1) };
    }
    return undefined;
  }
}

/** Shopware does not create an existing entity. */
export function exists(entity: string): Answer {
  return refusal(400, {
    code: 'FRAMEWORK__WRITE_TYPE_INTEND_ERROR',
    title: 'Bad Request',
    detail: `Expected command for "${entity}" to be "InsertCommand". (Got: UpdateCommand)`,
    parameters: {},
  });
}

/** In the system's language. */
function nameOf({
  name,
  translations,
}: {
  name?: unknown;
  translations?: Record<string, { name?: string }>;
}): string | undefined {
  return typeof name === 'string' ? name : translations?.[ENGLISH_ID]?.name;
}
