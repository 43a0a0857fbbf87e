import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { validateOptions } from '../../src/config/options.js';
import { ITALIAN, mapped, sentences } from '../support/own-texts.js';
import { store } from './wrong-options.js';

const base = { database: { directory: 'd' }, publicUrl: 'https://shop.example', store };

function faultsOf(texts: unknown): string[] {
  try {
    validateOptions({ ...base, texts });
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  return [];
}

/** Texts, and the fault that is told of them. */
const WRONG_TEXTS: [name: string, texts: unknown, fault: string][] = [
  ['a text', 'de', 'texts: texts by language: { de: { cancel: "Zurück" } }; seen: "de"'],
  ['a list', [ITALIAN], 'texts: texts by language: { de: { cancel: "Zurück" } }; seen: a list of 1'],
  ['a language as text', { de: 'Zurück' }, 'texts.de: texts for transfer, unchanged, cancel,'],
  ['a language with region', { 'it-CH': ITALIAN }, 'e.g. it; did you mean it?; seen: "it-CH"'],
  ['a language in capitals', { DE: {} }, 'e.g. it; did you mean de?; seen: "DE"'],
  ['no language', { dk: ITALIAN }, 'texts.dk: the code of a language, without a region, e.g. it'],
  ['a name of a language', { german: {} }, 'texts.german: the code of a language, without a region, e.g. it'],
  ['a mistyped sentence', { de: { cancl: 'Zurück' } }, 'texts.de.cancl: there is no such option; did you mean cancel?'],
  [
    'a mistyped sentence in a group',
    { en: { transfer: { titel: 'x' } } },
    'texts.en.transfer.titel: there is no such option; did you mean title?',
  ],
  [
    'a mistyped code',
    { fr: { errors: { NOT_FUOND: {} } } },
    'texts.fr.errors.NOT_FUOND: there is no such option; did you mean NOT_FOUND?',
  ],
  [
    'a place left out',
    { de: { transfer: { text: 'Wir übergeben ihn.' } } },
    'texts.de.transfer.text: a text with {host} and no other {…}; in English "We are handing it over to {host},',
  ],
  [
    'a place left out of two',
    { de: { differences: { quantity_changed: '{article}: jetzt {got}.' } } },
    'texts.de.differences.quantity_changed: a text with {article} and {got} and {requested} and no other {…};',
  ],
  [
    'a mistyped place',
    { de: { transfer: { text: 'An {hots}.' } } },
    'no other {…}; in English "We are handing it over to {host}, where you can go on with your order."; ' +
      'seen: "An {hots}."',
  ],
  ['a place too many', { de: { cancel: 'Zu {host}' } }, 'texts.de.cancel: a text without {…}; in English "Back to the'],
  ['an empty sentence', { de: { cancel: ' ' } }, 'texts.de.cancel: a text without {…}'],
  ['a number', { de: { cancel: 1 } }, 'texts.de.cancel: a text without {…}; in English "Back to the shop"; seen: 1'],
  ['a function', { de: { hits: { text: () => '' } } }, 'texts.de.hits.text: a text with {count} and no other {…}'],
];

describe('the option texts', () => {
  it.each(WRONG_TEXTS)('%s is refused with its path and what is right', (_, texts, fault) => {
    const faults = faultsOf(texts);
    expect([faults, faults.length]).toEqual([[expect.stringContaining(fault)], 1]);
  });

  it('one sentence, a whole new language, and both in one object are accepted', () => {
    expect(faultsOf({ de: { cancel: 'Zurück' } })).toEqual([]);
    expect(faultsOf({ it: ITALIAN })).toEqual([]);
    expect(faultsOf({ it: ITALIAN, de: {}, en: ITALIAN, fr: undefined })).toEqual([]);
  });

  it('each sentence that a new language lacks is refused by name; a group that is absent once', () => {
    const places = sentences(ITALIAN).map(([place]) => place);
    expect(places.length).toBeGreaterThan(150);
    for (const left of places) {
      const faults = faultsOf({ it: mapped((english, place) => (place === left ? (undefined as never) : english)) });
      expect([faults, faults.length]).toEqual([[expect.stringContaining(`  - texts.it${left}: a text with`)], 1]);
      expect(faults[0]).toContain('; in English "');
      expect(faults[0]).toMatch(/; seen: nothing$/);
    }
    expect(faultsOf({ it: {} }).map((fault) => /texts\.it\.(\w+): /.exec(fault)?.[1])).toEqual(Object.keys(ITALIAN));
  });

  it('all faults stand in one message with those of other options', () => {
    const texts = Object.assign({}, { en: { cancle: '' } }, { de: { cancel: '' }, xx: {} });
    expect(() => validateOptions({ ...base, demo: 1, texts })).toThrow(
      /\n {2}- demo: .*\n {2}- texts\.en\.cancle: .*\n {2}- texts\.de\.cancel: .*\n {2}- texts\.xx: /s,
    );
  });
});

describe('TEXTS_FILE of the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  function file(text: string): string {
    const path = join(folder, 'texts.json');
    writeFileSync(path, text);
    return path;
  }

  it('is read at the start, also with a mark of its byte order', () => {
    expect(serverSettings({}).texts).toBeUndefined();
    const texts = { de: { cancel: 'Zurück' }, it: ITALIAN };
    expect(serverSettings({ TEXTS_FILE: file(JSON.stringify(texts)) }).texts).toEqual(texts);
    expect(serverSettings({ TEXTS_FILE: file(`\ufeff${JSON.stringify(texts)}`) }).texts).toEqual(texts);
  });

  it.each([
    ['no JSON', '{', 'TEXTS_FILE: a JSON file of texts for buyers by language', 'it is no JSON; seen: "'],
    ['a list', '[]', 'TEXTS_FILE: texts: texts by language', '(a list of 0); seen: "'],
    ['a mistyped sentence', '{"de":{"cancl":"x"}}', 'TEXTS_FILE: de.cancl: there is', 'did you mean cancel? (1 char'],
    ['half a language', '{"it":{}}', 'TEXTS_FILE: it.cancel: a text without {…}', '(nothing); seen: "'],
  ])('%s is refused, with the other variables', (_, text, fault, more) => {
    const TEXTS_FILE = file(text);
    const start = (): unknown => serverSettings({ TEXTS_FILE, PORT: 'x' });
    for (const told of [fault, more, TEXTS_FILE, 'PORT: a port from 0 to 65535']) expect(start).toThrow(told);
  });

  it('a file that is not there is refused', () => {
    const start = (): unknown => serverSettings({ TEXTS_FILE: join(folder, 'none.json') });
    expect(start).toThrow('it cannot be read; seen: "');
  });
});
