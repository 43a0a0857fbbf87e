import { describe, expect, it } from '@jest/globals';
import { returnUrlFaultText } from '../../../src/domain/access/return-url.js';

const NO_URL = 'The return URL is not a URL that begins with https:// and a host';

describe('a return URL that is no https address is shown with its fault', () => {
  it.each([
    [
      'https%3A%2F%2Ferp.example%2Fr',
      'The return URL is percent-encoded once too often. Decoded, it is "https://erp.example/r".',
    ],
    [
      'https%253A%252F%252Ferp.example%252Fr%253Fsess%253DSECRET',
      'The return URL is percent-encoded once too often. Decoded, it is "https://erp.example/r?sess=...".',
    ],
    ['https%3A%2F%2Fu:SECRET@erp.example%2F%E0%A4%A', 'The return URL is percent-encoded once too often.'],
    [
      'https%3A%2F%2Fu%3ASECRET%40erp.example',
      'The return URL is percent-encoded once too often. Decoded, it is "https://...@erp.example".',
    ],
    [
      '"https://erp.example/r"',
      'The return URL is in quotes or brackets: remove """ at its beginning ' +
        'and the matching character at its end. It is ""https://erp.example/r"".',
    ],
    [
      '<https://erp.example/r>',
      'The return URL is in quotes or brackets: remove "<" at its beginning ' +
        'and the matching character at its end. It is "<https://erp.example/r>".',
    ],
    ['erp.example.com/return', `${NO_URL}: write https:// before it. It is "erp.example.com/return".`],
    ['//erp.example/r?a=SECRET', `${NO_URL}: write https:// before it. It is "//erp.example/r?a=...".`],
    ['https:/erp.example/r', `${NO_URL}: two slashes stand behind https:. It is "https:/erp.example/r".`],
    ['/return', `${NO_URL}: it is a path only. It is "/return".`],
    ['javascript:alert(SECRET)', `${NO_URL}; this one begins with "javascript:".`],
    ['SECRET', `${NO_URL}.`],
    ['https://', 'The return URL has no valid host behind https://. It is "https://".'],
  ])('%s', (url, text) => {
    expect(returnUrlFaultText('malformed', url)).toBe(text);
    expect(text).not.toContain('SECRET');
  });
});

it('a path that could lead out of the path on the list is named', () => {
  for (const url of [
    'https://erp.example/in/..;/out?a=SECRET',
    'https://erp.example/in/%252e%252e/out',
    'https://erp.example/in/..%2fout',
  ])
    expect(returnUrlFaultText('not_allowed', url)).toMatch(
      /returnOrigins\. Its path holds a dot segment or an encoded slash: .* without them\.$/,
    );
  expect(returnUrlFaultText('not_allowed', 'https://erp.example/in/out?next=../x')).toMatch(/returnOrigins\.$/);
});
