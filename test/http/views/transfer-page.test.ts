import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { assert, pre, property, string } from 'fast-check';
import type { TransferPayload } from '../../../src/domain/transmission/transfer-payload.js';
import { pageCsp } from '../../../src/http/views/page/page-csp.js';
import { shippedTexts } from '../../../src/http/views/texts.js';
import { transferPage } from '../../../src/http/views/transfer-page.js';
import { anyCharacter } from '../../fixtures/any-character.js';

function payloadOf(fields: TransferPayload['fields'], more: Partial<TransferPayload> = {}): TransferPayload {
  return {
    payloadId: 'p@shop',
    kind: 'oci',
    action: 'https://erp.company.com/oci/return?a=1&b="2',
    method: 'post',
    target: '_top',
    charset: 'iso-8859-1',
    fields,
    summary: { itemsCount: '3', linesCount: 2, totalAmount: '1299.99', currency: 'EUR' },
    ...more,
  };
}

const REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads attribute values like the HTML standard: references are resolved, nothing else is changed. */
function unescape(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_all, code: string | undefined, name: string | undefined) =>
    code === undefined ? (REFERENCES[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  );
}

function fieldsIn(html: string): { name: string; value: string }[] {
  return [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => ({ name: unescape(name), value: unescape(value) }),
  );
}

const NAUGHTY = [
  '',
  '\n leading line',
  '\r\n\t',
  '</form><script>alert(1)</script>',
  `"' onfocus=alert(1) x='`,
  '&amp;&#60;&lt',
  '<%= it.x %>',
  '\u00c4\u00d6 \u00df \u20ac \u0141 \u{1f600}',
  '${x}',
  '<!--',
  ']]>',
  '\u2028\u2029\ufeff',
];

describe('transferPage', () => {
  it('a session without changes says so, and shows no items and no total', () => {
    const summary = { itemsCount: '0', linesCount: 0, totalAmount: '0.00', currency: 'EUR' };
    const german = transferPage({ payload: payloadOf([], { summary, unchanged: true }), texts: shippedTexts('de') });
    expect(unescape(german)).toContain('ändert sich nichts');
    expect(german).not.toMatch(/Warenkorb|Artikel|Summe/);
    const english = transferPage({ payload: payloadOf([], { summary, unchanged: true }), texts: shippedTexts('en') });
    expect(english).toContain('Nothing changes there');
    expect(english).not.toMatch(/\bcart\b|>Items|>Total/);
    expect(transferPage({ payload: payloadOf([], { summary }), texts: shippedTexts('en') })).toContain(
      'Your cart is on its way',
    );
  });

  it('T17: a long document of ASCII is written as its characters are, one by one', () => {
    const inputOf = (value: string): string =>
      /name="x" value="([^"]*)"/.exec(
        transferPage({ payload: payloadOf([{ name: 'x', value }]), texts: shippedTexts('en') }),
      )?.[1] ?? '';
    const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));
    const written = ascii.map(inputOf).join('');
    for (const times of [1, 31, 32, 33, 127, 128, 129, 400])
      expect(inputOf(ascii.join('').repeat(times))).toBe(written.repeat(times));
    expect(inputOf(`${ascii.join('').repeat(200)}\u00e4`)).toBe(`${written.repeat(200)}&#228;`);
  });

  it('T17: hostile names and values are read back unchanged and in order', () => {
    const fields = NAUGHTY.flatMap((text, index) => [
      { name: `f${index}`, value: text },
      { name: `${text}-${index}`, value: 'x' },
    ]);
    expect(fieldsIn(transferPage({ payload: payloadOf(fields), texts: shippedTexts('en') }))).toEqual(fields);
  });

  it('T17: any text without NUL, C1 controls and half surrogates is read back unchanged', () => {
    assert(
      property(string({ unit: anyCharacter, maxLength: 40 }), (text) => {
        pre(!/[\0\u0080-\u009f]|\p{Surrogate}/u.test(text));
        expect(
          fieldsIn(transferPage({ payload: payloadOf([{ name: 'x', value: text }]), texts: shippedTexts('de') })),
        ).toEqual([{ name: 'x', value: text }]);
      }),
      { numRuns: 300 },
    );
  });

  it('T17: no value adds markup', () => {
    const tags = (html: string): string[] => html.match(/<[a-z/!]+/gi) ?? [];
    const plain = transferPage({ payload: payloadOf([{ name: 'x', value: 'y' }]), texts: shippedTexts('en') });
    for (const text of NAUGHTY)
      expect(
        tags(transferPage({ payload: payloadOf([{ name: text, value: text }]), texts: shippedTexts('en') })),
      ).toEqual(tags(plain));
  });

  it('T21: the bytes are ASCII and the declared charset is that of the payload', () => {
    const html = transferPage({
      payload: payloadOf([{ name: '\u00e4', value: '\u20ac\u{1f600}\u0085' }]),
      texts: shippedTexts('de'),
    });
    // oxlint-disable-next-line no-control-regex
    expect(html).toMatch(/^[\x00-\x7f]*$/);
    expect(html).toContain('<meta charset="iso-8859-1">');
    expect(html).toContain('accept-charset="iso-8859-1"');
  });

  it('the same payload gives the same bytes', () => {
    const make = (): string =>
      transferPage({ payload: payloadOf([{ name: 'a', value: 'b' }]), texts: shippedTexts('de') });
    expect(make()).toBe(make());
  });

  it("connector session: the payload's form; T13: submits before the page is loaded", () => {
    const html = transferPage({ payload: payloadOf([]), texts: shippedTexts('en') });
    const form = /<form id="punchout_transfer" method="post" action="([^"]*)" target="_top"/.exec(html);
    expect(unescape(form?.[1] ?? '')).toBe('https://erp.company.com/oci/return?a=1&b="2');
    expect(html).toMatch(
      /<script>HTMLFormElement\.prototype\.submit\.call\(document\.getElementById\('punchout_transfer'\)\)<\/script>\s*<\/body>/,
    );
    expect(html).toContain('<button type="submit">');
  });

  it('shows host, number of items and total', () => {
    const html = transferPage({ payload: payloadOf([]), texts: shippedTexts('de') });
    expect(html).toContain('<dd>3</dd>');
    expect(html).toContain('<dd>1.299,99 EUR</dd>');
    expect(html).toContain('<dd>erp.company.com</dd>');
  });

  it('T17: the policy allows exactly the inline blocks of the page', () => {
    const html = transferPage({ payload: payloadOf([]), texts: shippedTexts('en') });
    const csp = pageCsp({ formAction: ['https://erp.company.com'], frameAncestors: [], script: true });
    const hashes = [...html.matchAll(/<(?:style|script)>([^]*?)<\/(?:style|script)>/g)].map(
      ([, inline = '']) => `'sha256-${createHash('sha256').update(inline).digest('base64')}'`,
    );
    expect(hashes).toHaveLength(2);
    for (const hash of hashes) expect(csp).toContain(hash);
    expect(csp.match(/sha256-/g)).toHaveLength(2);
  });
});
