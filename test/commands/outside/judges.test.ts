import { describe, expect, it } from '@jest/globals';
import type { SeenAnswer, SeenTls } from '../../../src/adapters/outbound-http/outside-probe.js';
import { answerFinding, clockFindings, plainFinding } from '../../../src/commands/outside/judge-answer.js';
import { callerFinding } from '../../../src/commands/outside/judge-caller.js';
import { certificateFindings } from '../../../src/commands/outside/judge-certificate.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const URL_ASKED = 'https://shop.example.com/v1/punchout/setup';

describe('certificates', () => {
  const sound: SeenTls = {
    version: 'TLSv1.3',
    wrongName: false,
    names: ['shop.example.com'],
    issuer: 'Authority R3',
    validFrom: new Date('2026-10-01'),
    validTo: new Date('2027-01-01'),
  };
  const judged = (seen: Partial<SeenTls>): string =>
    certificateFindings('shop.example.com', '203.0.113.5', { ...sound, ...seen }, NOW)
      .map(({ subject, fault }) => `${subject} | ${fault ?? ''}`)
      .join('\n');

  it('a sound one is told with its authority and end, and late renewal is noted', () => {
    expect(judged({})).toBe('TLS at 203.0.113.5: TLSv1.3, certificate of Authority R3 until 2027-01-01 | ');
    expect(judged({ validTo: new Date('2026-12-05T12:00:00Z') })).toContain('but that is in 4 days');
  });

  it('each fault of OpenSSL has its words, also one that is not known', () => {
    for (const [code, words] of [
      ['CERT_HAS_EXPIRED', 'expired; that of shop.example.com was valid until 2027-01-01'],
      ['CERT_NOT_YET_VALID', 'not valid yet; that of shop.example.com is from 2026-10-01 on'],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by itself'],
      ['SELF_SIGNED_CERT_IN_CHAIN', 'leads to no authority'],
      ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'leads to no authority'],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'the intermediate certificate is missing'],
      ['CERT_REVOKED', 'revoked'],
      ['CERT_UNTRUSTED', 'is not accepted (CERT_UNTRUSTED)'],
    ] as const)
      expect(judged({ chainFault: code })).toContain(words);
  });

  it('an expired one for another name has both faults, and many names are not all listed', () => {
    const names = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example', 'f.example'];
    const text = judged({ chainFault: 'CERT_HAS_EXPIRED', wrongName: true, names });
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('is for a.example and 5 others, and not for shop.example.com');
  });
});

describe('answers', () => {
  const answer = (status: number, location?: string, body = '', url = URL_ASKED): SeenAnswer => ({
    url,
    status,
    headers: location === undefined ? {} : { location },
    body,
    sentAt: NOW,
    receivedAt: NOW,
  });

  it.each([
    [301, 'https://www.shop.example.com/v1/punchout/setup', 'lost', 'set PUBLIC_URL to the address that buyers end at'],
    [302, 'https://shop.example.com/v1/punchout/setup/', 'lost', 'slashes at the end'],
    [303, 'https://login.example.com/sign-in?to=shop', 'lost', 'cannot sign in at login.example.com'],
    [302, '/de/', 'lost', 'without a page for sign-in or language'],
    [301, URL_ASKED, 'lost', 'X-Forwarded-Proto'],
    [301, 'https://shop.example.com:8443/v1/punchout/setup', 'lost', 'buyers end at (https://shop.example.com:8443)'],
    [308, 'https://www.shop.example.com/v1/punchout/setup', 'do not follow', 'set PUBLIC_URL'],
    [302, 'http://[', 'lost', 'find the redirect'],
  ])('%i to %s: %s, and its cure', (status, location, loss, cure) => {
    const finding = answerFinding(answer(status, location));
    expect(finding.fault).toContain(loss);
    expect(finding.cure).toContain(cure);
  });

  it.each([
    [404, 'pass this address on'],
    [200, 'pass this address on'],
    [403, 'firewall'],
    [413, 'documents of any type'],
    [504, 'see that the server runs'],
    [418, 'find what answers here'],
  ])('%i that is not of the server has its cure', (status, cure) => {
    expect(answerFinding(answer(status)).cure).toContain(cure);
  });

  it('an answer in cXML is of the server, whatever headers the proxy removes', () => {
    expect(answerFinding(answer(200, undefined, '<?xml version="1.0"?><cXML></cXML>')).fault).toBeUndefined();
    expect(plainFinding(answer(200, undefined, '<cXML></cXML>')).fault).toContain('over http');
    expect(plainFinding(answer(404)).fault).toBeUndefined();
  });
});

describe('clocks', () => {
  const at = (second: number): Date => new Date(NOW.getTime() + second * 1000);
  const told = (date: string | undefined, timestamp?: Date): (string | undefined)[] =>
    clockFindings({
      url: URL_ASKED,
      status: 200,
      headers: date === undefined ? {} : { date },
      body: timestamp === undefined ? '' : `<cXML payloadID="1" timestamp="${timestamp.toISOString()}">`,
      sentAt: NOW,
      receivedAt: at(5),
    }).map(({ fault }) => fault);

  it('up to ten seconds are no fault, and the time of the answer itself does not count', () => {
    expect(told(at(-10).toUTCString(), at(15))).toEqual([undefined, undefined]);
    expect(told(at(-11).toUTCString(), at(16))).toEqual([
      '11 s behind that of this machine',
      '11 s ahead of that of this machine',
    ]);
  });

  it('a time that is not told or not readable is no fault', () => {
    expect(told(undefined)).toEqual([undefined, undefined]);
    expect(told('yesterday')).toEqual([undefined, undefined]);
  });
});

describe('who called', () => {
  const faultOf = (seen: string, trusted: string[] = ['10.0.0.0/8'], proxy = ['203.0.113.5']): string | undefined =>
    callerFinding({ seen, own: ['192.168.1.4'], proxy, trusted }).fault;

  it('this machine, or an address by which it goes out, is right', () => {
    expect(faultOf('192.168.1.4')).toBeUndefined();
    expect(faultOf('::ffff:192.168.1.4')).toBeUndefined();
    expect(faultOf('198.51.100.7')).toBeUndefined();
  });

  it('a trusted proxy, an undeclared one and the public address itself are not', () => {
    expect(faultOf('10.0.0.9')).toContain('one of TRUSTED_PROXIES');
    expect(faultOf('10.0.0.9', [])).toContain('a private address');
    expect(faultOf('203.0.113.5')).toContain('the address of PUBLIC_URL itself');
  });

  it('inside one private network a private address may be right', () => {
    expect(faultOf('172.16.0.9', [], ['172.16.0.2'])).toBeUndefined();
  });
});
