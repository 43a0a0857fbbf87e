import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { type RequestFacts, isRequestSigned, requestSignature } from '../../../src/protocols/hmac/payload-signature.js';

const KEY = 'abcdefg';
const AT = new Date('2026-01-15T10:30:00.700Z');
const SECONDS = 1_768_473_000;
const REQUEST: RequestFacts = {
  method: 'POST',
  path: '/sdk/hooks?x=1',
  payload: Buffer.from('{"url":"https://example.com/m\u00fcller"}'),
};
const at = (seconds: number): Date => new Date(AT.getTime() + seconds * 1000);
const isGood = (header: string, change: Partial<RequestFacts> = {}, now = AT, keys = [KEY]): boolean =>
  isRequestSigned(keys, { ...REQUEST, ...change }, header, now);

describe('X-Punchout-Signature', () => {
  const good = requestSignature([KEY], REQUEST, AT);

  it('is HMAC-SHA256 over the five lines of docs/orders.md, equal to openssl', () => {
    const text = Buffer.concat([Buffer.from(`v1\n${SECONDS}\nPOST\n/sdk/hooks?x=1\n`), REQUEST.payload]);
    const mac = execFileSync('openssl', ['dgst', '-sha256', '-hmac', KEY, '-r'], { input: text })
      .toString()
      .split(' ')[0];
    expect(good).toBe(`t=${SECONDS},v1=${mac}`);
    expect(isGood(good)).toBe(true);
  });

  it.each<[string, Partial<RequestFacts>]>([
    ['another method', { method: 'DELETE' }],
    ['another path', { path: '/sdk/hooks/resume?x=1' }],
    ['no query', { path: '/sdk/hooks' }],
    ['another query', { path: '/sdk/hooks?x=2' }],
    ['another spelling of the path', { path: '/sdk//hooks?x=1' }],
    ['another body', { payload: Buffer.from('{}') }],
    ['no body', { payload: Buffer.alloc(0) }],
    [
      'a line of the path that became one of the body',
      { path: '/sdk', payload: Buffer.from(`/hooks?x=1\n${REQUEST.payload.toString()}`) },
    ],
  ])('%s does not match the signature', (_, change) => expect(isGood(good, change)).toBe(false));

  it('is valid for 5 minutes of clock difference, either way, and not a second longer', () => {
    expect([-300, 0, 299].map((seconds) => isGood(good, {}, at(seconds)))).toEqual([true, true, true]);
    expect([-302, -86_400, 301, 86_400].map((seconds) => isGood(good, {}, at(seconds)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('either of two keys is accepted, and either of two signatures is enough', () => {
    expect(isGood(good, {}, AT, ['other', KEY])).toBe(true);
    expect(isGood(requestSignature(['old', KEY], REQUEST, AT))).toBe(true);
    expect(isGood(requestSignature(['old', 'new'], REQUEST, AT))).toBe(false);
    expect(isGood(good, {}, AT, [])).toBe(false);
  });

  it('blanks after commas are allowed; anything else is refused', () => {
    const [time = '', mac = ''] = good.split(',');
    expect([`${time}, ${mac}`, `${mac},${time}`, `${good},v2=abc`].map((header) => isGood(header))).toEqual([
      true,
      true,
      true,
    ]);
    const other = `t=${SECONDS + 1}`;
    for (const header of [
      '',
      time,
      mac,
      `${time},v1=`,
      `${time},${mac.slice(0, -1)}`,
      `${time},${mac}0`,
      `${time},${mac.toUpperCase()}`,
      `${other},${mac}`,
      `${other},${good}`,
      `${good},${other}`,
      `${time}.5,${mac}`,
      `t=-${SECONDS},${mac}`,
      `t=0x${SECONDS.toString(16)},${mac}`,
      `${good}${','.repeat(1_000)}`,
      mac.slice(3),
    ])
      expect([header.slice(0, 100), isGood(header)]).toEqual([header.slice(0, 100), false]);
  });
});
