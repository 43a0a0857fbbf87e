import { randomBytes } from 'node:crypto';

/** Caches of a shop may take a while to notice what changed. */
const NOTICED_WITHIN_MS = 60_000;

export interface LiveShop {
  baseUrl: string;
  accessKey: string;
  clientId: string;
  clientSecret: string;
}

/** What the suite put into the shop, and how to take it away again. */
export interface LiveData {
  salesChannelId: string;
  /** core.listing.hideCloseoutProductsWhenOutOfStock. */
  hidesSoldOut: boolean;
  customerNumber: string;
  sku(name: 'plain' | 'other' | 'soldOut' | 'stepped' | 'scarce' | 'capped' | 'tiered' | 'parent' | 'variant'): string;
  /** The shop has counted the variants of `parent`: only then it is refused (shopware.md 8.7). */
  refusesParent: boolean;
  /** Ten percent off everything. */
  promotionCode: string;
  names: { tag: string; name: string }[];
  customField: string;
  eanOfPlain: string;
  /** Price of `plain` in the sales channel's own currency; undefined where that is not the shop's default one. */
  unitPrice: string | undefined;
  /** Undefined: the shop has no other with another factor, or its API goes on showing the currencies of before. */
  otherCurrency: string | undefined;
  remove(): Promise<void>;
}

type Entity = Record<string, unknown>;

const DEFAULT_CURRENCY_ID = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
const DEFAULT_LANGUAGE_ID = '2fbb5fe2e29a4d70aa5854ce7ce3e20b';
const EAN = '9521000901018';

/** Creates a customer of a new group, and goods with every trap, in the sales channel of the access key. */
export async function createLiveData(shop: LiveShop, displayGross: boolean): Promise<LiveData> {
  const call = await adminOf(shop);
  const run = randomBytes(4).toString('hex');
  const created: string[] = [];
  const create = async (entity: string, body: Entity): Promise<string> => {
    const id = newId();
    await call('POST', `/api/${entity}`, { id, ...body });
    created.push(`/api/${entity}/${id}`);
    return id;
  };
  const search = async (entity: string, body: Entity): Promise<Entity[]> =>
    ((await call('POST', `/api/search/${entity}`, body)) as { data: Entity[] }).data;
  const remove = async (): Promise<void> => {
    for (const path of created.toReversed())
      await call('DELETE', path).catch((fault: unknown) => console.warn(`left behind: ${path}: ${String(fault)}`));
  };

  try {
    const [channel] = await search('sales-channel', {
      limit: 1,
      filter: [{ type: 'equals', field: 'accessKey', value: shop.accessKey }],
    });
    if (channel === undefined) throw new Error('no sales channel has SHOPWARE_ACCESS_KEY');
    const salesChannelId = String(channel.id);
    const ofChannel = { limit: 100, filter: [{ type: 'equals', field: 'salesChannels.id', value: salesChannelId }] };
    const languages = await search('language', { ...ofChannel, associations: { translationCode: {} } });
    const otherCurrency = await secondCurrency();
    const [salutation] = await search('salutation', { limit: 1 });

    const groupId = await create('customer-group', { name: `Punchout test ${run}`, displayGross });
    const taxId = await create('tax', { name: `Punchout test ${run}`, taxRate: 19 });
    const manufacturerId = await create('product-manufacturer', { name: 'Acme & Co' });
    const categoryId = await create('category', {
      name: `Punchout test ${run}`,
      parentId: channel.navigationCategoryId,
      active: true,
    });
    const customField = `punchout_test_${run}_unspsc`;
    await create('custom-field-set', {
      name: `punchout_test_${run}`,
      customFields: [{ id: newId(), name: customField, type: 'text' }],
      relations: [{ id: newId(), entityName: 'product' }],
    });
    // The order of the ids is not that of the positions (shopware.md 9.4).
    const options = [
      { id: `f${newId().slice(1)}`, group: 'Size', name: 'M' },
      { id: `0${newId().slice(1)}`, group: 'Colour', name: 'blue' },
    ];
    for (const [position, { id, group, name }] of options.entries())
      await create('property-group', { name: `${group} ${run}`, position: position + 1, options: [{ id, name }] });
    const optionIds = options.map(({ id }) => ({ id }));

    const names = languages.map((language) => {
      const tag = (language.translationCode as { code?: string } | null)?.code ?? '';
      return { languageId: String(language.id), tag, name: `Punchout pen ${run} ${tag}` };
    });
    const sku = (name: string): string => `PO-${run}-${name}`;
    const product = (name: string, body: Entity): Promise<string> =>
      create('product', {
        productNumber: sku(name),
        name: `Punchout ${name} ${run}`,
        stock: 1000,
        taxId,
        active: true,
        price: [{ currencyId: DEFAULT_CURRENCY_ID, net: 10, gross: 11.9, linked: false }],
        visibilities: [{ id: newId(), salesChannelId, visibility: 30 }],
        categories: [{ id: categoryId }],
        ...body,
      });
    const plainId = await product('plain', {
      name: undefined,
      price: [{ currencyId: DEFAULT_CURRENCY_ID, net: 1, gross: 1.19, linked: false }],
      description: '<p>Writes <b>well</b>.</p>',
      manufacturerId,
      manufacturerNumber: 'ACME-PEN-1',
      ean: EAN,
      customFields: { [customField]: '44121704' },
      translations: {
        [DEFAULT_LANGUAGE_ID]: { name: `Punchout pen ${run}` },
        ...Object.fromEntries(names.map(({ languageId, name }) => [languageId, { name }])),
      },
    });
    await product('other', {});
    await product('soldOut', { stock: 0, isCloseout: true });
    await product('stepped', { minPurchase: 2, purchaseSteps: 2, maxPurchase: 20 });
    await product('scarce', { stock: 5, isCloseout: true });
    await product('capped', { maxPurchase: 5 });
    const [always] = await search('rule', {
      limit: 1,
      filter: [{ type: 'equals', field: 'conditions.type', value: 'alwaysValid' }],
    });
    if (always === undefined)
      console.warn('the shop has no rule that is always valid: prices by quantity are not tested');
    const priceFrom = (quantityStart: number, quantityEnd: number | null, net: number, gross: number): Entity => ({
      id: newId(),
      ruleId: always?.id,
      quantityStart,
      quantityEnd,
      price: [{ currencyId: DEFAULT_CURRENCY_ID, net, gross, linked: false }],
    });
    await product(
      'tiered',
      always === undefined ? {} : { prices: [priceFrom(1, 9, 10, 11.9), priceFrom(10, null, 8.33, 9.91)] },
    );
    const promotionCode = `PO-${run}`;
    await create('promotion', {
      name: `Punchout test ${run}`,
      active: true,
      code: promotionCode,
      useCodes: true,
      useIndividualCodes: false,
      salesChannels: [{ id: newId(), salesChannelId, priority: 1 }],
      discounts: [{ id: newId(), scope: 'cart', type: 'percentage', value: 10, considerAdvancedRules: false }],
    });
    const parentId = await product('parent', {
      configuratorSettings: optionIds.map(({ id }) => ({ id: newId(), optionId: id })),
    });
    await create('product', { parentId, productNumber: sku('variant'), stock: 10, options: optionIds });

    const isSold = await noticed(async () =>
      (
        await storeApi(shop, '/product', { filter: [{ type: 'equals', field: 'productNumber', value: sku('plain') }] })
      ).includes(sku('plain')),
    );
    if (!isSold)
      throw new Error(
        'the shop does not sell the products that were made for the test: is its sales channel active, and ' +
          'does it index?',
      );
    const refusesParent = await noticed(async () =>
      /"childCount":[1-9]/.test(await storeApi(shop, '/product', { ids: [parentId] })),
    );
    if (!refusesParent)
      console.warn(
        'the shop has not counted the variants of a product (does its queue worker run?): that a parent cannot ' +
          'be bought is not tested',
      );
    // A tax that is new may be unknown to contexts that the shop has cached (shopware.md 8.7).
    const canBuy = (): Promise<boolean> =>
      storeApi(shop, '/checkout/cart/line-item', {
        items: [{ id: plainId, referencedId: plainId, type: 'product', quantity: 1 }],
      }).then(
        (cart) => cart.includes(sku('plain')),
        () => false,
      );
    if (!(await noticed(canBuy))) {
      await call('DELETE', '/api/_action/cache');
      if (!(await noticed(canBuy)))
        throw new Error('the shop cannot put the products that were made for the test into a cart');
    }
    const hidesSoldOut = !(
      await storeApi(shop, '/product', { filter: [{ type: 'equals', field: 'productNumber', value: sku('soldOut') }] })
    ).includes(sku('soldOut'));
    if (hidesSoldOut) console.warn('the shop hides what is sold out: that is not tested');

    const customerNumber = `PO-${run}`;
    const person = { salutationId: salutation?.id, firstName: 'Max', lastName: 'Mustermann' };
    const addressId = newId();
    const customer = {
      ...person,
      customerNumber,
      salesChannelId,
      groupId,
      languageId: channel.languageId,
      email: `punchout-${run}@example.com`,
      password: `Aa1-${randomBytes(12).toString('hex')}`,
      active: true,
      guest: false,
      defaultBillingAddress: {
        id: addressId,
        ...person,
        countryId: channel.countryId,
        street: 'Neustrasse 22',
        zipcode: '12345',
        city: 'Neustadt',
      },
      defaultShippingAddressId: addressId,
    };
    // Shopware 6.7 no longer has a default payment method, 6.6 demands one.
    await create('customer', { ...customer, defaultPaymentMethodId: channel.paymentMethodId }).catch((first: unknown) =>
      create('customer', customer).catch(() => {
        throw first;
      }),
    );

    return {
      salesChannelId,
      hidesSoldOut,
      refusesParent,
      customerNumber,
      sku,
      promotionCode,
      names,
      customField,
      eanOfPlain: EAN,
      unitPrice: channel.currencyId === DEFAULT_CURRENCY_ID ? (displayGross ? '1.00' : '1') : undefined,
      otherCurrency,
      remove,
    };

    /** Another currency of the sales channel; lent to it for the test where it has none. */
    async function secondCurrency(): Promise<string | undefined> {
      const isOther = ({ id, factor }: Entity): boolean => id !== channel?.currencyId && factor !== 1;
      const own = (await search('currency', ofChannel)).find(isOther);
      if (own !== undefined) return String(own.isoCode);
      const lent = (await search('currency', { limit: 100 })).find(isOther);
      if (lent === undefined) {
        console.warn('the shop has one currency only: another one is not tested');
        return undefined;
      }
      await call('PATCH', `/api/sales-channel/${salesChannelId}`, { currencies: [{ id: lent.id }] });
      created.push(`/api/sales-channel/${salesChannelId}/currencies/${String(lent.id)}`);
      const shown = await noticed(async () =>
        (await storeApi(shop, '/currency')).includes(`"${String(lent.isoCode)}"`),
      );
      if (!shown)
        console.warn(
          'the shop does not show the currency that was lent to its sales channel: another one is not tested',
        );
      return shown ? String(lent.isoCode) : undefined;
    }
  } catch (fault) {
    await remove();
    throw fault;
  }
}

/** What the shop shows to an anonymous visitor. */
async function storeApi({ baseUrl, accessKey }: LiveShop, path: string, body: Entity = {}): Promise<string> {
  const answer = await fetch(`${baseUrl}/store-api${path}`, {
    method: 'POST',
    headers: { 'sw-access-key': accessKey, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ limit: 100, ...body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST /store-api${path} answered ${answer.status}: ${text.slice(0, 1000)}`);
  return text;
}

async function noticed(condition: () => Promise<boolean>): Promise<boolean> {
  const giveUpAt = Date.now() + NOTICED_WITHIN_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) return false;
    await new Promise((wake) => setTimeout(wake, 1000));
  }
  return true;
}

/**
 * A caller of the Admin API; throws for every answer but 2xx, with what the shop said. A token lives ten minutes: a
 * fresh one is fetched in time.
 */
async function adminOf({
  baseUrl,
  clientId,
  clientSecret,
}: LiveShop): Promise<(method: string, path: string, body?: unknown) => Promise<unknown>> {
  const fetchToken = async (): Promise<{ token: string; goodUntil: number }> => {
    const answer = await fetch(`${baseUrl}/api/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    if (!answer.ok) throw new Error(`no access to the Admin API: ${answer.status}`);
    const { access_token: token, expires_in: seconds } = (await answer.json()) as {
      access_token: string;
      expires_in: number;
    };
    return { token, goodUntil: Date.now() + (seconds - 60) * 1000 };
  };
  let access = await fetchToken();
  return async (method, path, body) => {
    if (Date.now() > access.goodUntil) access = await fetchToken();
    const answer = await fetch(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${access.token}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 1000)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

function newId(): string {
  return randomBytes(16).toString('hex');
}
