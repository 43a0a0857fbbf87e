import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { compareOrder } from '../../../src/domain/orders/compare-order.js';
import type { PurchaseLine, PurchaseOrder, SentLines } from '../../../src/domain/orders/purchase-order.js';
import { orderOfCart } from '../../../src/demo/virtual-buyer/sample-documents.js';
import { linesOfPayload } from '../../../src/protocols/cxml/lines-of-payload.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { payloadOf } from '../../contracts/transmissions.js';
import { cart, cartLine, orderMessageInput } from '../../protocols/cxml/sample-cart.js';

const VERSION = fc.constantFrom<CxmlVersion>('1.2.014', '1.2.050', '1.2.071');

/** Each line is a bundle or not, may be part of an earlier line, and has a unique article number. */
const shape = fc.record({
  isBundle: fc.boolean(),
  pricedAt: fc.constantFrom<CartLine['pricedAt']>('groupLevel', 'itemLevel', undefined),
  parent: fc.option(fc.nat(5), { nil: undefined }),
  quantity: fc.integer({ min: 1, max: 9 }),
  cents: fc.integer({ min: 1, max: 90_000 }),
  priceBasis: fc.constantFrom('1', '1', '10'),
});

const anyLines = fc.array(shape, { minLength: 1, maxLength: 6 }).map((shapes) =>
  shapes.map(({ isBundle, pricedAt, parent, quantity, cents, priceBasis }, index) => {
    const head = parent === undefined || parent >= index ? undefined : shapes[parent];
    return cartLine({
      lineId: `l${index}`,
      kind: isBundle ? 'bundle' : 'product',
      pricedAt: isBundle ? pricedAt : undefined,
      parentLineId: head?.isBundle === true ? `l${parent}` : undefined,
      sku: `S${index}`,
      auxiliaryId: `a${index}`,
      quantity: String(quantity),
      unitPrice: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
      priceBasis,
    });
  }),
);

/** The sent cart, and an order that repeats it line by line. */
function echoOf(lines: CartLine[], version: CxmlVersion): { sent: SentLines; order: PurchaseOrder } {
  const written = writePunchOutOrderMessage(orderMessageInput({ cart: cart(lines) }, version));
  if (!written.ok) throw new Error(written.refusal.reason);
  const { document } = written.value;
  const echo = orderOfCart(document, {
    payloadId: '1@buyer.example',
    orderId: 'PO-1',
    timestamp: '2024-01-15T10:30:00Z',
  });
  const parsed = parseCxml(echo ?? '');
  const sent = linesOfPayload(payloadOf(document));
  if (!parsed.ok || parsed.value.kind !== 'OrderRequest' || sent === undefined) throw new Error(JSON.stringify(parsed));
  return { sent, order: parsed.value.order };
}

type Mutation = (lines: PurchaseLine[], at: number) => PurchaseLine[] | undefined;

const changed = (lines: PurchaseLine[], at: number, change: Partial<PurchaseLine>): PurchaseLine[] =>
  lines.map((line, index) => (index === at ? { ...line, ...change } : line));

/** A line that the cart lacks, below the line `at`, which becomes a bundle. */
const below =
  (level: PurchaseLine['pricedAt'], price: string): Mutation =>
  (lines, at) => [
    ...changed(lines, at, { isBundle: true, pricedAt: level ?? lines[at]?.pricedAt }),
    {
      supplierPartId: 'EVIL',
      quantity: '5',
      unit: 'EA',
      lineNumber: '99',
      parentLineNumber: lines[at]?.lineNumber,
      unitPrice: { amount: price, currency: 'EUR' },
    },
  ];
/** A line that the cart lacks, above the line `at`. */
const above =
  (level: PurchaseLine['pricedAt'], price: string): Mutation =>
  (lines, at) => [
    {
      supplierPartId: 'EVIL',
      quantity: '5',
      unit: 'EA',
      lineNumber: '99',
      parentLineNumber: lines[at]?.parentLineNumber,
      isBundle: true,
      pricedAt: level,
      unitPrice: { amount: price, currency: 'EUR' },
    },
    ...changed(lines, at, { parentLineNumber: '99' }),
  ];
/** The price of the line is included in another, or includes another. */
const isIncluded = (lines: readonly PurchaseLine[], { parentLineNumber }: PurchaseLine): boolean => {
  const head = lines.find(({ lineNumber }) => lineNumber !== undefined && lineNumber === parentLineNumber);
  return head !== undefined && (head.pricedAt !== 'itemLevel' || isIncluded(lines, head));
};
const hasParts = (lines: readonly PurchaseLine[], { lineNumber }: PurchaseLine): boolean =>
  lines.some(({ parentLineNumber }) => parentLineNumber !== undefined && parentLineNumber === lineNumber);
const isFreeHead = (lines: readonly PurchaseLine[], line: PurchaseLine): boolean =>
  line.pricedAt === 'itemLevel' && hasParts(lines, line) && !isIncluded(lines, line);

const MUTATIONS: [name: string, mutation: Mutation][] = [
  ...(['groupLevel', 'itemLevel', undefined] as const).flatMap((level) =>
    ['0', '300.00'].flatMap((price): [string, Mutation][] => [
      [`a line below one that is ${level ?? 'as it was'}, at ${price}`, below(level, price)],
      [`a ${level ?? 'bundle'} above a line, at ${price}`, above(level, price)],
    ]),
  ),
  [
    'a plain line more',
    (lines) => [...lines, { supplierPartId: 'EVIL', quantity: '1', unitPrice: { amount: '0', currency: 'EUR' } }],
  ],
  [
    'the line twice',
    (lines, at) => [...lines, ...lines.slice(at, at + 1).map((line) => ({ ...line, lineNumber: '99' }))],
  ],
  ['another article', (lines, at) => changed(lines, at, { supplierPartId: 'EVIL', auxiliaryId: undefined })],
  ['another quantity', (lines, at) => changed(lines, at, { quantity: '77' })],
  ['another unit', (lines, at) => changed(lines, at, { unit: 'PF', priceUnit: 'PF' })],
  // The head of a bundle that is priced at its parts may be left out.
  [
    'the line less',
    (lines, at) => (isFreeHead(lines, lines[at]!) ? undefined : lines.filter((_, index) => index !== at)),
  ],
  // The price of a part included in its bundle has no meaning; neither has that of a head without a price.
  [
    'another price',
    (lines, at) =>
      isIncluded(lines, lines[at]!) || isFreeHead(lines, lines[at]!)
        ? undefined
        : changed(lines, at, { unitPrice: { amount: '1234567.00', currency: 'EUR' } }),
  ],
  [
    'the price of a bundle at its parts',
    (lines, at) =>
      hasParts(lines, lines[at]!) && lines[at]?.pricedAt === 'groupLevel' && !isIncluded(lines, lines[at])
        ? changed(lines, at, { pricedAt: 'itemLevel' })
        : undefined,
  ],
  [
    'the price of the parts at their bundle',
    (lines, at) => (isFreeHead(lines, lines[at]!) ? changed(lines, at, { pricedAt: 'groupLevel' }) : undefined),
  ],
];

const numRuns = process.env['PROOF'] === undefined ? 30 : 1_000;

it('an order that repeats the sent cart matches it', () => {
  fc.assert(
    fc.property(anyLines, VERSION, (lines, version) => {
      const { sent, order } = echoOf(lines, version);
      expect(compareOrder(order, sent)).toEqual([]);
    }),
    { numRuns },
  );
});

it.each(MUTATIONS)('no order matches the cart with %s', (_, mutation) => {
  fc.assert(
    fc.property(anyLines, VERSION, fc.nat(5), fc.boolean(), (lines, version, place, hasTotal) => {
      const { sent, order } = echoOf(lines, version);
      const numbered = order.lines.map((line, index) => ({
        ...line,
        lineNumber: line.lineNumber ?? String(index + 1),
      }));
      const mutated = mutation(numbered, place % numbered.length);
      fc.pre(mutated !== undefined);
      expect(
        compareOrder({ ...order, lines: mutated ?? [], total: hasTotal ? order.total : undefined }, sent),
      ).not.toEqual([]);
    }),
    { numRuns },
  );
});
