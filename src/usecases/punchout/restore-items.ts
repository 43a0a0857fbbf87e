import { add, compare, type Decimal, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';
import type { Cart, CartLine, CartRef } from '../../domain/cart/cart.js';
import { withoutCharges } from '../../domain/cart/discount-codes.js';
import { grossCart } from '../../domain/cart/gross-prices.js';
import { PunchoutError, accept } from '../../domain/error-codes.js';
import { shownCartOf } from '../../domain/cart/shown-cart.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import { goneCodes, lineOf, type RestoredItem, restoreReport } from '../../domain/cart/restore-report.js';
import type { RequestedItem } from '../../domain/transmission/setup-request.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { CartKnowledge, LineResult, Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'writeCart' | 'find' | 'markRestored'>;
  store: Pick<Store, 'addLines' | 'readCart' | 'redeemCode'>;
}

/**
 * True until the lines and discount codes of the call-up are in the cart. Until then nothing else is written to the
 * cart (change-cart.ts).
 */
export function awaitsRestoring({ operation, request, restored }: Transmission): boolean {
  const { items, discountCodes = [] } = request;
  return (
    operation !== 'create' && restored === undefined && (withoutCharges(items).length > 0 || discountCodes.length > 0)
  );
}

/** Maximum lines added under one lease: a shop can be slow, and a lease is short. */
const CHUNK = 200;

/**
 * Puts the lines of an edit or inspect call-up into its cart, once and in chunks, and redeems its discount codes. After
 * a failure the next attempt finds what is already in the cart and adds the rest. Throws the store's errors, and
 * PunchoutError('CART_CHANGING') if other writes keep the cart busy.
 */
export function restoreItems({
  transmissions,
  store,
}: Deps): (transmission: Transmission, cart: CartRef) => Promise<RestoredItem[]> {
  return async (transmission, cart) => {
    const items = withoutCharges(transmission.request.items);
    const settled = new Map<number, LineResult>();
    /** The cart revision under our last lease. */
    let revision: number | undefined;
    let after: Cart | undefined;
    for (;;) {
      const written = await transmissions.writeCart(
        transmission,
        async () => {
          const now = await transmissions.find(transmission);
          if (now?.restored !== undefined) return now.restored;
          // Our lease moved the revision to 1: there was no write before, so the cart is unchanged since it was opened.
          // Each lease moves the revision by 2.
          const untouched = now?.cartRevision === 1 || (revision !== undefined && now?.cartRevision === revision + 2);
          revision = now?.cartRevision;
          const present = now?.cartRevision === 1 ? [] : (await store.readCart(cart, { untouched })).lines;
          const hasAdded = await addMissing({ store, cart, untouched }, items, present, settled);
          if (settled.size < items.length) return undefined;
          const results = items.map(
            (item, index) =>
              settled.get(index) ?? { supplierPartId: item.supplierPartId, requested: item.quantity, got: '0' },
          );
          const isArticle = items.map((item, index) => !isDiscount(item, results[index]));
          const unmarked = items.filter((_, index) => isArticle[index] === false);
          const { discountCodes = [] } = transmission.request;
          const codes = [...new Set([...discountCodes, ...unmarked.map(({ supplierPartId }) => supplierPartId)])];
          await redeemCodes(store, cart, codes);
          after = await store.readCart(cart, { untouched: untouched || hasAdded });
          const priced = transmission.request.prices === 'gross' ? grossCart(after) : accept(after);
          const compared = priced.ok ? priced.value : after;
          const restored = restoreReport(items, results, compared, PROTOCOL_RULES[transmission.protocol].promotions);
          const report = [...restored.filter((_, index) => isArticle[index]), ...goneCodes(codes, after)];
          await transmissions.markRestored(transmission, report);
          return report;
        },
        // The report lists what could not be restored.
        () => (after === undefined ? undefined : { cart: shownCartOf(after), asked: 'anything' }),
      );
      if (!written.ok && written.refused === 'busy') throw new PunchoutError('CART_CHANGING');
      if (!written.ok) return [];
      if (written.value !== undefined) return written.value;
    }
  };
}

/**
 * Maximum number of codes redeemed for one cart: a call-up must not be usable for guessing codes. The others are
 * reported as gone.
 */
const MOST_CODES = 50;

async function redeemCodes(store: Deps['store'], cart: CartRef, codes: readonly string[]): Promise<void> {
  for (const code of codes.slice(0, MOST_CODES)) await store.redeemCode?.(cart, code);
}

/** True for a discount line that came back without our mark. Most shops give such a line its code as article number. */
function isDiscount({ claimedUnitPrice }: RequestedItem, result: LineResult | undefined): boolean {
  return result?.fault === 'unknown_product' && claimedUnitPrice?.amount.startsWith('-') === true;
}

interface Target extends CartKnowledge {
  store: Deps['store'];
  cart: CartRef;
}

/** Adds the next CHUNK of unsettled items and settles them. Returns whether it wrote to the cart. */
async function addMissing(
  { store, cart, untouched }: Target,
  items: readonly RequestedItem[],
  present: readonly CartLine[],
  settled: Map<number, LineResult>,
): Promise<boolean> {
  const there = shareOut(items, present);
  const open = items.flatMap((item, index) =>
    settled.has(index)
      ? []
      : [{ item, index, there: there[index] ?? ZERO, missing: difference(item.quantity, there[index] ?? ZERO) }],
  );
  const next = open.slice(0, CHUNK);
  // The shop is not asked for items without an article number.
  const wanted = next.filter(({ item, missing }) => item.supplierPartId !== '' && missing.units > 0n);
  const added =
    wanted.length === 0
      ? []
      : await store.addLines(
          cart,
          wanted.map(({ item, missing }) => requestOf(item, missing)),
          { untouched },
        );
  for (const one of next) {
    const result = added[wanted.indexOf(one)];
    const got = add(one.there, parseDecimal(result?.got ?? '0'));
    const isNameless = one.item.supplierPartId === '';
    const fault = isNameless
      ? 'quantity_invalid'
      : (result?.fault ?? (compare(got, parseDecimal(one.item.quantity)) === 0 ? undefined : 'quantity_changed'));
    settled.set(one.index, {
      supplierPartId: one.item.supplierPartId,
      requested: one.item.quantity,
      got: formatDecimal(trimZeros(got)),
      fault,
    });
  }
  return wanted.length > 0;
}

const ZERO: Decimal = { units: 0n, scale: 0 };

/**
 * Quantity of each item that is in the cart. Items of the same line share its quantity in order; the last one gets the
 * surplus.
 */
function shareOut(items: readonly RequestedItem[], present: readonly CartLine[]): Decimal[] {
  const left = new Map(present.map((line) => [line, parseDecimal(line.quantity)]));
  const lines = items.map((item) => lineOf(present, item));
  return items.map((item, index) => {
    const line = lines[index];
    const rest = line === undefined ? undefined : left.get(line);
    if (line === undefined || rest === undefined) return ZERO;
    const wanted = parseDecimal(item.quantity);
    const share = lines.includes(line, index + 1) && compare(rest, wanted) > 0 ? wanted : rest;
    left.set(line, difference(formatDecimal(rest), share));
    return share;
  });
}

function difference(quantity: string, less: Decimal): Decimal {
  return add(parseDecimal(quantity), { units: -less.units, scale: less.scale });
}

function requestOf(
  item: RequestedItem | undefined,
  quantity: Decimal,
): { supplierPartId: string; auxiliaryId?: string; quantity: string } {
  const { supplierPartId = '', auxiliaryId } = item ?? {};
  return { supplierPartId, auxiliaryId, quantity: formatDecimal(quantity) };
}
