import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { NameValue } from '../../src/domain/transmission/setup-request.js';
import { TRANSFER_LIMITS } from '../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { parseFlatForm, parseFlatQuery } from '../../src/protocols/form/parse-flat-form.js';
import { readReturnPage } from '../../src/protocols/form/read-return-page.js';
import { parseOciCallUp } from '../../src/protocols/oci/call-up/parse-call-up.js';
import { parseOciCart } from '../../src/protocols/oci/read/parse-cart-form.js';
import { referencePath } from '../support/reference.js';

/**
 * Every sample that was accepted once must always be accepted, with the same facts. `accepted-corpus.txt` has one line
 * for each: its file, its kind, and a digest of the facts below. If a sample is read differently on purpose,
 * UPDATE_CORPUS=1 rewrites the file.
 */
const FROZEN = 'test/protocols/accepted-corpus.txt';
const REFERENCE = /^reference\//;
const FOLDERS = ['test/fixtures', 'examples', 'reference/cxml/samples', 'reference/oci/samples'];

/** Path of a name in the list. */
function pathOf(name: string): string {
  return REFERENCE.test(name) ? referencePath(name.replace(REFERENCE, '')) : name;
}

function filesIn(folder: string): string[] {
  if (!existsSync(pathOf(folder))) return [];
  return readdirSync(pathOf(folder))
    .filter((name) => !/^(node_modules|shopware-connect|wycheproof.*|package.*|tsconfig.*)$/.test(name))
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(pathOf(path)).isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

/** The facts of a sample; undefined if it is not accepted. */
function factsOf(name: string): unknown {
  const file = pathOf(name);
  switch (extname(file)) {
    case '.xml':
      return cxmlFacts(readFileSync(file));
    case '.html': {
      const carts = readReturnPage(readFileSync(file, 'utf8')).forms.flatMap(({ fields }) => cartFacts(fields) ?? []);
      return carts.length > 0 ? carts : undefined;
    }
    case '.json':
      return jsonFacts(JSON.parse(readFileSync(file, 'utf8')));
    case '.txt': {
      const pairs = parseFlatForm(readFileSync(file), 'utf-8');
      return pairs.ok ? cartFacts(pairs.value) : undefined;
    }
    default:
      return undefined;
  }
}

function cxmlFacts(bytes: Uint8Array): unknown {
  const parsed = parseCxml(bytes, 'text/xml', TRANSFER_LIMITS);
  if (!parsed.ok) return undefined;
  const { kind, envelope } = parsed.value;
  const { payloadId, language, deploymentMode, from, to, sender } = envelope;
  const common = { kind, payloadId, language, deploymentMode, from, to, sender };
  switch (parsed.value.kind) {
    case 'PunchOutSetupRequest': {
      const { operation, buyerCookie, returnUrl, request } = parsed.value.setup;
      return {
        ...common,
        operation,
        buyerCookie,
        returnUrl,
        selected: request.selectedItem,
        items: request.items.map(({ supplierPartId, auxiliaryId, quantity }) => [
          supplierPartId,
          auxiliaryId,
          quantity,
        ]),
      };
    }
    case 'PunchOutOrderMessage': {
      const { buyerCookie, total, lines } = parsed.value.message;
      return {
        ...common,
        buyerCookie,
        total: [total?.amount, total?.currency],
        lines: lines.map(({ supplierPartId, auxiliaryId, quantity, unitPrice, unit }) => [
          supplierPartId,
          auxiliaryId,
          quantity,
          unitPrice.amount,
          unitPrice.currency,
          unit,
        ]),
      };
    }
    case 'OrderRequest': {
      const { orderId, kind: orderKind, lines } = parsed.value.order;
      return {
        ...common,
        orderId,
        orderKind,
        lines: lines.map(({ supplierPartId, quantity, unitPrice }) => [
          supplierPartId,
          quantity,
          unitPrice?.amount,
          unitPrice?.currency,
        ]),
      };
    }
    case 'Response':
      return { ...common, code: parsed.value.response.code, startUrl: parsed.value.response.startUrl };
    case 'unknown':
      return { ...common, name: parsed.value.name };
    default:
      return common;
  }
}

function cartFacts(fields: readonly NameValue[]): unknown {
  const cart = parseOciCart(fields);
  return cart.ok && cart.value.items.length > 0
    ? cart.value.items.map(({ index, description, quantity, price, vendorMat }) => [
        index,
        description,
        quantity,
        price,
        vendorMat,
      ])
    : undefined;
}

function jsonFacts(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  // Carts as lists of pairs, and call-ups as received.
  const pairs = value
    .filter((pair): pair is [string, string] => Array.isArray(pair) && typeof pair[0] === 'string')
    .map(([name, text]) => ({ name, value: text }));
  if (pairs.length > 0) return cartFacts(pairs);
  return (value as { name: string; url?: string; fields?: [string, string][] }[]).map(
    ({ name, url = '', fields = [] }) => {
      const query = parseFlatQuery(url.split('?').slice(1).join('?'), 'utf-8');
      const callUp = parseOciCallUp([
        ...fields.map(([key, text]) => ({ name: key, value: text })),
        ...(query.ok ? query.value : []),
      ]);
      return [
        name,
        callUp.ok ? [callUp.value.hookUrl, callUp.value.username, callUp.value.request.oci?.function] : 'refused',
      ];
    },
  );
}

function lineOf(file: string): string | undefined {
  const facts = factsOf(file);
  if (facts === undefined) return undefined;
  const kind = typeof facts === 'object' && facts !== null && 'kind' in facts ? String(facts.kind) : 'OCI';
  return `${file} ${kind} ${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12)}`;
}

if (process.env['UPDATE_CORPUS'] !== undefined)
  writeFileSync(
    FROZEN,
    `${FOLDERS.flatMap(filesIn)
      .flatMap((file) => lineOf(file) ?? [])
      .join('\n')}\n`,
  );

describe('samples that were accepted once', () => {
  const frozen = readFileSync(FROZEN, 'utf8')
    .trim()
    .split('\n')
    .map((line): [string, string] => [line.split(' ')[0] ?? '', line]);

  it('the list of samples is not empty', () => {
    expect(frozen.length).toBeGreaterThan(50);
  });

  it.each(frozen.filter(([file]) => existsSync(pathOf(file))))('%s is still accepted', (file, line) => {
    expect(lineOf(file)).toBe(line);
  });
});
