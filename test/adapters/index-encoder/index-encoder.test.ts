import { describe, expect, it } from '@jest/globals';
import { sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { indexEncoder } from '../../../src/adapters/index-encoder/index-encoder.js';
import { settingsOf } from '../../../src/config/connection-settings.js';
import type { Connection, CxmlVersion } from '../../../src/domain/access/connection.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { CatalogueProduct } from '../../../src/domain/cart/catalogue-product.js';
import { INDEX_FORMATS, type IndexFormat } from '../../../src/domain/catalogue/catalogue-index.js';
import { describeWithDtds, officialVerdict } from '../../protocols/cxml/official-dtds.js';
import { READERS } from './read-index.js';

const encoder = indexEncoder((protocol) => `https://shop.example.com/${protocol}`);

function connectionWith(settings: object = {}): Connection {
  const made = settingsOf({ returnOrigins: ['https://erp.example.com'], ...settings }, 'cxml');
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return {
    tenantId: 'acme',
    connectionId: 'erp',
    name: 'ERP',
    protocol: 'cxml',
    demo: false,
    settings: made.value as Connection['settings'],
  };
}

function product(change: Partial<CartLine> = {}, rest: Partial<CatalogueProduct> = {}): CatalogueProduct {
  const sku = change.sku ?? 'A-1';
  return {
    availability: 'available',
    line: {
      lineId: sku,
      kind: 'product',
      sku,
      productKey: sku,
      auxiliaryId: `aux-${sku}`,
      quantity: '1',
      unitPrice: '12.50',
      priceBasis: '1',
      unit: 'EA',
      name: 'Hammer',
      description: 'A hammer',
      customFields: {},
      classifications: [{ domain: 'UNSPSC', code: '27111602' }],
      ...change,
    },
    ...rest,
  };
}

function write(
  products: CatalogueProduct[],
  settings: object = {},
  repeats: Partial<Record<number, 'id' | 'text'>> = {},
) {
  const connection = connectionWith(settings);
  const about = { connection, currency: 'EUR', language: 'en' };
  const page = encoder.page({
    ...about,
    buyer: sampleTransmission(connection),
    formats: INDEX_FORMATS,
    products: products.map((each, nth) => ({
      product: each,
      repeatsId: repeats[nth] === 'id',
      repeatsText: repeats[nth] === 'text',
    })),
    before: {},
  });
  const fileOf = (format: IndexFormat): string => {
    const { head, tail } = encoder.frame(format, { ...about, items: page.items[format] ?? 0 });
    return head + (page.texts[format] ?? '') + tail;
  };
  return {
    fileOf,
    read: (format: IndexFormat) => READERS[format]?.(fileOf(format)) ?? [],
    kinds: (format?: IndexFormat) =>
      page.faults.filter(({ fault }) => fault.format === format).map(({ fault }) => `${fault.kind} ${fault.field}`),
  };
}

/** Texts that break files, or programs that open them. */
const HOSTILE = [
  '=HYPERLINK("https://evil.example.com")',
  '+1+1',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1)',
  '\t=1',
  'a\tb',
  'a"b',
  'a,b;c',
  'a\r\nENDOFDATA\r\nb',
  'line\nbreak',
  '<script>&amp;</script>',
  ']]>',
  '\0nul',
  '\u0007bell',
  'lone \ud800 half',
  '\ufffe',
  'ünïcödé 汉字 🔩',
  ' outer blanks ',
  '',
  ' ',
  'x'.repeat(30_000),
];

describe('an index', () => {
  it.each(INDEX_FORMATS)('%s: has each product with its price and what the buyer sends back', (format) => {
    const { read, kinds } = write([
      product(),
      product({ sku: 'B-2', unitPrice: '12.4500', priceBasis: '100', unit: 'C62', quantity: '50' }),
    ]);
    expect(read(format)).toMatchObject([
      { id: 'A-1', price: '12.50', unit: 'EA', auxiliaryId: format === 'oci' ? '' : 'aux-A-1' },
      { id: 'B-2', price: '0.1245', unit: 'C62' },
    ]);
    expect(kinds(format)).toEqual([]);
  });

  it.each(INDEX_FORMATS)('%s: no text breaks the file, and no cell begins like a formula', (format) => {
    const products = HOSTILE.map((text, nth) =>
      product(
        {
          sku: `S-${nth}`,
          name: text,
          description: text,
          manufacturerName: text,
          manufacturerPartId: text,
          url: text,
          imageUrl: text,
        },
        { categoryPath: [text] },
      ),
    );
    const { read, fileOf } = write(products);
    const items = read(format);
    // A product without name and description is left out.
    expect(items.map(({ id }) => id)).toEqual(
      products.map(({ line }) => line.sku).filter((_, nth) => HOSTILE[nth]?.trim() !== ''),
    );
    // oxlint-disable-next-line no-control-regex -- that is what is looked for
    expect(fileOf(format)).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe]/);
    if (format === 'cxml' || format === 'oci') return;
    const cells = fileOf(format).split(format === 'oracle' ? /[\t\r\n]+/ : /","|"\r\n"|"/);
    expect(cells.filter((cell) => /^[=+@]|^-(?!-)/.test(cell))).toEqual([]);
  });

  it.each(INDEX_FORMATS)('%s: an article number is sent as it is, or the product is left out', (format) => {
    const { read, kinds } = write(
      HOSTILE.map((text) => product({ sku: text, productKey: text, name: `Hammer ${text}` })),
    );
    const given = new Set(HOSTILE);
    for (const { id } of read(format)) expect(given.has(id)).toBe(true);
    expect(read(format).length).toBeGreaterThan(0);
    expect(kinds(format).filter((kind) => kind.endsWith(' id')).length + kinds().length).toBeGreaterThan(5);
  });

  it('leaves out what cannot be sold, and says why', () => {
    const { read, kinds } = write(
      [
        product({ sku: 'NO-PRICE', unitPrice: '' }),
        product({ sku: 'NEGATIVE', unitPrice: '-1.00' }),
        product({ sku: '' }),
        product({ sku: 'TWICE' }),
        product({ sku: 'SOLD' }, { availability: 'sold_out' }),
        product({ sku: 'UNIT', unit: 'a box' }),
        product({ sku: 'NAMELESS', name: ' ', description: undefined }),
        product({ sku: 'KEPT' }),
      ],
      {},
      { 3: 'id', 7: 'text' },
    );
    expect(kinds()).toEqual([
      'price_missing price',
      'price_negative price',
      'id_missing id',
      'id_repeated id',
      'sold_out availability',
      'unit_malformed unit',
      'text_missing name',
      'text_repeated name',
    ]);
    for (const format of INDEX_FORMATS) expect(read(format).map(({ id }) => id)).toEqual(['KEPT']);
  });

  it('applies units, classifications and article numbers of the mapping, and says which codes are missing', () => {
    const { read, fileOf, kinds } = write([product({ unit: 'BX' }), product({ sku: 'B', classifications: [] })], {
      units: { BX: 'CT' },
      defaultClassification: { domain: 'UNSPSC', code: '31000000' },
      mapping: { cxml: { SupplierPartID: { from: 'line.sku', transforms: ['lower'] } } },
    });
    expect(read('cif')).toMatchObject([
      { id: 'a-1', unit: 'CT' },
      { id: 'b', unit: 'EA' },
    ]);
    expect(fileOf('jaggaer')).toContain('"31000000"');
    expect(kinds()).toEqual(['code_missing classification']);
  });

  it('leaves out a price with more decimals than the format has', () => {
    const { read, kinds } = write([product({ unitPrice: '1.23456', quantity: '1' })]);
    expect([read('cif').length, read('oracle').length]).toEqual([0, 1]);
    expect(kinds('cif')).toEqual(['price_decimals price']);
  });
});

describeWithDtds('a cXML index is valid by the official DTD', () => {
  it.each<CxmlVersion>(['1.2.014', '1.2.050', '1.2.071'])('%s', (version) => {
    const products = HOSTILE.map((text, nth) =>
      product(
        { sku: `S-${nth}`, name: text, description: text, manufacturerName: text, leadTimeDays: nth },
        { quantityStep: '5' },
      ),
    );
    const { fileOf, read } = write(products, { cxml: { version } });
    expect(officialVerdict(fileOf('cxml'), version)).toBe('');
    expect(read('cxml')[0]).toMatchObject({ price: '12.50', unit: 'EA' });
  });
});
