import { describe, expect, it } from '@jest/globals';
import { assert, jsonValue, property, stringMatching } from 'fast-check';
import { ExactNumber, exactJson } from '../../../../src/http/gateway/json-envelope.js';

describe('JSON with exact numbers', () => {
  it('writes numbers digit by digit', () => {
    expect(
      exactJson({
        a: new ExactNumber('881510.00'),
        b: [new ExactNumber('-0.10'), new ExactNumber('007')],
        c: undefined,
        d: null,
        e: 'ä"\n',
      }),
    ).toBe('{"a":881510.00,"b":[-0.10,7],"d":null,"e":"ä\\"\\n"}');
  });

  it.each(['', '1e3', '1,5', 'NaN', '1}', ' 1'])('%j is not a number', (text) => {
    expect(() => new ExactNumber(text)).toThrow(RangeError);
  });

  it('equals JSON.stringify for everything else', () => {
    assert(property(jsonValue(), (value) => expect(exactJson(value)).toBe(JSON.stringify(value))));
  });

  it('every decimal is valid JSON', () => {
    assert(
      property(stringMatching(/^-?\d{1,20}(\.\d{1,9})?$/), (text) =>
        expect(JSON.parse(exactJson([new ExactNumber(text)]))).toEqual([Number(text) + 0]),
      ),
    );
  });
});
