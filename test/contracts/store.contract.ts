import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CartLine, CartRef } from '../../src/domain/cart.js';
import { cartTotal, lineAmount } from '../../src/domain/cart-total.js';
import { add, type DecimalText, formatDecimal, isDecimalText, parseDecimal } from '../../src/domain/decimal.js';
import type { SetupRequest } from '../../src/domain/setup-request.js';
import { newTransmissionId } from '../../src/domain/transmission-id.js';
import type { Transmission } from '../../src/domain/transmission.js';
import type { Store } from '../../src/ports/store.js';

/** A store with goods in it, all for one account of the shop. */
export interface StoreUnderTest {
  store: Store;
  /** Transmissions that the store takes for that account. */
  tenantId: string;
  connectionId: string;
  /** Sold in any whole quantity up to 20, at one price from 1 to 3. */
  plain: string;
  /** Another of that kind. */
  other: string;
  /** A line of one piece of `plain`, as far as this shop knows it. */
  plainLine: Partial<CartLine>;
  soldOut: string;
  /** Quantities that the shop changes: steps, least and greatest quantities. */
  changed: { supplierPartId: string; requested: DecimalText; got: DecimalText }[];
  /** In the shop and yet not to be bought, as the parent of variants. */
  unbuyable?: string[];
  currency: { wish: string; got: string };
  /** `names` of `plain` in both. */
  languages: { wish: string; tag: RegExp; name: string }[];
  /** A word that finds `plain`; absent for a store without search. */
  searchWord?: string;
  /** Breaks the way to the shop; the function returned mends it. */
  breaks: Record<string, () => () => void>;
  close(): Promise<void>;
}

/** A store that does not answer says so within this time (SECURITY P5), all its exchanges together. */
const BOUND_MS = 6000;
const PARALLEL = 50;

/** What every `Store` must keep; run on each of them. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`Store contract: ${name}`, () => {
    let shop: StoreUnderTest;
    let store: Store;
    const opened: CartRef[] = [];
    beforeAll(async () => {
      shop = await open();
      store = shop.store;
    }, 120_000);
    afterAll(async () => {
      for (const cart of opened) await store.deleteCart(cart).catch(() => undefined);
      await shop.close();
    }, 120_000);

    const transmission = (request: Partial<SetupRequest> = {}): Transmission => transmissionOf(shop, request);
    const openCart = async (request: Partial<SetupRequest> = {}): Promise<CartRef> => {
      const cart = await store.openCart(transmission(request));
      opened.push(cart);
      return cart;
    };
    const quantities = async (cart: CartRef): Promise<Record<string, DecimalText>> => Object.fromEntries((await store.readCart(cart)).lines.map(({ sku, quantity }) => [sku, quantity]));

    it('a fresh cart is empty, is the store\'s own, and survives a trip through the database', async () => {
      const cart = await openCart();
      expect(cart.store).toBe(store.name);
      const stored = JSON.parse(JSON.stringify(cart)) as CartRef;
      expect(await store.readCart(stored)).toMatchObject({ cartId: cart.id, lines: [] });
    });

    it(`T60: ${PARALLEL} transmissions of one account have ${PARALLEL} carts, and none sees another's lines`, async () => {
      const carts = await Promise.all(Array.from({ length: PARALLEL }, () => openCart()));
      await Promise.all(carts.map((cart, nth) => store.addLines(cart, [{ supplierPartId: shop.plain, quantity: String((nth % 20) + 1) }])));
      const read = await Promise.all(carts.map(quantities));
      expect(read).toEqual(carts.map((_, nth) => ({ [shop.plain]: String((nth % 20) + 1) })));
      const [first, second] = carts;
      if (first === undefined || second === undefined) throw new Error('no carts');
      await store.deleteCart(first);
      expect(await quantities(second)).toEqual({ [shop.plain]: '2' });
    }, 300_000);

    it('adds, adds to what is there, changes and removes', async () => {
      const cart = await openCart();
      expect(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }, { supplierPartId: shop.other, quantity: '2.000' }])).toEqual([
        { supplierPartId: shop.plain, requested: '1', got: '1' },
        { supplierPartId: shop.other, requested: '2.000', got: '2' },
      ]);
      expect(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }])).toEqual([{ supplierPartId: shop.plain, requested: '2', got: '2' }]);
      expect(await quantities(cart)).toEqual({ [shop.plain]: '3', [shop.other]: '2' });

      const [line] = (await store.readCart(cart)).lines;
      if (line === undefined) throw new Error('no line');
      expect(await store.changeLine(cart, line.lineId, '5')).toEqual({ supplierPartId: shop.plain, requested: '5', got: '5' });
      await store.removeLine(cart, line.lineId);
      await store.removeLine(cart, line.lineId);
      expect(await store.changeLine(cart, line.lineId, '5')).toMatchObject({ got: '0', fault: 'unknown_line' });
      expect(await quantities(cart)).toEqual({ [shop.other]: '2' });
    });

    it('one answer for each wish, in order, the same article twice too', async () => {
      const cart = await openCart();
      const results = await store.addLines(cart, [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId: 'NO-SUCH-ARTICLE', quantity: '1' },
        { supplierPartId: shop.plain, quantity: '3' },
        { supplierPartId: shop.soldOut, quantity: '1' },
        { supplierPartId: '', quantity: '1' },
        { supplierPartId: 'no|such', quantity: '1' },
      ]);
      expect(results.map(({ got, fault }) => [got, fault])).toEqual([['1', undefined], ['0', 'unknown_product'], ['3', undefined], ['0', 'sold_out'], ['0', 'unknown_product'], ['0', 'unknown_product']]);
      expect(await quantities(cart)).toEqual({ [shop.plain]: '4' });
      expect(await store.addLines(cart, [])).toEqual([]);
    });

    it('says so when the shop makes another quantity of it', async () => {
      for (const { supplierPartId, requested, got } of shop.changed) {
        const cart = await openCart();
        expect(await store.addLines(cart, [{ supplierPartId, quantity: requested }])).toEqual([{ supplierPartId, requested, got, fault: 'quantity_changed' }]);
        expect(await quantities(cart)).toEqual({ [supplierPartId]: got });
      }
    });

    it('says so when nothing was added, whatever the shop says', async () => {
      const cart = await openCart();
      for (const supplierPartId of shop.unbuyable ?? []) {
        expect(await store.addLines(cart, [{ supplierPartId, quantity: '1' }])).toEqual([{ supplierPartId, requested: '1', got: '0', fault: 'unknown_product' }]);
      }
      expect((await store.readCart(cart)).lines).toEqual([]);
    });

    it.each(['0', '-1', '1000000001', 'abc', '1.5', '', '1e2', '0x10', 'NaN', '99999999999999999999'])('T54: refuses the quantity %j and changes nothing', async (quantity) => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
      const [line] = (await store.readCart(cart)).lines;
      expect(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity }])).toEqual([{ supplierPartId: shop.plain, requested: quantity, got: '0', fault: 'quantity_invalid' }]);
      expect(await store.changeLine(cart, line?.lineId ?? '', quantity)).toMatchObject({ requested: quantity, got: '0', fault: 'quantity_invalid' });
      expect(await quantities(cart)).toEqual({ [shop.plain]: '2' });
    });

    it('T52, RULES 7: the cart is read with all that a document needs, in exact decimal text', async () => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }, { supplierPartId: shop.other, quantity: '3' }]);
      const read = await store.readCart(cart);
      expect(read.currency).toMatch(/^[A-Z]{3}$/);
      expect(read.language).toMatch(/^[a-z]{2}(-[A-Z]{2})?$/);
      expect(read.lines.map(({ kind, sku }) => [kind, sku])).toEqual([['product', shop.plain], ['product', shop.other]]);
      expect(read.lines[0]).toMatchObject(shop.plainLine);
      for (const line of read.lines) {
        expect(line.unit).toMatch(/^[A-Z0-9]{2,3}$/);
        expect(line.name).not.toBe('');
        for (const number of [line.quantity, line.unitPrice, line.priceBasis, line.taxAmount, line.taxRate, read.tax?.amount, read.shipping?.amount]) expect(number === undefined || isDecimalText(number)).toBe(true);
      }
      const sum = read.lines.map((line) => lineAmount(line, read.currency)).reduce(add, parseDecimal('0.00'));
      expect(formatDecimal(sum)).toBe(cartTotal(read.lines, read.currency));
    });

    it('DESIGN decision 6: auxiliaryId leads back to the article, before the number does', async () => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const [line] = (await store.readCart(cart)).lines;
      const edited = await openCart();
      const [result] = await store.addLines(edited, [{ supplierPartId: 'RENAMED', auxiliaryId: line?.auxiliaryId ?? '', quantity: '2' }]);
      expect(result).toEqual({ supplierPartId: shop.plain, requested: '2', got: '2' });
    });

    it('contentMark stays while nothing changes and moves with the content', async () => {
      const cart = await openCart();
      const marks: string[] = [(await store.readCart(cart)).contentMark];
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const { contentMark, lines } = await store.readCart(cart);
      expect((await store.readCart(cart)).contentMark).toBe(contentMark);
      marks.push(contentMark);
      await store.changeLine(cart, lines[0]?.lineId ?? '', '2');
      marks.push((await store.readCart(cart)).contentMark);
      await store.addLines(cart, [{ supplierPartId: shop.other, quantity: '1' }]);
      marks.push((await store.readCart(cart)).contentMark);
      expect(new Set(marks).size).toBe(marks.length);
    });

    it('deletes a cart only while it is what was read, and a cart that is gone is deleted', async () => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const { contentMark } = await store.readCart(cart);
      await store.addLines(cart, [{ supplierPartId: shop.other, quantity: '1' }]);
      expect(await store.deleteCart(cart, contentMark)).toBe('changed');
      const changed = await store.readCart(cart);
      expect(changed.lines).toHaveLength(2);
      expect(await store.deleteCart(cart, changed.contentMark)).toBe('deleted');
      expect(await store.deleteCart(cart, changed.contentMark)).toBe('deleted');
      expect(await store.deleteCart(cart)).toBe('deleted');
    });

    it('knows where an article is shown, and that it does not know one', async () => {
      expect(await store.productPath({ supplierPartId: shop.plain })).toMatch(/^(\/|https?:\/\/)/);
      expect(await store.productPath({ supplierPartId: 'NO-SUCH-ARTICLE' })).toBeUndefined();
      expect(store.homePath).toMatch(/^(\/|https?:\/\/)/);
      expect(store.cartPath).toMatch(/^(\/|https?:\/\/)/);
    });

    it('searches and lists categories, where it can', async () => {
      if (shop.searchWord !== undefined) {
        expect((await store.search?.(shop.searchWord, 10))?.map(({ supplierPartId }) => supplierPartId)).toContain(shop.plain);
        expect(await store.search?.('', 10)).toEqual([]);
        expect(store.searchPath?.('a b&c')).toContain('a%20b%26c');
      }
      const categories = (await store.categories?.()) ?? [];
      categories.forEach(({ parentId }, nth) => expect(parentId === undefined || categories.slice(0, nth).some(({ categoryId }) => categoryId === parentId)).toBe(true));
    });

    it('follows a wish for currency and language, and has its own for others', async () => {
      const { wish, got } = shop.currency;
      const [plain, wished, unknown] = await Promise.all([openCart(), openCart({ currency: wish }), openCart({ currency: 'XXX', language: 'tlh' })]);
      for (const cart of [plain, wished, unknown]) await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const [own, other, fallback] = await Promise.all([plain, wished, unknown].map((cart) => store.readCart(cart)));
      expect(other?.currency).toBe(got);
      expect(other?.lines[0]?.unitPrice).not.toBe(own?.lines[0]?.unitPrice);
      expect(fallback?.currency).toBe(own?.currency);
      for (const { wish: language, tag, name: text } of shop.languages) {
        const cart = await openCart({ language });
        await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
        const read = await store.readCart(cart);
        expect(read.language).toMatch(tag);
        expect(read.lines[0]?.name).toBe(text);
      }
    });

    it('P5: a shop that cannot be reached throws STORE_UNAVAILABLE in bounded time and never gives an empty cart', async () => {
      for (const breakIt of Object.values(shop.breaks)) {
        const cart = await openCart();
        await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
        const mend = breakIt();
        try {
          for (const act of [() => store.readCart(cart), () => store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]), () => store.deleteCart(cart)]) {
            const startedAt = performance.now();
            await expect(act()).rejects.toMatchObject({ name: 'PunchoutError', code: 'STORE_UNAVAILABLE' });
            expect(performance.now() - startedAt).toBeLessThan(BOUND_MS);
          }
        } finally {
          mend();
        }
        expect(await quantities(cart)).toEqual({ [shop.plain]: '1' });
      }
    }, 120_000);
  });
}

/** An active transmission, as a store sees it. */
export function transmissionOf({ tenantId, connectionId }: Pick<StoreUnderTest, 'tenantId' | 'connectionId'>, request: Partial<SetupRequest> = {}): Transmission {
  const now = new Date();
  return {
    tenantId, connectionId,
    transmissionId: newTransmissionId(tenantId),
    protocol: 'cxml',
    operation: 'create',
    status: 'active',
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [], ...request },
    buyerCookie: 'c',
    returnUrl: 'https://erp.example.com/',
    epoch: 1,
    cartRevision: 0,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
}
