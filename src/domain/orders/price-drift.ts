import type { Cart, CartLine } from '../cart/cart.js';
import { type RestoredItem, lineOf, priceChange } from '../cart/restore-report.js';
import { compare, type DecimalText, parseDecimal } from '../decimal.js';
import type { ItemKey } from '../transmission/setup-request.js';

/**
 * `offer_held`: the purchase order was compared with the offered prices. `offer_ended`: they were offered for fewer
 * days, and the order waits for a person. `present_price_used`: the buyer came back to edit or inspect the cart, which
 * has the shop's present prices.
 */
export const DRIFT_OUTCOMES = ['offer_held', 'offer_ended', 'present_price_used'] as const;

/** Prices of a sent cart that the shop has changed since, as an order or an edit of this cart met them. */
export interface PriceDrift {
  /** `days`: for how many its prices were offered; absent: without end. */
  offer: { sessionId: string; sentAt: Date; days?: number | undefined };
  /** Of the purchase order; absent for an edit or inspect. */
  orderId?: string | undefined;
  outcome: (typeof DRIFT_OUTCOMES)[number];
  lines: DriftedPrice[];
}

/** Prices of one unit, without tax and before the discounts of the cart. */
export interface DriftedPrice {
  supplierPartId: string;
  offered: DecimalText;
  present: DecimalText;
  currency: string;
  /** Only of an edit or inspect. */
  buyerTold?: boolean | undefined;
}

/**
 * The lines of a sent cart whose price can be compared, of these items: of each product the first one. A bundle and its
 * parts are left out: which of them has the price is the cart's own matter.
 */
export function offeredLines({ lines }: Pick<Cart, 'lines'>, items: readonly ItemKey[]): CartLine[] {
  const heads = new Set(lines.flatMap(({ parentLineId }) => parentLineId ?? []));
  const wanted = new Set(items.flatMap((item) => lineOf(lines, item) ?? []));
  const products = new Set<string>();
  return lines.filter((line) => {
    const { kind, lineId, parentLineId, productKey } = line;
    const isPlain = kind === 'product' && parentLineId === undefined && !heads.has(lineId);
    if (!isPlain || !wanted.has(line) || products.has(productKey)) return false;
    products.add(productKey);
    return true;
  });
}

/**
 * The price of the line in the sent cart beside that of the same line now. Undefined: they are equal, or cannot be
 * compared, because the shop has no price for this quantity.
 */
export function driftOf(offered: CartLine, present: CartLine | undefined, currency: string): DriftedPrice | undefined {
  if (present === undefined || compare(parseDecimal(present.quantity), parseDecimal(offered.quantity)) !== 0)
    return undefined;
  const { sku: supplierPartId, unitPrice: amount, priceBasis: basis } = offered;
  const claimedUnitPrice = { amount, currency, basis };
  const change = priceChange({ supplierPartId, quantity: offered.quantity, claimedUnitPrice }, present, currency);
  return change && { supplierPartId, offered: change.claimed, present: change.now, currency };
}

/** Numbers of the articles of a sent cart that its edit has told the buyer another price of. */
export function toldArticles(
  { lines }: Pick<Cart, 'lines'>,
  items: readonly ItemKey[],
  restored: readonly RestoredItem[] = [],
): Set<string> {
  const told = new Set(restored.flatMap(({ supplierPartId, price }) => (price === undefined ? [] : supplierPartId)));
  return new Set(items.flatMap((item) => (told.has(item.supplierPartId) ? (lineOf(lines, item)?.sku ?? []) : [])));
}

/** In words. The last sentence says what was done. */
export function driftTexts({ offer: { sentAt, days }, orderId = '', outcome, lines }: PriceDrift): string[] {
  const day = sentAt.toISOString().slice(0, 10);
  const sentences = lines.map(
    ({ supplierPartId, offered, present, currency, buyerTold }) =>
      `Article ${supplierPartId}: offered at ${offered} ${currency} on ${day}, now ${present} ${currency} in the shop` +
      `${buyerTold === undefined ? '' : buyerTold ? '; the buyer was told' : '; the buyer was not told'}.`,
  );
  const term = days === undefined ? 'without end' : `for ${days} days`;
  const done = {
    offer_held: `The offer, ${term}, holds: purchase order ${orderId} was compared with the offered prices.`,
    offer_ended: `The offer, ${term}, had ended: purchase order ${orderId} waits for a person.`,
    present_price_used: 'The buyer came back with this cart, which has the present prices.',
  };
  return [...sentences, done[outcome]];
}

/** The document of the message log. */
export function driftDocument(drift: PriceDrift): string {
  const { offer, orderId, outcome, lines } = drift;
  return JSON.stringify({
    text: driftTexts(drift),
    outcome,
    order_id: orderId,
    offer: { session_id: offer.sessionId, sent_at: offer.sentAt.toISOString(), days: offer.days ?? null },
    lines: lines.map(({ supplierPartId, buyerTold, ...prices }) => ({
      supplier_part_id: supplierPartId,
      ...prices,
      buyer_told: buyerTold,
    })),
  });
}

/** What `driftDocument` wrote. */
export function readDrift(document: string): PriceDrift {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by driftDocument
  const { offer, order_id: orderId, outcome, lines } = JSON.parse(document) as WrittenDrift;
  const { session_id: sessionId, sent_at: sentAt, days } = offer;
  return {
    offer: { sessionId, sentAt: new Date(sentAt), days: days ?? undefined },
    orderId,
    outcome,
    lines: lines.map(({ supplier_part_id: supplierPartId, offered, present, currency, buyer_told: buyerTold }) => {
      return { supplierPartId, offered, present, currency, buyerTold };
    }),
  };
}

interface WrittenDrift extends Pick<PriceDrift, 'outcome'> {
  offer: { session_id: string; sent_at: string; days: number | null };
  order_id?: string;
  lines: (Omit<DriftedPrice, 'supplierPartId' | 'buyerTold'> & { supplier_part_id: string; buyer_told?: boolean })[];
}

/** Its kind in the message log. */
export const DRIFT_KIND = 'Price drift';
