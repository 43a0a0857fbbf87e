import { describe, expect, it } from '@jest/globals';
import type { Cart } from '../../../src/domain/cart/cart.js';
import type { PayloadSummary } from '../../../src/domain/transmission/transfer-payload.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import { sessionReads } from '../../../src/usecases/history/read-sessions.js';

const ID = `acme_${'a'.repeat(26)}`;
const LAST: PayloadSummary = { itemsCount: '1', linesCount: 1, totalAmount: '9.99', currency: 'EUR' };
const LIVE: Cart = {
  cartId: 'c',
  contentMark: '1',
  currency: 'EUR',
  language: 'de',
  lines: [
    {
      lineId: '1',
      kind: 'product',
      sku: 'A',
      productKey: 'A',
      auxiliaryId: 'A',
      quantity: '2',
      unitPrice: '0.10',
      priceBasis: '1',
      unit: 'EA',
      name: 'A',
      classifications: [],
      customFields: {},
    },
  ],
};

/** A live session whose store answers as given. Stored summaries are kept. */
function readsWith(readCart: () => Promise<Cart>, change: Partial<Transmission> = {}, unknown?: 'lastSummary') {
  const transmission: Transmission = {
    tenantId: 'acme',
    transmissionId: ID,
    connectionId: 'c',
    protocol: 'cxml',
    operation: 'create',
    status: 'active',
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [] },
    buyerCookie: '',
    returnUrl: 'https://a.test/',
    epoch: 1,
    cart: { store: 's', id: 'c' },
    cartRevision: 0,
    lastSummary: LAST,
    createdAt: new Date(),
    startExpiresAt: new Date(),
    startExpired: true,
    expiresAt: new Date(),
    absoluteExpiresAt: new Date(),
    ...change,
  };
  if (unknown !== undefined) delete transmission[unknown];
  const noted: PayloadSummary[] = [];
  const reads = sessionReads({
    transmissions: {
      find: async () => transmission,
      findPayload: async () => undefined,
      findShown: () => Promise.resolve({ shown: undefined, untold: [] }),
      noteUntold: () => Promise.resolve(),
      noteSummary: async (_, summary) => void noted.push(summary),
    },
    history: { list: async () => ({ sessions: [], total: 0, capped: false }), findMany: async () => [] },
    purchaseOrders: { ofTransmission: async () => [] },
    connections: { find: async () => undefined },
    tenants: {
      find: async () => ({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [], currency: 'JPY' } }),
    },
    store: { readCart },
    liveCartMs: 30,
  });
  const summary = async (): Promise<PayloadSummary> => {
    const read = await reads.one('acme', ID);
    if (!read.ok) throw new Error(read.refusal.code);
    return read.value.summary;
  };
  return { summary, noted };
}

describe("a live session's cart", () => {
  it('is read from the store and stored', async () => {
    const { summary, noted } = readsWith(async () => LIVE);
    expect(await summary()).toEqual({ itemsCount: '2', linesCount: 1, totalAmount: '0.20', currency: 'EUR' });
    expect(noted).toHaveLength(1);
  });

  it('does not count a promotion without a price, which is not sent', async () => {
    const [line] = LIVE.lines;
    const promotion = {
      ...line!,
      lineId: '2',
      kind: 'promotion' as const,
      quantity: '1',
      unitPrice: '0.00',
      discountCode: 'FREIGHT',
    };
    const { summary } = readsWith(async () => ({
      ...LIVE,
      lines: [...LIVE.lines, promotion, { ...promotion, lineId: '3', unitPrice: '-0.00' }],
    }));
    expect(await summary()).toEqual({ itemsCount: '2', linesCount: 1, totalAmount: '0.20', currency: 'EUR' });
  });

  it('is the last known one if the store fails or does not answer in time', async () => {
    expect(await readsWith(async () => Promise.reject(new Error('down'))).summary()).toEqual(LAST);
    const { summary, noted } = readsWith(() => new Promise(() => undefined));
    expect([await summary(), noted]).toEqual([LAST, []]);
  });

  it('is not read once the session is over', async () => {
    const { summary } = readsWith(async () => Promise.reject(new Error('asked')), { status: 'closed' });
    expect(await summary()).toEqual(LAST);
  });

  it("is empty, in the session's currency, if no cart was ever known", async () => {
    const { summary } = readsWith(async () => Promise.reject(new Error('down')), {}, 'lastSummary');
    expect(await summary()).toEqual({ itemsCount: '0', linesCount: 0, totalAmount: '0', currency: 'JPY' });
  });
});
