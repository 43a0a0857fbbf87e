import { performance } from 'node:perf_hooks';
import { SaxesParser } from 'saxes';
import { connectionSettings } from '../src/config/connection-settings.js';
import type { Cart, CartLine } from '../src/domain/cart/cart.js';
import { DEFAULT_ACCESS_POLICY } from '../src/domain/access/tenant.js';
import type { ConnectionSettings } from '../src/domain/access/connection.js';
import type { NameValue, SetupRequest } from '../src/domain/transmission/setup-request.js';
import { hiddenInputs } from '../src/http/views/page/form.js';
import { TRANSFER_LIMITS } from '../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../src/protocols/cxml/parse-cxml.js';
import type { OrderMessageInput } from '../src/protocols/cxml/write/order-lines.js';
import { orderMessageChunks, writePunchOutOrderMessage } from '../src/protocols/cxml/write/write-order-message.js';
import { parseFlatForm } from '../src/protocols/form/parse-flat-form.js';
import { parseOciCart } from '../src/protocols/oci/read/parse-cart-form.js';
import { writeOciCartFields } from '../src/protocols/oci/write/write-cart-form.js';
import { setupDocument } from './setup-document.js';

export interface CodecRow {
  name: string;
  ours: string;
  floor: string;
  ratio: string;
  target: string;
  holds: boolean;
}

const settings = demoSettings();
const request: SetupRequest = {
  deploymentMode: 'production',
  language: 'de',
  buyer: {},
  extrinsics: [],
  items: [],
  oci: { extra: [] },
};

/**
 * Codecs compared with minimal code that reads or writes the same bytes, in the same process and alternating
 * (architecture.md section 8).
 */
export function codecRows(only?: string): CodecRow[] {
  const rows: [string, () => CodecRow][] = [
    ['parse a setup request', parseSetup],
    ['write a cart, 1,000 lines', writeCart],
    ['OCI form out, 1,000 lines', ociOut],
    ['OCI form in, 1,000 items', ociIn],
    ['parse a 1 MB cart', () => parseCart(1)],
    // Last, because they leave a large heap behind in which small codecs cannot be measured.
    ['parse a 10 MB cart', () => parseCart(10)],
    ['parse a 50 MB cart', () => parseCart(50)],
    ['write 100,000 lines', writeManyLines],
  ];
  return rows.filter(([name]) => only === undefined || name.startsWith(only)).map(([, measure]) => measure());
}

function parseSetup(): CodecRow {
  const bytes = Buffer.from(setupDocument('1@bench'));
  return compare(
    'parse a setup request',
    2_000,
    () => demand(parseCxml(bytes, 'text/xml').ok),
    () => saxesToFields(bytes.toString('utf8')),
    { most: 2, unit: 'us' },
  );
}

/** 0.6 of the bare speed of saxes, with limits and positions: at most 1.67 times its time. */
function parseCart(megabytes: number): CodecRow {
  const lines = Math.round((megabytes * 1_000_000) / 560);
  const bytes = Buffer.from(written(messageOf(cartOf(lines))));
  const limits = { ...TRANSFER_LIMITS, items: lines, elements: 1_000_000, bytes: 64_000_000 };
  const name = `parse a ${megabytes} MB cart`;
  return compare(
    name,
    megabytes === 1 ? 12 : 3,
    () => demand(parseCxml(bytes, 'text/xml', limits).ok),
    () => saxesTokens(bytes.toString('utf8')),
    { most: 1.67, unit: 'ms' },
  );
}

function writeCart(): CodecRow {
  const message = messageOf(cartOf(1_000));
  return compare(
    'write a cart, 1,000 lines',
    60,
    () => written(message),
    () => plainStrings(message.cart),
    { most: 2.5, unit: 'ms' },
  );
}

function writeManyLines(): CodecRow {
  const small = messageOf(cartOf(1_000));
  const large = messageOf(cartOf(100_000));
  const smallMs = bestOf(20, () => consume(small));
  const before = process.memoryUsage.rss();
  const largeMs = bestOf(3, () => consume(large));
  const grownMb = (process.memoryUsage.rss() - before) / 1e6;
  const ratio = largeMs / smallMs;
  return {
    name: 'write 100,000 lines',
    ours: `${largeMs.toFixed(0)} ms, +${grownMb.toFixed(0)} MB`,
    floor: `1,000 lines: ${smallMs.toFixed(2)} ms`,
    ratio: ratio.toFixed(0),
    target: '<= 130, 100 MB',
    holds: ratio <= 130 && grownMb <= 100,
  };
}

function ociOut(): CodecRow {
  const cart = cartOf(1_000);
  return compare(
    'OCI form out, 1,000 lines',
    60,
    () => hiddenInputs(ociFields(cart)),
    () => plainInputs(plainFields(cart)),
    { most: 3, unit: 'ms' },
  );
}

function ociIn(): CodecRow {
  const fields = ociFields(cartOf(1_000));
  const bytes = Buffer.from(
    fields.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  );
  const read = (): void => {
    const pairs = parseFlatForm(bytes, 'utf-8');
    demand(pairs.ok && parseOciCart(pairs.value).ok);
  };
  return compare('OCI form in, 1,000 items', 40, read, () => plainPairs(bytes.toString('utf8')), {
    most: 2,
    unit: 'ms',
  });
}

/**
 * Runs both alternately until each had its `times`, and compares the fastest runs, which have the least garbage
 * collection and other load.
 */
function compare(
  name: string,
  times: number,
  ours: () => unknown,
  floor: () => unknown,
  { most, unit }: { most: number; unit: 'us' | 'ms' },
): CodecRow {
  for (let warm = 0; warm < Math.min(times, 50); warm += 1) {
    ours();
    floor();
  }
  let oursMs = Number.POSITIVE_INFINITY;
  let floorMs = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < times; turn += 1) {
    oursMs = Math.min(oursMs, timeOf(ours));
    floorMs = Math.min(floorMs, timeOf(floor));
  }
  const text = (ms: number): string => (unit === 'us' ? `${(ms * 1_000).toFixed(1)} us` : `${ms.toFixed(2)} ms`);
  const ratio = oursMs / floorMs;
  return {
    name,
    ours: text(oursMs),
    floor: text(floorMs),
    ratio: ratio.toFixed(2),
    target: `<= ${most}`,
    holds: ratio <= most,
  };
}

function bestOf(times: number, act: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < times; turn += 1) best = Math.min(best, timeOf(act));
  return best;
}

function timeOf(act: () => unknown): number {
  const startedAt = performance.now();
  act();
  return performance.now() - startedAt;
}

function saxesToFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  const path: string[] = [];
  const parser = new SaxesParser({ position: false });
  parser.on('opentag', ({ name }) => path.push(name));
  parser.on('text', (value) => fields.set(path.at(-1) ?? '', value));
  parser.on('closetag', () => path.pop());
  parser.write(text).close();
  return fields;
}

function saxesTokens(text: string): number {
  let tokens = 0;
  const parser = new SaxesParser({ position: false });
  parser.on('opentag', () => (tokens += 1));
  parser.on('text', () => (tokens += 1));
  parser.on('closetag', () => (tokens += 1));
  parser.write(text).close();
  return tokens;
}

function plainStrings({ lines, currency, language }: Cart): string {
  let text = '';
  for (const line of lines) {
    text +=
      `<ItemIn quantity="${line.quantity}"><ItemID><SupplierPartID>${escaped(line.sku)}</SupplierPartID>` +
      `<SupplierPartAuxiliaryID>${escaped(line.auxiliaryId)}</SupplierPartAuxiliaryID></ItemID><ItemDetail>` +
      `<UnitPrice><Money currency="${currency}">${line.unitPrice}</Money></UnitPrice><Description ` +
      `xml:lang="${language}">${escaped(line.name)} ${escaped(line.description ?? '')}</Description>` +
      `<UnitOfMeasure>${line.unit}</UnitOfMeasure><Classification ` +
      `domain="UNSPSC">${escaped(line.classifications[0]?.code ?? '')}</Classification>` +
      `<ManufacturerPartID>${escaped(line.manufacturerPartId ?? '')}</ManufacturerPartID>` +
      `<ManufacturerName>${escaped(line.manufacturerName ?? '')}</ManufacturerName></ItemDetail></ItemIn>`;
  }
  return text;
}

function escaped(text: string): string {
  return /[&<>"\u0080-\uffff]/.test(text)
    ? text.replace(/[&<>"\u0080-\uffff]/g, (character) => `&#${character.charCodeAt(0)};`)
    : text;
}

function plainFields({ lines, currency }: Cart): NameValue[] {
  const fields: NameValue[] = [];
  for (const [at, line] of lines.entries()) {
    const index = at + 1;
    fields.push(
      { name: `NEW_ITEM-DESCRIPTION[${index}]`, value: line.name.slice(0, 40) },
      { name: `NEW_ITEM-QUANTITY[${index}]`, value: `${line.quantity}.000` },
      { name: `NEW_ITEM-UNIT[${index}]`, value: line.unit },
      { name: `NEW_ITEM-PRICE[${index}]`, value: `${line.unitPrice}0` },
      { name: `NEW_ITEM-CURRENCY[${index}]`, value: currency },
      { name: `NEW_ITEM-PRICEUNIT[${index}]`, value: '1' },
      { name: `NEW_ITEM-LONGTEXT_${index}:132[]`, value: line.description ?? '' },
      { name: `NEW_ITEM-VENDORMAT[${index}]`, value: line.sku },
      { name: `NEW_ITEM-MANUFACTMAT[${index}]`, value: line.manufacturerPartId ?? '' },
      { name: `NEW_ITEM-MATGROUP[${index}]`, value: line.classifications[0]?.code ?? '' },
      { name: `NEW_ITEM-EXT_QUOTE_ID[${index}]`, value: 'q' },
      { name: `NEW_ITEM-EXT_QUOTE_ITEM[${index}]`, value: String(index) },
      { name: `NEW_ITEM-EXT_PRODUCT_ID[${index}]`, value: line.productKey },
    );
  }
  return fields;
}

function plainInputs(fields: readonly NameValue[]): string {
  let html = '';
  for (const { name, value } of fields)
    html += `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`;
  return html;
}

function ociFields(cart: Cart): NameValue[] {
  const written = writeOciCartFields({ cart, request, settings, quoteId: 'q' });
  if (!written.ok) throw new Error(written.refusal.reason);
  return written.value;
}

function plainPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    pairs.set(
      decodeURIComponent(pair.slice(0, equals).replaceAll('+', ' ')),
      decodeURIComponent(pair.slice(equals + 1).replaceAll('+', ' ')),
    );
  }
  return pairs;
}

function cartOf(count: number): Cart {
  const lines = Array.from({ length: count }, (_, at): CartLine => ({
    lineId: `line-${at}`,
    kind: 'product',
    sku: `SKU-${String(at).padStart(6, '0')}`,
    productKey: `SKU-${String(at).padStart(6, '0')}`,
    auxiliaryId: `aux-${at}`,
    quantity: String((at % 9) + 1),
    unitPrice: `${(at % 500) + 1}.${String(at % 100).padStart(2, '0')}`,
    priceBasis: '1',
    unit: 'EA',
    name: at % 5 === 0 ? `Schraube für Träger M${at % 30}` : `Hexagon bolt M${at % 30} zinc plated`,
    description: 'DIN 933, grade 8.8, fully threaded, with metric coarse thread and hexagon head.',
    classifications: [{ domain: 'UNSPSC', code: '31161501' }],
    manufacturerPartId: `M-${at}`,
    manufacturerName: 'Nordwerk & Sons',
    customFields: {},
  }));
  return { cartId: 'bench', contentMark: '1', currency: 'EUR', language: 'de', lines };
}

function messageOf(cart: Cart): OrderMessageInput {
  return {
    payloadId: '1@bench',
    at: new Date(0),
    language: 'de',
    deploymentMode: 'production',
    from: [],
    to: [{ domain: 'NetworkId', identity: 'buyer' }],
    userAgent: 'bench 1',
    buyerCookie: 'cookie',
    operationAllowed: 'edit',
    cart,
    settings,
  };
}

function written(message: OrderMessageInput): string {
  const result = writePunchOutOrderMessage(message);
  return result.ok ? result.value.document : demand(false);
}

function consume(message: OrderMessageInput): void {
  const chunks = orderMessageChunks(message);
  let length = 0;
  if (chunks.ok) for (const chunk of chunks.value) length += chunk.length;
  demand(length > 0);
}

function demand(holds: boolean): never | string {
  if (!holds) throw new Error('the codec refused its own bench material');
  return '';
}

function demoSettings(): ConnectionSettings {
  const checked = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
  if (!checked.ok) throw new Error(checked.refusal.reason);
  return { ...DEFAULT_ACCESS_POLICY, ...checked.value };
}
