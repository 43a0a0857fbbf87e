import { describe, expect, it } from '@jest/globals';
import { cartEncoder } from '../../src/adapters/cart-encoder/cart-encoder.js';
import { sampleCart, sampleTransmission } from '../../src/adapters/cart-encoder/sample-cart.js';
import { settingsOf } from '../../src/config/connection-settings.js';
import { linesOf } from '../../src/console/ui/document-view.js';
import { type CartFinding, findingPlaces } from '../../src/console/ui/documents/finding-places.js';
import { sessionPage } from '../../src/console/pages/session/session-page.js';
import { DEFAULT_ACCESS_POLICY } from '../../src/domain/access/tenant.js';
import { readCxmlForm } from '../../src/protocols/cxml/cxml-form.js';
import { frameOf } from './page-samples.js';

/** The document of the sample cart, as the session shows it, with other article numbers. */
function documentOf(protocol: 'cxml' | 'oci', skus: readonly string[]): string[] {
  const settings = settingsOf({ returnOrigins: ['https://buyer.example.com'] }, protocol);
  if (!settings.ok) throw new Error(settings.refusal.reason);
  const of = {
    ...{ tenantId: 'acme', connectionId: 'erp', name: 'ERP', protocol, demo: false },
    settings: { ...settings.value, ...DEFAULT_ACCESS_POLICY },
  };
  const cart = sampleCart();
  const [first] = cart.lines;
  if (first === undefined) throw new Error('the sample has no line');
  const event = {
    transmission: { ...sampleTransmission(of), returnUrl: 'https://buyer.example.com/return' },
    connection: of,
    cart: { ...cart, lines: skus.map((sku, index) => ({ ...first, sku, lineId: `line-${index}` })) },
  };
  const payload = cartEncoder('https://shop.example').encode(event);
  if (!payload.ok) throw new Error(payload.refusal.reason);
  const { fields } = payload.value;
  if (protocol === 'oci') return linesOf(fields.map(({ name, value }) => `${name}=${value}`).join('\n'));
  const document = readCxmlForm(fields);
  if (!document.ok) throw new Error('no document');
  return linesOf(String(document.value));
}

const finding = (line: number, sku: string, field: string): CartFinding => ({
  ...{ severity: 'warning', message: 'm' },
  ...{ line, sku, field },
});
const textsAt = (lines: readonly string[], findings: CartFinding[]): string[] =>
  [...findingPlaces(lines, findings).keys()].map((at) => (lines[at] ?? '').trim());

describe('where the findings of a cart are in its document', () => {
  it('cXML: the element in the ItemIn of the line; an element that is not sent: the ItemIn', () => {
    const lines = documentOf('cxml', ['A-1', 'B<&>', 'A-1']);
    const texts = textsAt(lines, [
      finding(2, 'B<&>', 'SupplierPartID'),
      finding(3, 'A-1', 'UnitOfMeasure'),
      finding(1, 'A-1', 'PriceBasisQuantity'),
    ]);
    expect(texts).toEqual([
      '<SupplierPartID>B&lt;&amp;&gt;</SupplierPartID>',
      expect.stringMatching(/^<UnitOfMeasure>/),
      expect.stringMatching(/^<ItemIn /),
    ]);
    const [at = 0] = findingPlaces(lines, [finding(3, 'A-1', 'UnitOfMeasure')]).keys();
    expect(lines.slice(0, at).filter((line) => line.includes('<ItemIn '))).toHaveLength(3);
  });

  it('OCI: the form field of the line', () => {
    const lines = documentOf('oci', ['A-1', 'B-2']);
    expect(textsAt(lines, [finding(2, 'B-2', 'VENDORMAT'), finding(1, 'A-1', 'UNIT')])).toEqual([
      'NEW_ITEM-VENDORMAT[2]=B-2',
      expect.stringMatching(/^NEW_ITEM-UNIT\[1\]=/),
    ]);
    expect(textsAt(lines, [finding(1, 'A-1', 'MATGROUP')])).toEqual([expect.stringMatching(/^NEW_ITEM-\w+\[1\]=/)]);
  });

  it('a line that the writer has moved is found by its article; an article that is there twice is left out', () => {
    const lines = documentOf('oci', ['A-1', 'B-2', 'A-1']);
    expect(textsAt(lines, [finding(3, 'B-2', 'VENDORMAT')])).toEqual(['NEW_ITEM-VENDORMAT[2]=B-2']);
    expect(textsAt(lines, [finding(2, 'A-1', 'VENDORMAT'), finding(1, 'C-3', 'VENDORMAT')])).toEqual([]);
  });

  it('any other document has no places', () => {
    for (const text of [
      '',
      '{"items":[]}',
      '<a><b/></a>',
      'NEW_ITEM-UNIT[x]=1',
      '<SupplierPartID>A-1</SupplierPartID>',
    ])
      expect(textsAt(linesOf(text), [finding(1, 'A-1', 'UNIT')])).toEqual([]);
  });

  it('the session shows a finding under its text line, outside of what is copied', () => {
    const at = new Date('2026-11-30T13:00:00Z');
    const page = sessionPage(frameOf('en', 'x'), {
      ...{ transmissionId: 't', status: 'transferred', protocol: 'oci', connection: { id: 'c', name: 'c' } },
      ...{ buyer: {}, buyerCookie: '', returnUrl: '', createdAt: at, expiresAt: at, deliveries: [], orders: [] },
      summary: { itemsCount: '1', linesCount: 1, totalAmount: '1.00', currency: 'EUR' },
      steps: [{ event: 'transferred', at }],
      documents: [
        {
          ...{ id: 'cart', at, direction: 'out', kind: 'Cart' },
          content: documentOf('oci', ['A-1', 'B-2']).join('\n'),
          findings: [
            {
              ...{ code: 'UNIT_NOT_KNOWN', severity: 'error' },
              places: [
                { line: 2, sku: 'B-2', field: 'UNIT', message: 'Unknown <unit>.' },
                { field: 'CURRENCY', message: 'Of the whole cart.' },
              ],
            },
          ],
        },
      ],
    });
    const document = /<pre.*?<\/pre>/s.exec(page)?.[0] ?? '';
    const [, line = '', note = ''] =
      /<span class="l noted" data-n="\d+">(.*?)\n<\/span><span class="note bad">(.*?)<\/span>/s.exec(document) ?? [];
    expect(line.replaceAll(/<[^>]*>/g, '')).toMatch(/^NEW_ITEM-UNIT\[2\]=/);
    expect(note.replaceAll(/<[^>]*>/g, '')).toBe('UNIT_NOT_KNOWN: Unknown &lt;unit>.');
    expect(document).not.toContain('Of the whole cart');
  });
});
