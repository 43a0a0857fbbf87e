import { describe, expect, it } from '@jest/globals';
import { readTraceParent, readTraceState, tracePlaceOf } from '../../src/domain/trace-parent.js';
import { isRequestId, referenceAsKept } from '../../src/domain/reference.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('traceparent', () => {
  it.each([
    ['of version 00', `00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`],
    ['that is not sampled', `00-${TRACE}-${SPAN}-00`, `00-${TRACE}-${SPAN}-00`],
    ['with flags that we do not know', `00-${TRACE}-${SPAN}-fe`, `00-${TRACE}-${SPAN}-00`],
    ['of a later version', `cc-${TRACE}-${SPAN}-01-what-comes-later`, `00-${TRACE}-${SPAN}-01`],
  ])('%s is taken', (_, header, read) => {
    expect(readTraceParent(header)).toBe(read);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a longer one of version 00', `00-${TRACE}-${SPAN}-01-more`],
    ['version ff', `ff-${TRACE}-${SPAN}-01`],
    ['upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['a short trace id', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['two headers in one', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
    ['spaces', ` 00-${TRACE}-${SPAN}-01`],
    ['a line break', `00-${TRACE}-${SPAN}-01\n`],
  ])('%s is ignored', (_, header) => {
    expect(readTraceParent(header)).toBeUndefined();
  });

  it('names its parts', () => {
    expect(tracePlaceOf(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true });
  });
});

describe('tracestate', () => {
  it.each([
    ['of one vendor', 'rojo=00f067aa0ba902b7', 'rojo=00f067aa0ba902b7'],
    ['of several', 'a=1 , t61@b_-*/=x:y;z , ', 'a=1,t61@b_-*/=x:y;z'],
    ['of many characters', `a=${'v'.repeat(250)},b=${'v'.repeat(250)}`, `a=${'v'.repeat(250)},b=${'v'.repeat(250)}`],
  ])('%s is passed on as it is', (_, header, read) => {
    expect(readTraceState(header)).toBe(read);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one of commas', ', ,'],
    ['a key in capitals', 'A=1'],
    ['no value', 'a='],
    ['a second equals sign', 'a=b=c'],
    ['a line break', 'a=b\r\nx: y'],
    ['a character beyond ASCII', 'a=\u00e4'],
    ['more than 512 characters', `a=${'v'.repeat(250)},b=${'v'.repeat(250)},c=${'v'.repeat(20)}`],
    ['33 members', Array.from({ length: 33 }, (_, index) => `k${index}=1`).join()],
  ])('%s is ignored', (_, header) => {
    expect(readTraceState(header)).toBeUndefined();
  });
});

describe('the id of a request that a caller chooses', () => {
  it.each([
    ['an id of nginx', '5f2b6c1d0a9e4c7f8b3d2e1f0a9b8c7d', true],
    ['a UUID', '6f1d5a3e-0a77-4ecc-8f8d-2a2b1f6c9a10', true],
    ['16 characters', 'abcdefghijklmnop', true],
    ['15 characters', 'abcdefghijklmno', false],
    ['64 characters', 'a'.repeat(64), true],
    ['65 characters', 'a'.repeat(65), false],
    ['a space', 'abcdefgh ijklmnop', false],
    ['markup', '<script>alert(1)</script>', false],
    ['a line break', 'abcdefghijklmnop\n', false],
    ['ours', '0123456789', false],
  ])('%s', (_, id, isOne) => {
    expect(isRequestId(id)).toBe(isOne);
  });

  it('is looked up as it is, and ours in upper case', () => {
    expect([referenceAsKept('abcdefghijklmnop'), referenceAsKept('ab12345678')]).toEqual([
      'abcdefghijklmnop',
      'AB12345678',
    ]);
  });
});
