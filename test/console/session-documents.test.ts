import { expect, it } from '@jest/globals';
import { sessionPage } from '../../src/console/pages/session/session-page.js';
import { frameOf } from './page-samples.js';

const START = new Date('2026-11-30T13:00:00Z');
const after = (ms: number): Date => new Date(START.getTime() + ms);

it('a document stands at its own step, though all steps of a fast punchout are within a second', () => {
  const document = (kind: string, ms: number) =>
    ({ id: kind, at: after(ms), direction: 'out', kind, content: kind }) as const;
  const page = sessionPage(frameOf('en', 'x'), {
    transmissionId: 't',
    status: 'order_created',
    protocol: 'cxml',
    connection: { id: 'c', name: 'c' },
    buyer: {},
    buyerCookie: '',
    returnUrl: '',
    createdAt: START,
    expiresAt: START,
    summary: { itemsCount: '1', linesCount: 1, totalAmount: '1.00', currency: 'EUR' },
    steps: [
      { event: 'created', at: START },
      { event: 'transferred', at: after(400) },
      { event: 'order_created', at: after(600) },
    ],
    documents: [document('CallUp', 5), document('Cart', 400), document('OrderRequest', 590)],
    deliveries: [],
    orders: [],
  });
  const steps = page
    .split('<li>')
    .slice(1)
    .filter((step) => step.includes('class="when"'));
  expect(steps.map((step) => [...step.matchAll(/<summary>(\w+)/g)].map(([, kind]) => kind))).toEqual([
    ['CallUp'],
    ['Cart'],
    ['OrderRequest'],
  ]);
});
