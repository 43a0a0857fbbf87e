import { describe, expect, it } from '@jest/globals';
import { withinMs } from '../../../src/http/operations/step-times.js';

describe('the time within which a share of a histogram lies', () => {
  it.each([
    [
      'in the middle of a bucket',
      [
        [0.1, 0],
        [0.2, 100],
        [Infinity, 100],
      ],
      0.5,
      150,
    ],
    [
      'at the end of a bucket',
      [
        [0.1, 95],
        [0.2, 100],
        [Infinity, 100],
      ],
      0.95,
      100,
    ],
    [
      'in the first bucket',
      [
        [0.1, 10],
        [Infinity, 10],
      ],
      0.5,
      50,
    ],
    [
      'beyond the last bound: that bound',
      [
        [0.1, 1],
        [0.2, 1],
        [Infinity, 100],
      ],
      0.95,
      200,
    ],
    [
      'over empty buckets',
      [
        [0.1, 5],
        [0.2, 5],
        [0.3, 10],
        [Infinity, 10],
      ],
      0.75,
      250,
    ],
  ] as const)('%s', (_, buckets, share, expected) => {
    expect(withinMs(buckets, share)).toBeCloseTo(expected, 6);
  });
});
