import type { Request, RequestHandler, Response } from 'express';
import type { FromSchema } from 'json-schema-to-ts';
import type { Connection } from '../../domain/access/connection.js';
import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { OpenBuyAccess } from '../../usecases/access/open-buy-access.js';
import type { LiveBuyer } from '../../usecases/catalogue/live-items.js';
import type { PricedItem, WantedItem } from '../../usecases/catalogue/price-items.js';
import type { FoundItems, SearchWish } from '../../usecases/catalogue/search-catalogue.js';
import { bodyCheck, jsonOf } from '../body/check-input.js';
import type { AdmitConnection } from '../callers/admission.js';
import { learn } from '../exchange-facts.js';
import { type OpenBuyAction, sendRefusal } from './router.js';
import { AUTHENTICATION_BODY, CHECKOUT_ITEM, CHECKOUT_ITEMS, DETAIL_BODY, SEARCH_BODY } from './schemas.js';

interface Deps {
  access: OpenBuyAccess;
  admit: AdmitConnection;
  /** The address by which wrong credentials are counted. */
  guessAddress: (req: Request) => string | undefined;
  search: (buyer: LiveBuyer, wish: SearchWish) => Promise<Outcome<FoundItems>>;
  detail: (buyer: LiveBuyer, sku: string) => Promise<Outcome<IndexEntry>>;
  checkout: (buyer: LiveBuyer, wanted: readonly WantedItem[]) => Promise<Outcome<PricedItem[]>>;
}

const authenticationBody = bodyCheck<FromSchema<typeof AUTHENTICATION_BODY>>(AUTHENTICATION_BODY);
const searchBody = bodyCheck<FromSchema<typeof SEARCH_BODY>>(SEARCH_BODY);
const detailBody = bodyCheck<FromSchema<typeof DETAIL_BODY>>(DETAIL_BODY);

/** What Coupa asks of a supplier, for one of its users. */
export function openBuyRoutes({
  access,
  admit,
  guessAddress,
  search,
  detail,
  checkout,
}: Deps): Record<OpenBuyAction, RequestHandler> {
  return {
    async authentication(req, res) {
      learn(res, { kind: 'Open Buy authentication' });
      const json = jsonOf(req.body);
      const body = json.ok ? authenticationBody(json.value) : json;
      if (!body.ok) return sendRefusal(res, body.refusal);
      const { credentials, email } = body.value;
      const connection = await access.prove(credentials, guessAddress(req));
      if (!connection.ok) return sendRefusal(res, connection.refusal);
      if (!(await isAdmitted(req, res, connection.value))) return;
      res.json({ token: await access.tokenFor(credentials, email?.trim() ?? '') });
    },

    search: action('search', searchBody, async (buyer, { query, page_number: page }) => {
      const found = await search(buyer, { query, page: page ?? 1 });
      if (!found.ok) return found;
      const { total, items } = found.value;
      return accept({ count: items.length, total_count: total, results: items.map((item) => itemView(item)) });
    }),

    detail: action('detail', detailBody, async (buyer, { source_part_num: sku }) => {
      const item = await detail(buyer, sku);
      return item.ok ? accept({ ...itemView(item.value), summary: item.value.description || undefined }) : item;
    }),

    checkout: action('checkout', checkoutItems, async (buyer, wanted) => {
      const priced = await checkout(buyer, wanted);
      return priced.ok ? accept({ items: priced.value.map((item) => pricedView(item)) }) : priced;
    }),
  };

  /** For the buyer of a token. `act` gives the answer. */
  function action<Body>(
    name: OpenBuyAction,
    check: (value: unknown) => Outcome<Body>,
    act: (buyer: LiveBuyer, body: Body) => Promise<Outcome<object>>,
  ): RequestHandler {
    return async (req, res) => {
      learn(res, { kind: `Open Buy ${name}` });
      const caller = await access.callerOf(tokenOf(req));
      if (!caller.ok) return sendRefusal(res, caller.refusal);
      if (!(await isAdmitted(req, res, caller.value.connection))) return;
      const json = jsonOf(req.body);
      const body = json.ok ? check(json.value) : json;
      const answer = body.ok ? await act(caller.value, body.value) : body;
      if (!answer.ok) return sendRefusal(res, answer.refusal);
      res.json(answer.value);
    };
  }

  /** False: the refusal is sent. */
  async function isAdmitted(req: Request, res: Response, connection: Connection): Promise<boolean> {
    const { tenantId, connectionId } = connection;
    learn(res, { connection: { tenantId, connectionId } });
    const admitted = await admit(req, connection);
    if (!admitted.ok) sendRefusal(res, admitted.refusal);
    return admitted.ok;
  }
}

/** Undefined if the request has no Bearer token. */
function tokenOf(req: Request): string | undefined {
  return /^Bearer +([\w.-]+) *$/i.exec(req.get('authorization') ?? '')?.[1];
}

/** An item in an answer, in the names of Coupa's Core API (open-buy.md 6). What the shop does not have is left out. */
function itemView(entry: IndexEntry): object {
  return {
    source_part_num: entry.sku,
    description: entry.name || undefined,
    unit_price: entry.price,
    currency: entry.currency,
    uom: entry.unit,
    unspsc_code: entry.classifications.find(({ domain }) => /^un[\s/-]?spsc/i.test(domain.trim()))?.code,
    manufacturer_name: entry.manufacturerName || undefined,
    manufacturer_part_number: entry.manufacturerPartId || undefined,
    minimum_order_quantity: entry.minQuantity,
    order_increment: entry.quantityStep,
    image_url: entry.imageUrl,
  };
}

/** The same at a checkout. */
function pricedView({ entry, quantity, total }: PricedItem): object {
  return { ...itemView(entry), minimum_order_quantity: undefined, quantity, total };
}

const severalBody = bodyCheck<FromSchema<typeof CHECKOUT_ITEMS>>(CHECKOUT_ITEMS);
const singleBody = bodyCheck<FromSchema<typeof CHECKOUT_ITEM>>(CHECKOUT_ITEM);
/** A number that needs more digits is written with an exponent, or rounded. */
const PLAIN = /^\d{1,13}(\.\d{1,6})?$/;

/** The items of a checkout: `items`, or else the one that the body itself is. */
function checkoutItems(body: unknown): Outcome<WantedItem[]> {
  const isSingle = typeof body === 'object' && body !== null && !('items' in body) && 'source_part_num' in body;
  const single = isSingle ? singleBody(body) : undefined;
  if (single?.ok === false) return single;
  const several = single === undefined ? severalBody(body) : accept({ items: [single.value] });
  if (!several.ok) return several;
  const { items } = several.value;
  const wrong = items.findIndex(({ quantity }) => typeof quantity === 'number' && !PLAIN.test(String(quantity)));
  if (wrong < 0)
    return accept(items.map(({ source_part_num: sku, quantity }) => ({ sku, quantity: String(quantity) })));
  const field = single === undefined ? `items.${wrong}.quantity` : 'quantity';
  return refuse('INVALID_REQUEST', `${field} must have at most six decimals.`, { field });
}
