import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseDecimalJson, decimalAt, textAt } from '../../../../src/adapters/stores/exchange/json-reading.js';
import { cartOf } from '../../../../src/adapters/stores/shopware/cart/cart-view.js';
import { shopCartOf } from '../../../../src/adapters/stores/shopware/cart/shop-cart.js';
import { cartTotal } from '../../../../src/domain/cart/cart-total.js';
import { add, formatDecimal, parseDecimal, trimZeros } from '../../../../src/domain/decimal.js';
import { shapeDifferences } from './double/shapes.js';
import { ACCESS_KEY, ADMIN, ShopwareDouble } from './double/shopware-double.js';
import { describeWithReference, referencePath } from '../../../support/reference.js';

const FOLDER = referencePath('shopware/recordings');

interface Recording {
  request: { method: string; path: string; headers: Record<string, string>; body?: unknown; raw?: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** Calls that the adapter never makes: order pages, registration, imitation, a product page, the menu. */
const NOT_PLAYED: [from: number, to: number][] = [
  [5, 7],
  [9, 9],
  [59, 62],
  [77, 84],
  [89, 89],
  [91, 95],
];

/** Unused parts, which the double leaves out. */
const OMITTED = [
  ...['shippingMethod', 'paymentMethod', 'taxRules', 'areaRuleIds'],
  ...[
    'translated',
    'createdAt',
    'updatedAt',
    'id',
    'registrationActive',
    'registrationTitle',
    'registrationIntroduction',
    'registrationOnlyCompanyRegistration',
    'registrationSeoMetaDescription',
    'customFields',
  ].map((key) => `currentCustomerGroup.${key}`),
  ...[
    'translated',
    'createdAt',
    'updatedAt',
    'symbol',
    'shortName',
    'name',
    'position',
    'isSystemDefault',
    'taxFreeFrom',
    'customFields',
  ].map((key) => `currency.${key}`),
  ...['scope', 'rulesLocked', 'source', 'ruleIds', 'versionId', 'considerInheritance', 'states'].map(
    (key) => `context.${key}`,
  ),
  'deliveries[].location',
  ...[
    'deliveryTimeId',
    'deliveryTime',
    'translations',
    'availabilityRule',
    'prices',
    'mediaId',
    'media',
    'tags',
    'taxType',
    'tax',
  ].map((key) => `deliveries[].shippingMethod.${key}`),
];

/** Large parts of which only the used fields are kept. */
const OMITTED_KEYS = `
  extensions versionId createdAt updatedAt childCount taxId manufacturerId unitId active displayGroup sales available
  deliveryTime deliveryTimeId restockTime shippingFree markAsTopseller width height length releaseDate streamIds
  optionIds propertyIds keywords metaDescription metaTitle packUnitPlural cover parent children media cmsPageId
  cmsPage translations tags properties options configuratorSettings categoriesRo coverId tagIds productReviews
  ratingAverage mainCategories seoUrls crossSellings canonicalProductId canonicalProduct streams downloads states
  slotConfig sortedProperties calculatedCheapestPrice isNew seoCategory
`;
const OMITTED_BELOW = new RegExp(
  String.raw`^(salesChannel|customer|shippingLocation)\.|^elements\[\]\.(translated|tax)\.|` +
    String.raw`^elements\[\]\.(${OMITTED_KEYS.trim().split(/\s+/).join('|')})$`,
);

/** Amounts, lines and refusals must be equal. */
const EXACT = new RegExp(
  String.raw`^(price(\.|$)|lineItems\[\]\.(price|quantity|id|referencedId|type|label|quantityInformation)(\.|$|\[)|` +
    String.raw`lineItems$|errors(\.(?!.*detail)|\[(?!.*detail)|$)|deliveries\[\]\.shippingCosts)`,
);

const numbers = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

describeWithReference('shopware/recordings')('the double answers like the recorded Shopware 6.6.7', () => {
  const double = new ShopwareDouble();
  /** Recorded context tokens and those of the double. */
  const tokens = new Map<string, string>();
  const played: string[] = [];
  let baseUrl: string;
  let adminToken: string;

  beforeAll(async () => {
    baseUrl = await double.start();
    const answer = await fetch(`${baseUrl}/api/oauth/token`, {
      method: 'POST',
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: ADMIN.clientId,
        client_secret: ADMIN.clientSecret,
      }),
    });
    adminToken = ((await answer.json()) as { access_token: string }).access_token;
  });
  afterAll(async () => {
    await double.stop();
    console.info(`compared with ${played.length} recordings: ${played.join(' ')}`);
  });

  it.each(
    numbers.filter(
      (name) => !NOT_PLAYED.some(([from, to]) => Number(name.slice(0, 3)) >= from && Number(name.slice(0, 3)) <= to),
    ),
  )('%s', async (name) => {
    const { request, response } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recording;
    if (name.startsWith('098')) double.expireContexts();
    const answer = await fetch(baseUrl + request.path, {
      method: request.method,
      headers: headersOf(name, request.headers),
      ...bodyOf(request),
    });
    const text = await answer.text();
    expect(answer.status).toBe(response.status);
    expectSameToken(response.headers['sw-context-token'], answer.headers.get('sw-context-token'));
    const body: unknown = text === '' ? null : JSON.parse(text);
    const differences = shapeDifferences(response.body, body, { omitted: OMITTED, exact: EXACT });
    expect(
      differences.filter(
        (difference) => !(difference.endsWith('not answered') && OMITTED_BELOW.test(String(difference.split(':')[0]))),
      ),
    ).toEqual([]);
    if (response.status >= 400) expect(codesOf(body)).toEqual(codesOf(response.body));
    played.push(name.slice(0, 3));
  });

  it("cxml.md 7: lines and shipping of every recorded cart, net or gross, add up to the shop's own net total", () => {
    const carts = numbers.flatMap((name) => {
      const { response } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recording;
      return (response.body as { apiAlias?: string } | null)?.apiAlias === 'cart'
        ? [{ name, text: JSON.stringify(response.body) }]
        : [];
    });
    expect(carts.length).toBeGreaterThan(15);
    for (const { name, text } of carts) {
      const shopCart = shopCartOf(parseDecimalJson(text));
      const cart = cartOf(shopCart, {
        cartId: name,
        language: 'en',
        details: new Map(),
        context: {
          currency: 'EUR',
          languageId: undefined,
          country: undefined,
          customerId: undefined,
          taxState: undefined,
          permissions: [],
        },
        rules: { units: {}, unitField: 'u', classificationFields: {}, productUrl: () => undefined },
      });
      const netPrice = decimalAt(shopCart.body, 'price', 'netPrice') ?? '';
      const sum = add(parseDecimal(cartTotal(cart.lines, 'EUR')), parseDecimal(cart.shipping?.amount ?? '0'));
      expect([name, formatDecimal(trimZeros(sum))]).toEqual([name, netPrice]);
      expect(cart.lines.map(({ sku }) => sku)).toEqual(
        shopCart.lines.map(({ body }) => textAt(body, 'payload', 'productNumber') ?? textAt(body, 'payload', 'code')),
      );
    }
  });

  function headersOf(name: string, recorded: Record<string, string>): Record<string, string> {
    const { 'sw-access-key': key, 'sw-context-token': token, authorization, ...rest } = recorded;
    return {
      ...rest,
      ...(key === undefined ? {} : { 'sw-access-key': name.startsWith('012') ? key : ACCESS_KEY }),
      ...(token === undefined ? {} : { 'sw-context-token': tokens.get(token) ?? token }),
      ...(authorization === undefined
        ? {}
        : { authorization: `Bearer ${name.startsWith('090') ? 'nope' : adminToken}` }),
    };
  }

  /** Equal where the recorded ones were equal, different where they differed. */
  function expectSameToken(recorded: string | undefined, answered: string | null): void {
    expect(answered === null).toBe(recorded === undefined);
    if (recorded === undefined || answered === null) return;
    if (tokens.has(recorded)) expect(answered).toBe(tokens.get(recorded));
    else if (answered !== recorded) expect([...tokens.values()]).not.toContain(answered);
    tokens.set(recorded, answered);
  }
});

function bodyOf({ body, raw }: Recording['request']): { body?: string } {
  return raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) };
}

function codesOf(body: unknown): unknown[] {
  return ((body as { errors?: { code: string }[] }).errors ?? []).map(({ code }) => code);
}
