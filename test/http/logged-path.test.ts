import { expect, it } from '@jest/globals';
import { newSecret } from '../../src/domain/digest.js';
import { loggedPath } from '../../src/http/logged-path.js';

it.each([
  ['plain', (token: string) => token],
  ['percent-encoded', (token: string) => token.replaceAll(/./g, (each) => `%${Buffer.from(each).toString('hex')}`)],
  ['encoded in part', (token: string) => `%${Buffer.from(token.slice(0, 1)).toString('hex')}${token.slice(1)}`],
])('a token in a path is left out: %s', (_, spelled) => {
  const token = spelled(newSecret());
  expect(loggedPath(`/shop/console/hand-over/${token}`)).toBe('/shop/console/hand-over/[redacted]');
  expect(loggedPath(`/console/test-returns/${token}/start?x=${token}`)).toBe('/console/test-returns/[redacted]/start');
});

it.each(['/console/sessions/demo_mfel2hfefal47blyxw6xk6mcsh/documents/12', '/v1/punchout/oci/setup', '/', ''])(
  'the path %j stays as it is, without its query',
  (path) => expect(loggedPath(`${path}?token=x`)).toBe(path),
);
