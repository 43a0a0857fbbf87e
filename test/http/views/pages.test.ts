import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, type ErrorCode } from '../../../src/domain/error-codes.js';
import { cartChangedPage, noticeSentence } from '../../../src/http/views/cart-changed-page.js';
import {
  confirmPage,
  continuePage,
  cookiesRefusedPage,
  sessionConflictPage,
} from '../../../src/http/views/session-pages.js';
import { errorPage } from '../../../src/http/views/error-page.js';
import { ociRedirectPage } from '../../../src/http/views/oci-pages.js';
import { allLanguages } from '../../../src/domain/buyer-texts/languages.js';
import type { LanguageTexts } from '../../../src/domain/buyer-texts/buyer-texts.js';
import { languageOf, shippedTexts as textsFor } from '../../../src/http/views/texts.js';

const EVIL = `"><script>alert('x')</script>\u00e4&`;
const hiddenFields = [{ name: EVIL, value: EVIL }];

const PAGES: Record<string, (texts: LanguageTexts) => string> = {
  cartChanged: (texts) =>
    cartChangedPage({
      changed: {
        notices: [{ kind: 'discount_dropped', item: EVIL, name: EVIL, text: EVIL }],
        summary: { itemsCount: '2', linesCount: 1, totalAmount: '1.00', currency: 'EUR' },
        confirm: 'x',
      },
      action: EVIL,
      hiddenFields,
      cartHref: EVIL,
      texts,
    }),
  confirm: (texts) =>
    confirmPage({ action: EVIL, title: EVIL, text: EVIL, button: EVIL, cancelHref: EVIL, texts, hiddenFields }),
  continue: (texts) => continuePage({ action: EVIL, hiddenFields, texts }),
  cookiesRefused: (texts) => cookiesRefusedPage({ newWindowUrl: EVIL, texts, reference: EVIL }),
  error: (texts) =>
    errorPage({
      status: 409,
      code: 'SESSION_ACTIVE',
      texts,
      title: EVIL,
      text: EVIL,
      hint: EVIL,
      reference: EVIL,
      action: { href: EVIL, label: EVIL },
    }),
  ociRedirect: (texts) => ociRedirectPage({ startUrl: EVIL, texts }),
  sessionConflict: (texts) =>
    sessionConflictPage({ action: EVIL, hiddenFields, keepHref: EVIL, texts, reference: EVIL }),
};

describe.each(Object.entries(PAGES))('%s page', (_name, make) => {
  it.each(['de', 'en', 'fr'])('T17: escapes all values, in ASCII, always the same (%s)', (language) => {
    const texts = textsFor(language);
    const html = make(texts);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('undefined');
    // oxlint-disable-next-line no-control-regex
    expect(html).toMatch(/^[\x00-\x7f]*$/);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain('&lt;script&gt;'.replace('&lt;', '&#60;').replace('&gt;', '&#62;'));
    expect(make(texts)).toBe(html);
  });
});

describe('errorPage', () => {
  it.each(Object.keys(ERROR_CODES))('says what happened and what to do next: %s', (code) => {
    for (const texts of allLanguages()) {
      const html = errorPage({ status: 400, code: code as ErrorCode, texts });
      expect(html).toMatch(/<h1>[^<]{5,}<\/h1>\s*<p>[^<]{5,}<\/p>\s*<p class="next">[^<]{5,}<\/p>/);
      expect(html).toContain(`400 ${code}`);
    }
  });
});

describe('cartChangedPage', () => {
  it("shows every kind of change in both languages, with the shop's text if there is one", () => {
    const told = (['de', 'en'] as const).map((language) =>
      (['line_dropped', 'quantity_changed', 'discount_dropped'] as const).map((kind) =>
        noticeSentence({ kind, item: 'A-1', text: kind === 'line_dropped' ? 'X.' : undefined }, textsFor(language)),
      ),
    );
    expect(told).toEqual([
      [
        'A-1 ist nicht mehr in Ihrem Warenkorb. X.',
        'A-1: Die Menge ist nicht mehr die, die Sie gewählt haben.',
        'A-1: Dieser Rabatt gilt nicht mehr.',
      ],
      [
        'A-1 is no longer in your cart. X.',
        'A-1: the quantity is no longer the one you chose.',
        'A-1: this discount no longer applies.',
      ],
    ]);
  });

  it('says that nothing is left, without a total', () => {
    const changed = {
      notices: [],
      summary: { itemsCount: '0', linesCount: 0, totalAmount: '0.00', currency: 'EUR' },
      confirm: 'x',
    };
    const html = cartChangedPage({ changed, action: '?', hiddenFields, cartHref: '/', texts: textsFor('en') });
    expect([html.includes('Nothing is left in the cart.'), html.includes('<dl>'), html.includes('<ul>')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('ociRedirectPage', () => {
  it('PunchOut Session API: refreshes to the start URL at once', () => {
    expect(ociRedirectPage({ startUrl: 'https://shop.example/s?token=a&b=c', texts: textsFor('en') })).toContain(
      '<meta http-equiv="refresh" content="0;url=https://shop.example/s?token=a&#38;b=c">',
    );
  });
});

describe('languageOf', () => {
  it.each([
    ['de;q=0.2, en;q=0.8', 'en'],
    ['en;q=0.2, de;q=0.8', 'de'],
    ['en;q=0, de;q=0.1', 'de'],
    ['de;q=0', 'en'],
    ['de-AT', 'de'],
    ['de_DE', 'de'],
    ['en-GB;q=0.9, de-CH;q=0.91', 'de'],
    ['de-DE;q=0.1, de;q=0.9, en;q=0.5', 'de'],
    ['fr, *;q=0.5, de;q=0.1', 'en'],
    ['fr, *;q=0.5, en;q=0.1', 'de'],
    ['*', 'en'],
    ['de ; q = 0.3 , en ; q = 0.4', 'en'],
    ['DE', 'de'],
    ['de;q=abc, en;q=0.1', 'en'],
    ['', 'en'],
  ])('RFC 9110, 12.5.4: %s -> %s', (tags, language) => {
    expect(languageOf(tags)).toBe(language);
  });

  it('uses the fallback if neither German nor English is accepted', () => {
    expect([undefined, 'fr', '*', 'de;q=0, en;q=0', 'nonsense;;'].map((tags) => languageOf(tags, 'de'))).toEqual([
      'de',
      'de',
      'de',
      'de',
      'de',
    ]);
    expect(['de;q=0', 'fr, de;q=0', 'de-AT;q=0.0'].map((tags) => languageOf(tags, 'de'))).toEqual(['en', 'en', 'en']);
    expect(['en;q=0', 'fr, en;q=0'].map((tags) => languageOf(tags, 'en'))).toEqual(['de', 'de']);
    expect(['de;q=0', '*;q=0'].map((tags) => languageOf(tags, 'en'))).toEqual(['en', 'en']);
  });

  it.each([
    ['de', 'de'],
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['en-US,de', 'en'],
    ['fr, de;q=0.5', 'de'],
    ['fr', 'en'],
    [undefined, 'en'],
    ['garden', 'en'],
  ])('%s -> %s', (tags, language) => {
    expect(languageOf(tags)).toBe(language);
  });
});
