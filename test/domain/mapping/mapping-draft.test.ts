import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Transform } from '../../../src/domain/mapping/mapping.js';
import { draftOf, mappingOf } from '../../../src/domain/mapping/mapping-draft.js';
import { TRANSFORM_FORMS, readTransform, transformText } from '../../../src/domain/mapping/transform-text.js';

const anyTransform: fc.Arbitrary<Transform> = fc.oneof(
  fc.constantFrom<Transform>('trim', 'upper', 'lower'),
  fc.integer({ min: 1, max: 1_000_000 }).map((maxLength) => ({ maxLength })),
  fc.integer({ min: 1, max: 9000 }).map((maxLength) => ({ maxLength, unit: 'bytes' as const })),
  fc
    .record({ length: fc.integer({ min: 1, max: 255 }), with: fc.string({ minLength: 1, maxLength: 1 }) })
    .map((pad) => ({ pad })),
  fc.constantFrom<Transform>({ scale: { by: '0.01' } }, { scale: { by: '-2.5', digits: 2 } }),
  fc.string({ minLength: 1 }).map((remove) => ({ remove })),
  fc.dictionary(fc.string(), fc.string()).map((table) => ({ lookup: { table } })),
  fc
    .tuple(fc.dictionary(fc.string(), fc.string()), fc.string())
    .map(([table, otherwise]) => ({ lookup: { table, otherwise } })),
);

describe('a mapping as rows that a person edits', () => {
  it('every transform is one line, and is read back as it was', () => {
    fc.assert(
      fc.property(anyTransform, (transform) => {
        const text = transformText(transform);
        expect(text).not.toContain('\n');
        expect(readTransform(text)).toEqual({ ok: true, value: transform });
      }),
    );
  });

  it('the forms that the page shows can be read', () => {
    expect(TRANSFORM_FORMS.filter((form) => !readTransform(form).ok)).toEqual([]);
  });

  it('a mistyped word names the one that was meant', () => {
    expect(readTransform('uper')).toEqual({ ok: false, fault: { line: 'uper', meant: 'upper' } });
    expect(readTransform('cut many')).toEqual({ ok: false, fault: { line: 'cut many' } });
    expect(readTransform('lookup {"a":1}')).toEqual({ ok: false, fault: { line: 'lookup {"a":1}' } });
  });

  it('a long line is read once: its words are no reason to read it again', () => {
    const word = '} otherwise ';
    const parse = jest.spyOn(JSON, 'parse');
    const read = readTransform(`lookup {"a":"${word.repeat(1000)}`);
    const times = parse.mock.calls.length;
    parse.mockRestore();
    expect([read.ok, times]).toEqual([false, 1]);
    const table = { a: word, b: '"}\\' };
    expect(readTransform(`lookup ${JSON.stringify(table)} otherwise ${JSON.stringify(word)}`)).toEqual({
      ok: true,
      value: { lookup: { table, otherwise: word } },
    });
  });

  it('a mapping without edits stays as it was, in its order, with its tables', () => {
    const mapping = {
      oci: {
        MATGROUP: { from: 'line.classification.UNSPSC', fallbacks: ['line.sku'], fixed: '0' },
        CUST_FIELD1: { from: 'line.name', transforms: ['trim' as const, { maxLength: 10 }] },
      },
      ociVendorFields: ['ZZ_A'],
      classifications: { domains: ['UNSPSC'] },
      shipping: 'line' as const,
    };
    const edited = mappingOf(mapping, draftOf(mapping, 'oci'), 'oci');
    expect(edited.faults).toEqual([]);
    expect(JSON.stringify(edited.mapping)).toBe(JSON.stringify(mapping));
  });

  it('what is emptied is left out; faults of rows are named', () => {
    const draft = { rows: [], shipping: '', promotions: '', vendorFields: '' };
    expect(mappingOf({ cxml: { URL: { from: 'line.url' } }, shipping: 'none' }, draft, 'cxml')).toEqual({
      mapping: undefined,
      faults: [],
    });
    const row = { target: 'URL', sources: 'line.url', transforms: '', fixed: '' };
    const rows = [row, { ...row }, { ...row, target: ' ' }, { ...row, target: 'X', transforms: 'trim\nbad' }];
    expect(mappingOf({}, { ...draft, rows }, 'cxml').faults).toEqual([
      { row: 1, kind: 'target_twice' },
      { row: 2, kind: 'no_target' },
      { row: 3, kind: 'transform', line: 'bad', meant: 'pad' },
    ]);
  });
});
