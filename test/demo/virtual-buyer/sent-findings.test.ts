import { expect, it } from '@jest/globals';
import { renderPage } from '../../../src/console/ui/shell/render-page.js';
import { CartPage } from '../../../src/demo/virtual-buyer/pages/cart-page.js';
import type { Finding } from '../../../src/protocols/returned-cart.js';
import { sentFindings } from '../../../src/demo/virtual-buyer/sent-findings.js';
import type { PreflightFinding } from '../../../src/domain/transmission/transfer-payload.js';
import { quoteIdOf } from '../../../src/domain/transmission/transmission.js';
import { payloadOf } from '../../contracts/transmissions.js';

const FRAME = { language: 'en', nonce: 'n', assets: { style: '/style.css', scripts: [] } } as const;
const FINDING: PreflightFinding = {
  severity: 'warning',
  line: 2,
  sku: 'A<1',
  field: 'UnitOfMeasure',
  message: 'The unit XYZ becomes EA.',
  platform: 'JAGGAER',
};
const event = (
  transmissionId: string,
  findings?: PreflightFinding[],
): Parameters<ReturnType<typeof sentFindings>['note']>[0] => ({
  transmission: {
    tenantId: 'demo',
    transmissionId,
    connectionId: 'c',
    protocol: 'cxml',
    operation: 'create',
    status: 'transferred',
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [] },
    buyerCookie: '',
    returnUrl: '',
    epoch: 1,
    cartRevision: 0,
    startExpired: false,
    createdAt: new Date(),
    startExpiresAt: new Date(),
    expiresAt: new Date(),
    absoluteExpiresAt: new Date(),
  },
  payload: { ...payloadOf('x'), ...(findings === undefined ? {} : { findings }) },
});

it('architecture.md decision 10: the virtual buyer shows the pre-flight findings of the returned cart', () => {
  const sent = sentFindings();
  sent.note(event('demo_one', [FINDING]));
  sent.note(event('demo_two'));
  expect(sent.of(quoteIdOf({ tenantId: 'demo', transmissionId: 'demo_one' }))).toEqual([
    { severity: 'warning', place: 'JAGGAER: line 2, A<1, UnitOfMeasure', text: 'The unit XYZ becomes EA.' },
  ]);
  expect([sent.of('two'), sent.of('unknown')]).toEqual([[], []]);
  const cart = { buyerCookie: '', currency: 'EUR', total: '0.00', lines: [], findings: [], document: '' };
  const page = (preflight: readonly Finding[]): string =>
    renderPage(CartPage({ frame: FRAME, view: { cart, preflight } }));
  expect(page(sent.of('one'))).toContain('JAGGAER: line 2, A&lt;1, UnitOfMeasure');
  expect(page([])).not.toContain('pre-flight');
});

it('keeps the findings of the last 200 carts', () => {
  const sent = sentFindings();
  for (let n = 0; n < 250; n += 1) sent.note(event(`demo_${n}`, [FINDING]));
  expect([sent.of('49'), sent.of('50').length]).toEqual([[], 1]);
});
