import { XmlDocument } from 'libxml2-wasm';
import type { CartLine } from '../../src/domain/cart/cart.js';
import type { OciCharset } from '../../src/domain/access/connection.js';
import { cutText } from '../../src/protocols/oci/write/cut-text.js';
import { encodable, transliterate } from '../../src/protocols/oci/write/transliterate.js';
import { NAUGHTY_STRINGS } from '../fixtures/naughty-strings.js';
import type { Checks } from './checks.js';
import { asPosted, readFormBytes } from './form-bytes.js';
import { SECRET } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import type { World } from './world/world.js';

const MARKUP = [
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "' autofocus onfocus=alert(1) '",
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<form action=https://evil.test/>',
  '</form><base href=https://evil.test/>',
  '</textarea></title></style><img src=x onerror=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u2028alert(1)\u2029',
  '\\"}];alert(1)//',
];
const TEXTS = [...NAUGHTY_STRINGS, ...MARKUP];
/** An OCI buyer loses lines whose unit is not a code, so this cart is refused; cXML holds any text. */
const OCI_UNITS = ['EA', 'PCE', 'KGM'];
const UNITS = ['<', '>', '&', '"', "'", ']]>', '%26', '&#', '${}', 'a b', '\u00e4', '\u00b5m', '+', '==', '/>'];

/**
 * T17, T21: with any catalogue text, the buyer gets exactly the bytes of our writer, and the page runs no part of it.
 */
export async function hostileCatalogue(world: World, check: Checks): Promise<void> {
  world.odd.lines = TEXTS.map((text, index) => naughtyLine(text, index, UNITS, () => true));
  await throughChromium(world, check, 'cXML', 'utf-8', undefined, checkCxml);
  for (const charset of ['utf-8', 'iso-8859-1', 'windows-1252'] as const) {
    world.odd.lines = TEXTS.map((text, index) =>
      naughtyLine(
        text,
        index,
        OCI_UNITS,
        (key) => key.trim() !== '' && Array.from(key).length <= 40 && encodable(key, charset) && !/[\t\r\n]/.test(key),
      ),
    );
    await throughChromium(world, check, `OCI ${charset}`, charset, charset, checkOci);
  }
}

function naughtyLine(
  text: string,
  index: number,
  units: readonly string[],
  isKey: (text: string) => boolean,
): CartLine {
  const plain = `SKU-${index}`;
  const unit = units[index % units.length] ?? 'EA';
  return {
    lineId: String(index),
    kind: 'product',
    sku: isKey(text) && /[!-~\u00a1-\u00ff]/.test(text) ? text : plain,
    productKey: isKey(text) ? text : plain,
    auxiliaryId: `aux ${text}`,
    quantity: '2',
    unitPrice: '1.50',
    priceBasis: '1',
    unit,
    name: text,
    description: `${TEXTS[(index + 7) % TEXTS.length] ?? ''}\n${text}`,
    classifications: [],
    manufacturerName: text,
    manufacturerPartId: text,
    customFields: { Note: text, ['a"<b>&']: 'x' },
  };
}

type Fields = ReturnType<typeof readFormBytes>;

async function throughChromium(
  world: World,
  check: Checks,
  what: string,
  charset: OciCharset,
  oci: string | undefined,
  judge: (check: Checks, what: string, fields: Fields, lines: CartLine[], charset: OciCharset) => void,
): Promise<void> {
  const { odd, oddBuyer, origins } = world;
  const { context, page, dialogs, violations, errors } = await visitor(world.browser);
  const returnTo = oddBuyer.returnPath();
  const promisedBefore = odd.promised.length;
  await page.goto(
    oci === undefined
      ? await oddBuyer.callUp({ connection: 'odd-cxml', returnTo })
      : oddBuyer.ociCallUp({ HOOK_URL: oddBuyer.origin + returnTo, USERNAME: `odd-${oci}`, PASSWORD: SECRET }, '_top'),
  );
  await page.waitForURL(`${origins.odd}/`);
  await page.locator('button').click();
  const { body } = await oddBuyer.arrival(returnTo);
  await page.locator('#received').waitFor();
  const promised = odd.promised.slice(promisedBefore);
  const fields = readFormBytes(body, charset);
  check.equal(
    `${what}: ${odd.lines.length} naughty lines, promised once`,
    [promised.length, promised[0]?.charset],
    [1, charset],
  );
  check.equal(
    `${what}: ${fields.length} field(s), byte for byte what was promised`,
    fields,
    asPosted(promised[0]?.fields ?? []),
  );
  judge(check, what, fields, odd.lines, charset);
  check.equal(`${what}: dialogs, violations, script errors`, [dialogs, violations, errors], [[], [], []]);
  await context.close();
}

/** Read by libxml2, checked against the characters of XML 1.0. */
function checkCxml(check: Checks, what: string, fields: Fields, lines: CartLine[]): void {
  const document = XmlDocument.fromString(fields[0]?.value ?? '');
  const texts = (path: string): string[] => document.find(path).map((node) => node.content);
  const said = (text: string): string =>
    Array.from(text.trim())
      .filter((character) => /^(?:[\t\n\r -\ud7ff\ue000-\ufffd]|[\u{10000}-\u{10ffff}])$/u.test(character))
      .join('')
      .trim();
  check.equal(
    `${what}: article numbers`,
    texts('//ItemIn/ItemID/SupplierPartID'),
    lines.map(({ sku }) => said(sku)),
  );
  check.equal(
    `${what}: cookies on the lines`,
    texts('//ItemIn/ItemID/SupplierPartAuxiliaryID'),
    lines.map(({ auxiliaryId }) => said(auxiliaryId)),
  );
  check.equal(
    `${what}: units`,
    texts('//UnitOfMeasure'),
    lines.map(({ unit }) => said(unit)),
  );
  check.equal(
    `${what}: makers`,
    texts('//ManufacturerName'),
    lines.map(({ name }) => said(name)).filter((text) => text !== ''),
  );
  check.equal(
    `${what}: custom fields`,
    texts('//Extrinsic[@name="Note"]'),
    lines.map(({ name }) => said(name)).filter((text) => text !== ''),
  );
  check.equal(
    `${what}: names, cut at 50 characters`,
    lines
      .map((line, index) =>
        shortNameFits(document.find(`(//ItemIn)[${index + 1}]//ShortName`)[0]?.content, said(line.name)),
      )
      .indexOf(false),
    -1,
  );
  document.dispose();
}

function shortNameFits(shortName: string | undefined, name: string): boolean {
  return shortName === undefined ? true : name.startsWith(shortName);
}

function checkOci(check: Checks, what: string, fields: Fields, lines: CartLine[], charset: OciCharset): void {
  const values = (field: string): string[] =>
    lines.map((_, index) => fields.find(({ name }) => name === `NEW_ITEM-${field}[${index + 1}]`)?.value ?? '');
  const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').trim();
  check.equal(
    `${what}: descriptions are the transliterated names`,
    values('DESCRIPTION'),
    lines.map(({ name, sku }) => cutText(oneLine(transliterate(name, charset)) || sku, 40)),
  );
  check.equal(
    `${what}: article numbers untouched`,
    values('VENDORMAT'),
    lines.map(({ sku }) => sku),
  );
  check.equal(
    `${what}: units untouched`,
    values('UNIT'),
    lines.map(({ unit }) => unit),
  );
  check.holds(
    `${what}: nothing that a browser made up`,
    !fields.some(({ value }) => /&#\d{3,};/.test(value.replaceAll('&#128512;', '').replaceAll('&#228;', ''))),
    fields.filter(({ value }) => /&#\d{3,};/.test(value)).slice(0, 3),
  );
}
