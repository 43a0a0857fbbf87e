import { describe, expect, it } from '@jest/globals';
import { linesOf, tokensOf } from '../../src/console/ui/document-view.js';
import { browserName } from '../../src/console/pages/account/account-page.js';
import { agoText, sinceText } from '../../src/console/ui/moment.js';
import { amountText, changeText, durationText, shareText } from '../../src/console/ui/numbers.js';
import { HOSTILE_TEXTS } from '../fixtures/hostile-texts.js';
import { allPages } from './page-samples.js';

/** What the pages themselves are made of. */
const ELEMENTS = new Set(tagsOf(Object.values(allPages('en', 'plain')).join('')));

describe.each(['en', 'de'] as const)('pages in %s', (language) => {
  const pages = Object.entries(allPages(language, 'Müller & Söhne'));

  it.each(pages)('%s has a language, a title, one heading and a way past the navigation', (_, html) => {
    expect(html).toMatch(new RegExp(`^<!DOCTYPE html>\\n<html lang="${language}">`));
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<title>[^<]+ - Punchout<\/title>/g)).toHaveLength(1);
    expect(html).toContain('<a class="skip" href="#content">');
  });

  it.each(pages)('%s keeps to its policy: no style attribute, no handler, nothing from elsewhere', (_, html) => {
    expect(markupOf(html)).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)\s*=/i);
    for (const [, address] of html.matchAll(/\s(?:src|href|action)="([^"]*)"/g))
      expect(address).toMatch(/^(?:\/console|#|data:,)/);
    for (const tag of html.match(/<(?:script|link rel="stylesheet"|style)[^>]*>/g) ?? [])
      expect(tag).toContain('nonce="bm9uY2U="');
  });

  it.each(pages.filter(([name]) => !/^(?:sign-in|link of)/.test(name)))(
    'each form of %s that changes something has the token',
    (_, html) => {
      for (const form of html.match(/<form[^>]*method="post".*?<\/form>/gs) ?? [])
        expect(form).toContain('name="form_token" value="token"');
    },
  );

  it.each(pages)('%s has each id once, and labels and descriptions that exist', (_, html) => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(new Set(ids).size);
    for (const [, id] of html.matchAll(/\sfor="([^"]*)"/g)) expect(ids).toContain(id);
    for (const [, names] of html.matchAll(/\s(?:aria-labelledby|aria-describedby)="([^"]*)"/g))
      for (const name of String(names).split(' ')) expect(ids).toContain(name);
  });
});

it('German pages say in German that a change was refused, and mark its English reason', () => {
  const alerts = Object.entries(allPages('de', 'The reason.')).flatMap(([name, html]) =>
    [...html.matchAll(/role="alert">(.*?)<\/div>/gs)].map(([, said = '']) => ({ name, said })),
  );
  const quoted = alerts.filter(({ said }) => said.includes('Genauer Grund: <span lang="en">The reason.</span>'));
  expect(quoted.length).toBeGreaterThanOrEqual(9);
  // A session shows what the address of a notice answered, in whatever language.
  expect(alerts.filter(({ name, said }) => name !== 'session' && said.startsWith('The reason.'))).toEqual([]);
});

describe.each(HOSTILE_TEXTS)('the text %j', (text) => {
  it.each(Object.entries(allPages('en', text)))('stays a text in %s', (_, html) => {
    expect(tagsOf(html).filter((tag) => !ELEMENTS.has(tag))).toEqual([]);
    expect(markupOf(html)).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)\s*=/i);
    expect(html).not.toMatch(/(?:href|src|action)="(?!\/console|#|data:,)/);
  });
});

it('a document is the same text after it was highlighted', () => {
  for (const line of [
    ...HOSTILE_TEXTS,
    '<?xml version="1.0"?><a b=\'c\' d="e">text = "x" </a><b/>',
    '{"a": 1.10, "b": "c"}',
    '"unclosed',
    "it's",
  ])
    expect(
      tokensOf(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  expect(tokensOf('<a b="c">x')).toEqual([
    { kind: 't', text: '<a' },
    { text: ' ' },
    { kind: 'a', text: 'b' },
    { text: '=' },
    { kind: 's', text: '"c"' },
    { kind: 't', text: '>' },
    { text: 'x' },
  ]);
});

it('a document with wide lines is indented, and only its white space changes', () => {
  const header = '<Header><From><Credential domain="NetworkId"><Identity>a b</Identity></Credential></From></Header>';
  expect(
    linesOf(
      `<?xml version="1.0"?>\n<cXML payloadID="1">${header}<Request><Empty/><Note>a <b>c</b></Note></Request></cXML>`,
    ),
  ).toEqual([
    '<?xml version="1.0"?>',
    '<cXML payloadID="1">',
    '  <Header>',
    '    <From>',
    '      <Credential domain="NetworkId">',
    '        <Identity>a b</Identity>',
    '      </Credential>',
    '    </From>',
    '  </Header>',
    '  <Request>',
    '    <Empty/>',
    '    <Note>a ',
    '      <b>c</b>',
    '    </Note>',
    '  </Request>',
    '</cXML>',
  ]);
  expect(linesOf('<a>\n  <b>short</b>\n</a>')).toEqual(['<a>', '  <b>short</b>', '</a>']);
  const strange = ['<'.repeat(300), `<a>${'<b>'.repeat(200)}`, `<a><![CDATA[${'x > y ]] '.repeat(30)}]]></a>`];
  for (const text of [
    ...HOSTILE_TEXTS,
    ...strange,
    header.repeat(3),
    `</a></b>${header}`,
    `plain ${'text '.repeat(40)}`,
  ])
    expect(linesOf(text).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
});

it('numbers and times are written as people of that language write them', () => {
  expect(amountText('1299.99', 'EUR', 'de')).toBe('1.299,99 EUR');
  expect(amountText('12345678901234567890.10', 'EUR', 'en')).toBe('12,345,678,901,234,567,890.10 EUR');
  expect([changeText(112, 100, 'en'), changeText(97, 100, 'en'), changeText(1, 0, 'en')]).toEqual([
    '+12 %',
    '-3 %',
    undefined,
  ]);
  expect([shareText(2, 3, 'en'), shareText(0, 0, 'en')]).toEqual(['67 %', undefined]);
  const start = new Date('2026-11-30T14:00:00Z');
  const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
  expect([3.2, 100, 7500, 200_000].map((seconds) => sinceText(after(seconds), start, 'en'))).toEqual([
    '+3.2 s',
    '+1 min 40 s',
    '+2 h 5 min',
    '+2 d 7 h',
  ]);
  expect([agoText(start, after(7200), 'de'), agoText(start, after(0), 'en')]).toEqual(['vor 2 Stunden', 'now']);
});

it('a browser has a name', () => {
  expect(
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
      'curl/8.0',
      '',
    ].map(browserName),
  ).toEqual(['Edge 140, Windows', 'Safari 18, Mac OS X', 'curl/8.0', undefined]);
});

/** Names of the elements of a page, as a browser reads them. */
function tagsOf(html: string): string[] {
  return [...markupOf(html).matchAll(/<([a-z!][a-z0-9-]*)/gi)].map(([, name]) => String(name).toLowerCase());
}

/** A page without the values of its attributes, in which a browser sees no markup. */
function markupOf(html: string): string {
  return html.replace(/="[^"]*"/g, '=""');
}

describe('how long something takes', () => {
  it.each([
    [4.26, '4.3 ms'],
    [12.4, '12 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [3_420, '3.4 s'],
    [59_990, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [3_780_000, '1 h 3 min'],
  ])('%d ms: %s', (ms, text) => {
    expect(durationText(ms, 'en')).toBe(text);
  });
});
