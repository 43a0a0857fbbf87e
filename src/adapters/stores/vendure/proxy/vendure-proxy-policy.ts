import type { DirectiveNode, FieldNode, SelectionSetNode } from 'graphql';
import type { CartRef } from '../../../../domain/cart/cart.js';
import type { StoreProxyPolicy, ProxiedCall, ProxyVerdict } from '../../../../ports/store/store-proxy-policy.js';
import { CHANNEL_HEADER, type ShopSession, TOKEN_HEADER } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { type AskedOperation, isObject, readOperation, writeOperation, graphql } from './read-operation.js';

interface Deps {
  /** Without a trailing slash. */
  shopApiUrl: string;
  channelToken: string | undefined;
  /** The session of one of our carts. */
  sessionOf(cart: CartRef): ShopSession;
  /** Additional root fields: `mutation setOrderShippingMethod`. */
  allow: readonly string[];
}

/**
 * Vendure's Shop API, which is one address. We add the token, and the cart's channel and currency to every request: a
 * mutation in another currency would change the currency of the order.
 */
export function vendureProxyPolicy({ shopApiUrl, channelToken, sessionOf, allow }: Deps): StoreProxyPolicy {
  const channel = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { [CHANNEL_HEADER]: token };
  return {
    mountPath: '/shop-api',
    target: shopApiUrl,
    passes: [],
    credentialHeaders: [TOKEN_HEADER, 'authorization'],
    publicHeaders: channel(channelToken),
    judge: operationJudge(allow),
    access: (cart) => {
      const { token, currency, channelToken: own } = sessionOf(cart);
      if (token === undefined) throw storeFault('this cart has no session');
      return {
        headers: { ...channel(own), authorization: `Bearer ${token}` },
        query: currency === undefined ? undefined : { currencyCode: currency },
        secrets: [token],
      };
    },
    // A different or empty token means that the shop has lost our session.
    isLost: (headers, { headers: { authorization = '' } }) =>
      headers[TOKEN_HEADER] !== undefined && `Bearer ${headers[TOKEN_HEADER]}` !== authorization,
  };
}

/**
 * Limits of fields after all fragments are expanded, and of their depth: small fragments can multiply into a very large
 * request.
 */
const MAX_FIELDS = 3000;
const MAX_DEPTH = 25;
const LANGUAGE = /^[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,2}$/;

/** Thrown and caught in this file only. */
class Refused extends Error {}

/**
 * The Shop API during a punchout. The field counts, never its alias; fields are searched through all fragments and
 * directives, and the request is printed again from the parsed parts. A mutation is a write, so an inspect session
 * cannot send one.
 */
export function operationJudge(allow: readonly string[]): (call: ProxiedCall) => ProxyVerdict {
  // Says at once, not at the first request, that it is not installed.
  graphql();
  const further = furtherFields(allow);
  return (call) => {
    if (call.path !== '' && call.path !== '/') return { ok: false, reason: 'unknown path' };
    const asked = readOperation(call);
    if (typeof asked === 'string') return { ok: false, reason: asked };
    try {
      const { type, used } = judged(asked, further);
      if (call.method === 'GET' && type === 'mutation') throw new Refused('a mutation must be a POST');
      const effect = type === 'mutation' ? 'write' : 'read';
      return {
        ok: true,
        call: { method: 'POST', path: '', query: languageOf(call.query), body: writeOperation(asked, used), effect },
      };
    } catch (fault) {
      if (fault instanceof Refused) return { ok: false, reason: fault.message };
      throw fault;
    }
  };
}

function judged(
  asked: AskedOperation,
  further: ReadonlySet<string>,
): { type: 'query' | 'mutation'; used: ReadonlySet<string> } {
  const { Kind, OperationTypeNode } = graphql();
  const { operation } = asked;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw new Refused('subscriptions are not accepted');
  const type = operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
  noDirectives([
    ...(operation.directives ?? []),
    ...(operation.variableDefinitions ?? []).flatMap(({ directives = [] }) => directives),
  ]);
  const used = new Set<string>();
  let fields = 0;

  const walk = (
    set: SelectionSetNode,
    depth: number,
    trail: readonly string[],
    visit: (field: FieldNode) => void,
  ): void => {
    if (depth > MAX_DEPTH) throw new Refused('the query is too deep');
    for (const selection of set.selections) {
      if ((fields += 1) > MAX_FIELDS) throw new Refused('the query is too large');
      noDirectives(selection.directives?.filter(({ name }) => name.value !== 'skip' && name.value !== 'include') ?? []);
      if (selection.kind === Kind.FIELD) visit(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, depth + 1, trail, visit);
      else {
        const name = selection.name.value;
        const fragment = asked.fragments.get(name);
        if (fragment === undefined || trail.includes(name))
          throw new Refused('a fragment is missing or contains itself');
        noDirectives(fragment.directives ?? []);
        used.add(name);
        walk(fragment.selectionSet, depth + 1, [...trail, name], visit);
      }
    }
  };
  const below = (field: FieldNode, depth: number): void => {
    const ofCustomer = field.name.value === 'customer' || field.name.value === 'activeCustomer';
    if (field.selectionSet === undefined) return;
    walk(field.selectionSet, depth, [], (inner) => {
      const name = inner.name.value;
      if (CLOSED_FIELDS.has(name) || (ofCustomer && !CUSTOMER_FIELDS.has(name)))
        throw new Refused(`${name} is closed during a punchout`);
      below(inner, depth + 1);
    });
  };
  walk(operation.selectionSet, 0, [], (field) => {
    rootField(type, field, asked, further);
    below(field, 1);
  });
  return { type, used };
}

function rootField(
  type: 'query' | 'mutation',
  field: FieldNode,
  asked: AskedOperation,
  further: ReadonlySet<string>,
): void {
  const name = field.name.value;
  if (further.has(`${type} ${name}`)) return;
  const allowed = Object.hasOwn(ALLOWED[type], name) ? ALLOWED[type][name] : undefined;
  if (allowed === undefined)
    throw new Refused('ordering, accounts and whatever is not on the list are closed during a punchout');
  const given = field.arguments ?? [];
  const foreign = given.find((argument) => !allowed.includes(argument.name.value));
  if (foreign !== undefined) throw new Refused(`${name} must not have ${foreign.name.value}: prices are the shop's`);
  const inputs = given.find((argument) => argument.name.value === 'inputs');
  if (inputs === undefined) return;
  const value = graphql().valueFromASTUntyped(inputs.value, withDefaults(asked));
  // A single object stands for a list with one entry.
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  if (!entries.every((entry) => isObject(entry) && Object.keys(entry).every((key) => INPUT_FIELDS.includes(key))))
    throw new Refused(`an entry of ${name} has productVariantId and quantity, nothing else: prices are the shop's`);
}

function withDefaults({ operation, variables }: AskedOperation): Record<string, unknown> {
  const { valueFromASTUntyped } = graphql();
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

/** `@defer` and directives of the shop are not supported. */
function noDirectives(directives: readonly DirectiveNode[]): void {
  if (directives.length > 0) throw new Refused('only the directives skip and include are accepted');
}

/** The browser may choose the language of texts, but not channel and currency. */
function languageOf(query: string): string {
  const language = new URLSearchParams(query).get('languageCode');
  return language !== null && LANGUAGE.test(language) ? `languageCode=${language}` : '';
}

/**
 * Root fields of the Shop API that a buyer's browser may use during a punchout, with their allowed arguments: no custom
 * fields (an engraving may change a price), no choice of another order.
 */
const ALLOWED: Readonly<Record<'query' | 'mutation', Readonly<Record<string, readonly string[]>>>> = {
  query: {
    __typename: [],
    activeChannel: [],
    activeCustomer: [],
    activeOrder: [],
    activeShippingMethods: [],
    availableCountries: [],
    collection: ['id', 'slug'],
    collections: ['options'],
    eligibleShippingMethods: [],
    facet: ['id'],
    facets: ['options'],
    product: ['id', 'slug'],
    products: ['options'],
    search: ['input'],
  },
  mutation: {
    __typename: [],
    addItemToOrder: ['productVariantId', 'quantity'],
    addItemsToOrder: ['inputs'],
    adjustOrderLine: ['orderLineId', 'quantity'],
    applyCouponCode: ['couponCode'],
    removeAllOrderLines: [],
    removeCouponCode: ['couponCode'],
    removeOrderLine: ['orderLineId'],
  },
};

/** Fields of an entry of `addItemsToOrder(inputs:)`. */
const INPUT_FIELDS: readonly string[] = ['productVariantId', 'quantity'];

/**
 * Forbidden at any depth: fields that lead from a cart to a customer's other orders, addresses, payments and account.
 */
const CLOSED_FIELDS: ReadonlySet<string> = new Set([
  'orders',
  'addresses',
  'payments',
  'history',
  'user',
  'fulfillments',
  'fulfillmentLines',
  'modifications',
]);

/** Allowed below `customer` and `activeCustomer`. */
const CUSTOMER_FIELDS: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'title',
  'firstName',
  'lastName',
  'emailAddress',
  'phoneNumber',
]);

const RULE = /^(query|mutation) ([A-Za-z_]\w{0,127})$/;

/** Throws TypeError for an unreadable rule. */
function furtherFields(rules: readonly string[]): ReadonlySet<string> {
  for (const rule of rules)
    if (!RULE.test(rule)) throw new TypeError(`"${rule}" is no field: write "mutation setOrderShippingMethod"`);
  return new Set(rules);
}
