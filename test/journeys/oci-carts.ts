import * as fc from 'fast-check';
import type { CartLine } from '../../src/domain/cart/cart.js';
import type { OciCharset } from '../../src/domain/access/connection.js';
import type { NameValue } from '../../src/domain/transmission/setup-request.js';
import { cutText } from '../../src/protocols/oci/write/cut-text.js';
import { transliterate } from '../../src/protocols/oci/write/transliterate.js';
import { writeOciCartFields } from '../../src/protocols/oci/write/write-cart-form.js';
import { NAUGHTY_STRINGS } from '../fixtures/naughty-strings.js';
import { cartWith, lineWith, requestWith, settingsWith } from '../protocols/oci/sample-cart.js';
import type { Checks } from './checks.js';
import { asPosted, readFormBytes } from './form-bytes.js';
import { escaped } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import type { World } from './world/world.js';

const CARTS = 300;
const CARTS_A_PAGE = 20;
const CHARSETS: OciCharset[] = ['utf-8', 'iso-8859-1', 'windows-1252'];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...NAUGHTY_STRINGS),
  fc.string({ maxLength: 60 }),
);
const key = fc
  .string({ unit: fc.constantFrom(...Array.from('ABCxyz019-_/. ä"&<%+\'ß')), minLength: 1, maxLength: 40 })
  .filter((value) => value.trim() !== '');
const decimal = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(999), fc.nat(3))
  .map(([whole, part, digits]) =>
    digits === 0 ? String(whole) : `${whole}.${String(part).padStart(3, '0').slice(0, digits)}`,
  );
const lines = fc.array(
  fc
    .record({
      sku: key,
      productKey: key,
      quantity: decimal,
      unitPrice: decimal,
      priceBasis: fc.constantFrom('1', '1', '10', '100'),
      unit: fc.constantFrom('EA', 'C62', 'MTR', '"<&'),
      name: text,
      description: text,
    })
    .map((line): CartLine => lineWith(line)),
  { minLength: 1, maxLength: 5 },
);

interface Sent {
  lines: CartLine[];
  charset: OciCharset;
  fields: NameValue[];
  path: string;
}

/**
 * Random carts, posted by Chromium from the product's own transfer page and read from their bytes, equal the original
 * carts.
 */
export async function ociCarts(world: World, check: Checks): Promise<void> {
  const { browser, buyer, odd, oddBuyer } = world;
  const seed = Date.now() % 1_000_000;
  const { context, page, violations, dialogs } = await visitor(browser);
  const sent = fc.sample(lines, { numRuns: CARTS, seed }).map((cart, index): Sent & { page: string } => {
    const charset = CHARSETS[index % CHARSETS.length] ?? 'utf-8';
    const written = writeOciCartFields({
      cart: cartWith(cart),
      request: requestWith(),
      settings: settingsWith({ charset }),
      quoteId: `quote-${index}`,
    });
    if (!written.ok) throw new Error(`seed ${seed}: ${written.refusal.reason}`);
    const path = oddBuyer.returnPath();
    const payload = {
      payloadId: 'p@odd.test',
      kind: 'oci' as const,
      action: oddBuyer.origin + path,
      method: 'post' as const,
      target: '_self',
      charset,
      fields: written.value,
      summary: { itemsCount: '1', linesCount: cart.length, totalAmount: '1.00', currency: 'EUR' },
    };
    return {
      lines: cart,
      charset,
      fields: written.value,
      path,
      page: odd.transferPage(payload, [oddBuyer.origin], [buyer.origin]),
    };
  });
  for (let at = 0; at < sent.length; at += CARTS_A_PAGE) {
    const some = sent.slice(at, at + CARTS_A_PAGE);
    await page.goto(buyer.page(some.map((one) => `<iframe src="${escaped(one.page)}"></iframe>`).join('')));
    await Promise.all(some.map((one) => oddBuyer.arrival(one.path)));
  }
  const faults = sent.flatMap((one) => {
    const bodies = oddBuyer.received(one.path).map(({ body }) => body);
    const fault =
      bodies.length === 1 && bodies[0] !== undefined
        ? faultOf(one, readFormBytes(bodies[0], one.charset))
        : `arrived ${bodies.length} times`;
    return fault === undefined ? [] : [`${one.charset}: ${fault}`];
  });
  check.equal(
    `${CARTS} random carts in three charsets (seed ${seed}): bytes read back equal the carts`,
    faults.slice(0, 3),
    [],
  );
  check.equal('dialogs, violations', [dialogs, violations], [[], []]);
  await context.close();
}

/** The difference between the cart and the received bytes. */
function faultOf({ lines: cart, charset, fields: written }: Sent, fields: NameValue[]): string | undefined {
  if (JSON.stringify(fields) !== JSON.stringify(asPosted(written)))
    return `fields ${JSON.stringify(fields)} instead of ${JSON.stringify(written)}`;
  const found = new Map(fields.map(({ name, value }) => [name, value]));
  for (const [index, line] of cart.entries()) {
    const of = (field: string): string => found.get(`NEW_ITEM-${field}[${index + 1}]`) ?? '';
    const name =
      transliterate(line.name, charset)
        .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
        .trim() || line.sku;
    const unitPrice = Number(of('PRICE')) / Number(of('PRICEUNIT'));
    const same =
      of('VENDORMAT') === line.sku &&
      of('EXT_PRODUCT_ID') === line.productKey &&
      of('UNIT') === line.unit &&
      of('DESCRIPTION') === cutText(name, 40) &&
      of('CURRENCY') === 'EUR' &&
      Number(of('QUANTITY')) === Number(line.quantity) &&
      Math.abs(unitPrice - Number(line.unitPrice) / Number(line.priceBasis)) < 1e-9;
    if (!same) return `line ${JSON.stringify(line)} became ${JSON.stringify(fields)}`;
  }
  return undefined;
}
