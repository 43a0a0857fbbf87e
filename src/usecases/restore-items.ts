import { add, compare, type Decimal, formatDecimal, parseDecimal, trimZeros } from '../domain/decimal.js';
import type { CartLine, CartRef } from '../domain/cart.js';
import { PunchoutError } from '../domain/error-codes.js';
import { lineOf, type RestoredItem, restoreReport } from '../domain/restore-report.js';
import type { RequestedItem } from '../domain/setup-request.js';
import type { Transmission } from '../domain/transmission.js';
import type { LineResult, Store } from '../ports/store.js';
import type { TransmissionRepository } from '../ports/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'writeCart' | 'find' | 'markRestored'>;
  store: Pick<Store, 'addLines' | 'readCart'>;
}

/** The lines of its call-up are not in its cart yet. Until they are, nothing else is written into it (change-cart.ts). */
export function awaitsRestoring({ operation, request, restored }: Transmission): boolean {
  return operation !== 'create' && request.items.length > 0 && restored === undefined;
}

/**
 * Puts the lines of an edit or inspect call-up into its cart, once. Who comes after a failure finds in the cart what an earlier attempt
 * has put there, and adds the rest. Throws what the store throws, and PunchoutError('CART_CHANGING') when others keep the cart.
 */
export function restoreItems({ transmissions, store }: Deps): (transmission: Transmission, cart: CartRef) => Promise<RestoredItem[]> {
  return async (transmission, cart) => {
    const { items } = transmission.request;
    const written = await transmissions.writeCart(transmission, async () => {
      const now = await transmissions.find(transmission);
      if (now?.restored !== undefined) return now.restored;
      // The lease that we hold moved the revision to 1: nobody has written before us, so the cart is as it was opened.
      const present = now?.cartRevision === 1 ? [] : (await store.readCart(cart)).lines;
      const results = await addMissing(store, cart, items, present);
      const report = restoreReport(items, results, await store.readCart(cart));
      await transmissions.markRestored(transmission, report);
      return report;
    });
    if (!written.ok && written.refused === 'busy') throw new PunchoutError('CART_CHANGING');
    return written.ok ? written.value : [];
  };
}

async function addMissing(store: Deps['store'], cart: CartRef, items: readonly RequestedItem[], present: readonly CartLine[]): Promise<LineResult[]> {
  const there = shareOut(items, present);
  const missing = items.map((item, index) => ({ index, quantity: difference(item.quantity, there[index] ?? ZERO) })).filter(({ quantity }) => quantity.units > 0n);
  const added = missing.length === 0 ? [] : await store.addLines(cart, missing.map(({ index, quantity }) => requestOf(items[index], quantity)));
  const results = new Map(missing.map(({ index }, nth) => [index, added[nth]]));
  return items.map((item, index) => {
    const result = results.get(index);
    const got = add(there[index] ?? ZERO, parseDecimal(result?.got ?? '0'));
    const fault = result?.fault ?? (compare(got, parseDecimal(item.quantity)) === 0 ? undefined : 'quantity_changed');
    return { supplierPartId: item.supplierPartId, requested: item.quantity, got: formatDecimal(trimZeros(got)), ...(fault === undefined ? {} : { fault }) };
  });
}

const ZERO: Decimal = { units: 0n, scale: 0 };

/** How much of each item is in the cart; items of one line share its quantity in their order, the last of them has what is over. */
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

function requestOf(item: RequestedItem | undefined, quantity: Decimal): { supplierPartId: string; auxiliaryId?: string; quantity: string } {
  const { supplierPartId = '', auxiliaryId } = item ?? {};
  return { supplierPartId, ...(auxiliaryId === undefined ? {} : { auxiliaryId }), quantity: formatDecimal(quantity) };
}
