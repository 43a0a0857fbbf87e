import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { RESTORE_DIFFERENCES } from '../../../src/domain/cart/restore-report.js';
import { ERROR_CODES, type ErrorCode } from '../../../src/domain/error-codes.js';
import { type LanguageTexts, type OwnTexts, placesOf } from '../../../src/domain/buyer-texts/buyer-texts.js';
import { ENGLISH } from '../../../src/domain/buyer-texts/english.js';
import { allLanguages } from '../../../src/domain/buyer-texts/languages.js';
import type { TransferPayload } from '../../../src/domain/transmission/transfer-payload.js';
import { cartChangedPage } from '../../../src/http/views/cart-changed-page.js';
import { errorPage } from '../../../src/http/views/error-page.js';
import { ociRedirectPage, searchHitsPage } from '../../../src/http/views/oci-pages.js';
import { restoredPage, restoringPage } from '../../../src/http/views/restored-pages.js';
import {
  confirmPage,
  continuePage,
  cookiesRefusedPage,
  endedPage,
  sessionConflictPage,
} from '../../../src/http/views/session-pages.js';
import { buyerTexts, shippedTexts } from '../../../src/http/views/texts.js';
import { transferPage } from '../../../src/http/views/transfer-page.js';
import { ITALIAN, mapped, sentences } from '../../support/own-texts.js';

const payload = (linesCount: number, unchanged?: true): TransferPayload => ({
  payloadId: 'p@shop',
  kind: 'oci',
  action: 'https://erp.company.com/oci/return',
  method: 'post',
  target: '_top',
  charset: 'utf-8',
  fields: [],
  summary: { itemsCount: String(linesCount), linesCount, totalAmount: '1299.99', currency: 'EUR' },
  unchanged,
});
const item = {
  supplierPartId: 'A-1',
  requested: '2',
  got: '1',
  price: { claimed: '1.00', now: '2.00', currency: 'EUR' },
};
const action = '?';
const [hiddenFields, reference] = [[], 'r1'];

/** Every page that a buyer can be shown, in each of its forms. */
const PAGES: Record<string, (texts: LanguageTexts) => string[]> = {
  cartChangedPage: (texts) =>
    [0, 1].flatMap((linesCount) =>
      [
        [],
        (['line_dropped', 'quantity_changed', 'discount_dropped'] as const).map((kind) => ({ kind, item: 'A-1' })),
      ].map((notices) =>
        cartChangedPage({
          changed: { notices, summary: payload(linesCount).summary, confirm: 'x' },
          action,
          hiddenFields,
          cartHref: '/cart',
          texts,
        }),
      ),
    ),
  confirmPage: (texts) =>
    Object.values(texts.confirm).map((asked) =>
      confirmPage({ ...asked, action, cancelHref: '/', texts, hiddenFields }),
    ),
  continuePage: (texts) => [continuePage({ action, hiddenFields, texts })],
  cookiesRefusedPage: (texts) => [cookiesRefusedPage({ newWindowUrl: '/', texts, reference })],
  endedPage: (texts) => [false, true].map((wasSent) => endedPage({ shopHref: '/', texts, wasSent })),
  errorPage: (texts) =>
    Object.keys(ERROR_CODES).flatMap((code) =>
      [undefined, { link_used: false }].map((details) =>
        errorPage({ status: 400, code: code as ErrorCode, details, texts, reference }),
      ),
    ),
  ociRedirectPage: (texts) => [ociRedirectPage({ startUrl: '/', texts })],
  restoredPage: (texts) => [
    restoredPage({
      differences: RESTORE_DIFFERENCES.map((difference) => ({ ...item, difference })),
      cartHref: '/cart',
      texts,
    }),
  ],
  restoringPage: (texts) => [restoringPage({ count: 1200, href: '/', texts })],
  searchHitsPage: (texts) => [0, 7].map((count) => searchHitsPage({ payload: payload(count), texts })),
  sessionConflictPage: (texts) => [sessionConflictPage({ action, hiddenFields, keepHref: '/', texts, reference })],
  transferPage: (texts) => [payload(2), payload(2, true)].map((sent) => transferPage({ payload: sent, texts })),
};

/** What a browser shows of a page. */
const shown = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/\s+/g, ' ');
/** The parts of a sentence between its values. */
const partsOf = (sentence: string): string[] => sentence.split(/\{\w+\}/).filter((part) => part.length > 3);

const IN_ALL = new Map(sentences(ENGLISH));

describe('pages for buyers in every language', () => {
  it('these are all of them', () => {
    const code = readdirSync('src/http/views')
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/http/views/${file}`, 'utf8'))
      .join('\n');
    const made = [...code.matchAll(/^export function (\w+Page)\(/gm)].map(([, name = '']) => name);
    expect(made.toSorted()).toEqual(Object.keys(PAGES).toSorted());
  });

  it.each(allLanguages({ it: ITALIAN }).map((texts) => [texts.language, texts] as const))(
    '%s: each sentence is shown somewhere, and none of another language',
    (language, texts) => {
      const all = Object.values(PAGES)
        .flatMap((make) => make(texts))
        .map(shown);
      const pages = all.join('\n');
      const own = sentences(texts).filter(([place]) => place !== '.language');
      for (const [place, sentence] of own)
        expect([place, partsOf(sentence).every((part) => pages.includes(part))]).toEqual([place, true]);
      for (const html of all) expect(html).toContain(`<html lang="${language}">`);
      expect(pages).not.toMatch(/\{\w+\}(?![^<]*<\/style>)/);
      if (language === 'en') return;
      const foreign = [...IN_ALL.values()].filter((sentence) =>
        partsOf(sentence).some((part) => part.length > 8 && pages.includes(part)),
      );
      expect(foreign).toEqual([]);
    },
  );

  it.each(
    allLanguages()
      .slice(1)
      .map((texts) => [texts.language, texts] as const),
  )(
    '%s has the same texts as English, with the same values in them, and none in English',
    (_, { language, ...texts }) => {
      const own = sentences(texts);
      expect(own.map(([place]) => place).toSorted()).toEqual([...IN_ALL.keys()].toSorted());
      for (const [place, text] of own) {
        const english = IN_ALL.get(place) ?? '';
        expect([place, placesOf(text)]).toEqual([place, placesOf(english)]);
        expect([place, text.trim()]).not.toEqual([place, '']);
        expect([place, text]).not.toEqual([place, english]);
      }
      expect(language).toMatch(/^[a-z]{2}$/);
    },
  );
});

describe('texts of an app', () => {
  it('replace single sentences, leave the others, and are shown as text', () => {
    const own: OwnTexts = { de: { cancel: '<b>Zurück & "weg"</b>', hits: { none: undefined } } };
    const texts = buyerTexts(own)('de');
    expect({ ...texts, cancel: undefined }).toEqual({ ...shippedTexts('de'), cancel: undefined });
    const html = PAGES['confirmPage']?.(texts)[0] ?? '';
    expect(html).not.toContain('<b>');
    expect(shown(html)).toContain('<b>Zurück & "weg"</b>');
  });

  it('a value that looks like a place is not filled again', () => {
    const { language, ...english } = shippedTexts('en');
    const host = transferPage({ payload: payload(1), texts: { language, ...english, transfer: ENGLISH.transfer } });
    expect(shown(host)).toContain('over to erp.company.com,');
    const differences = [{ ...item, supplierPartId: '{got}', difference: 'gone' as const }];
    expect(shown(restoredPage({ differences, cartHref: '/', texts: shippedTexts('en') }))).toContain(
      '{got} is no longer',
    );
  });

  it.each([
    ['fr', 'fr'],
    ['fr-CA, en;q=0.8', 'fr'],
    ['en;q=0.7, fr;q=0.9, de;q=0.8', 'fr'],
    ['nl, fr;q=0.1', 'fr'],
    ['fr;q=0, de', 'de'],
    ['nl', 'en'],
    [undefined, 'en'],
    ['it-CH, de;q=0.9', 'it'],
    ['de;q=0.2, it;q=0.3', 'it'],
    ['it;q=0.2, de;q=0.3', 'de'],
    ['nl, *;q=0.5, en;q=0.1, de;q=0, fr;q=0', 'it'],
  ])('Accept-Language %s: %s, with Italian among the languages', (tags, language) => {
    expect(buyerTexts({ it: ITALIAN })(tags).language).toBe(language);
  });

  it('numbers are written as in the language', () => {
    const [html = ''] = PAGES['restoringPage']?.(buyerTexts({ it: mapped((text) => `it: ${text}`) })('it')) ?? [];
    expect(shown(html)).toContain('its 1.200 items');
  });
});
