import { describe, expect, it } from '@jest/globals';
import { sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { indexEncoder } from '../../../src/adapters/index-encoder/index-encoder.js';
import { settingsOf } from '../../../src/config/connection-settings.js';
import type { Connection, CxmlVersion } from '../../../src/domain/access/connection.js';
import type { CatalogueProduct } from '../../../src/domain/cart/catalogue-product.js';
import { INDEX_FORMATS, type IndexFormat } from '../../../src/domain/catalogue/catalogue-index.js';
import { describeWithDtds, officialVerdict } from '../../protocols/cxml/official-dtds.js';
import { READERS } from './read-index.js';
import { product } from './sample-product.js';

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

function write(
  products: CatalogueProduct[],
  settings: object = {},
  { textRepeats, before = {} }: { textRepeats?: number; before?: Partial<Record<IndexFormat, string[]>> } = {},
) {
  const connection = connectionWith(settings);
  const about = { connection, currency: 'EUR', language: 'en' };
  const input = {
    ...about,
    buyer: sampleTransmission(connection),
    formats: INDEX_FORMATS,
    products: products.map((each, nth) => ({ product: each, repeatsText: nth === textRepeats })),
  };
  const ids = Object.fromEntries(Object.entries(before).map(([format, those]) => [format, new Set(those)]));
  const page = encoder.write(encoder.fit(input), input, { items: {}, ids });
  const fileOf = (format: IndexFormat): string => {
    const { head, tail } = encoder.frame(format, { ...about, items: page.items[format] ?? 0 });
    return head + (page.texts[format] ?? '') + tail;
  };
  return {
    page,
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
        product({ sku: 'SOLD' }, { availability: 'sold_out' }),
        product({ sku: 'UNIT', unit: 'a box' }),
        product({ sku: 'NAMELESS', name: ' ', description: undefined }),
        product({ sku: 'KEPT' }),
      ],
      {},
      { textRepeats: 6 },
    );
    expect(kinds()).toEqual([
      'price_missing price',
      'price_negative price',
      'id_missing id',
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

  it.each(INDEX_FORMATS)('%s: of products with the same number in the file the first one is kept', (format) => {
    // What differs in the shop is the same after the mapping, and the other way round.
    const mapping = { cxml: { SupplierPartID: { from: 'line.customFields.number', transforms: ['lower'] } } };
    const numbered = (sku: string, number: string) => product({ sku, productKey: number, customFields: { number } });
    const products = [numbered('S-1', 'one'), numbered('S-2', 'ONE'), numbered('S-3', 'two'), numbered('S-3', 'three')];
    const { read, page } = write(products, { mapping }, { before: { [format]: ['two'] } });
    const isOci = format === 'oci';
    expect(read(format).map(({ id }) => id)).toEqual(isOci ? ['one', 'ONE', 'three'] : ['one', 'three']);
    const repeated = page.faults.filter(({ fault }) => fault.format === format && fault.kind === 'id_repeated');
    expect(repeated.map(({ sku, fault }) => [sku, fault.value])).toEqual([
      ...(isOci ? [] : [['S-2', 'one']]),
      ['S-3', 'two'],
    ]);
    expect(page.ids[format]).toEqual(read(format).map(({ id }) => id));
  });

  it('says what stood there', () => {
    const { page } = write(
      [
        product({ sku: 'NEGATIVE', unitPrice: '-1.00' }),
        product({ sku: 'NO-PRICE', unitPrice: 'NaN', priceBasis: '100' }),
        product({ sku: 'SOLD' }, { availability: 'sold_out', stock: '0' }),
        product({ sku: 'UNIT', unit: 'a box' }),
        product({ sku: 'CODE', classifications: [] }),
        product({ sku: 'DECIMALS', unitPrice: '0.1234567890123' }),
        product({ sku: 'FORMULA', name: '=1+1' }),
        product({ sku: 'two words', productKey: ' ' }),
      ],
      { defaultClassification: { domain: 'UNSPSC', code: '31000000' } },
    );
    const seen = new Map(page.faults.map(({ sku, fault }) => [`${fault.kind} ${sku}`, fault.value]));
    expect(Object.fromEntries(seen)).toMatchObject({
      'price_negative NEGATIVE': '-1.00',
      'price_missing NO-PRICE': 'NaN per 100',
      'sold_out SOLD': '0',
      'unit_malformed UNIT': 'a box',
      'code_missing CODE': 'UNSPSC 31000000',
      'price_decimals DECIMALS': '0.1234567890123',
      'text_formula FORMULA': '=1+1',
      'id_missing two words': ' ',
    });
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
