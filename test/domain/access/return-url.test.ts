import { describe, expect, it } from '@jest/globals';
import { type ReturnUrlRules, originsOf, returnUrlFault } from '../../../src/domain/access/return-url.js';
import { ACCEPTED, ALLOWED, REFUSED } from './return-url-spellings.js';

const RULES: ReturnUrlRules = { allowed: [ALLOWED], loopbackHttp: false, sapEvent: false };
const fault = (url: string, change: Partial<ReturnUrlRules> = {}): string | undefined =>
  returnUrlFault(url, { ...RULES, ...change });

describe('returnUrlFault (T14; architecture.md decision 4)', () => {
  it('refuses at least 150 spellings that are not exactly the agreed origin', () => {
    expect(new Set(REFUSED).size).toBeGreaterThan(300);
    expect(REFUSED.filter((url) => fault(url) === undefined)).toEqual([]);
  });

  it.each(ACCEPTED)('accepts %.80s', (url) => {
    expect(fault(url)).toBeUndefined();
  });

  it.each([
    ['https://erp.company.com.evil.test/', 'not_allowed'],
    ['http://erp.company.com/', 'not_https'],
    ['https://user@erp.company.com/', 'has_credentials'],
    ['https://erp.company.com/#x', 'has_fragment'],
    ['javascript:alert(1)', 'malformed'],
    [`https://erp.company.com/${'a'.repeat(2049)}`, 'too_long'],
    ['SAPEVENT:POST', 'sap_event_not_allowed'],
  ])('names the fault of %.60s: %s', (url, wanted) => {
    expect(fault(url)).toBe(wanted);
  });

  it('accepts nothing where nothing is allowed', () => {
    for (const url of ACCEPTED) expect(fault(url, { allowed: [] })).toBe('not_allowed');
  });

  it('a path prefix ends at a segment and resists dot segments and encoded slashes', () => {
    const allowed = ['https://erp.company.com/punchout', 'https://hub.example.com/eu/'];
    for (const url of ['/punchout', '/punchout/', '/punchout/return?x=1', '/punchout?x=1'])
      expect([url, fault(`https://erp.company.com${url}`, { allowed })]).toEqual([url, undefined]);
    for (const url of [
      '/',
      '/punchouts',
      '/punchout.evil',
      '/other/punchout',
      '/punchout/../other',
      '/punchout/%2e%2e/other',
      '/punchout/.%2E/other',
      '/punchout/..%2fother',
      '/punchout/..%5Cother',
      '/PUNCHOUT/',
    ])
      expect([url, fault(`https://erp.company.com${url}`, { allowed })]).toEqual([url, 'not_allowed']);
    expect(fault('https://hub.example.com/eu/x', { allowed })).toBeUndefined();
    expect(fault('https://hub.example.com/eu', { allowed })).toBe('not_allowed');
  });

  it('no spelling of a dot segment leaves a path prefix, on any server', () => {
    const allowed = ['https://erp.company.com/punchout'];
    // Spellings that a browser does not resolve by itself.
    const dots = [
      '..;',
      '..;a=b',
      '.;',
      '..%3B',
      '..%3bx',
      '%2e%2e;',
      '.%2e;x',
      '%252e%252e',
      '%25252e.',
      '%2525252e.',
      '%c0%ae%c0%ae',
      '%u002e%u002e',
      '..%20',
      '..%00',
      '.%00.',
      '%09..',
      '.%252e%253b',
      '...',
    ];
    const slashes = ['/', '%2f', '%5C', '%252f', '%255c', '%25252f', '%c0%af', '%c1%9c', '%u002f'];
    for (const dot of dots) {
      for (const before of slashes) {
        for (const behind of ['', ...slashes.map((slash) => `${slash}other`)]) {
          const url = `https://erp.company.com/punchout/x${before}${dot}${behind}`;
          expect([url, fault(url, { allowed })]).toEqual([url, 'not_allowed']);
        }
      }
    }
  });

  it('harmless dots, semicolons and percent signs stay allowed below a path prefix', () => {
    const allowed = ['https://erp.company.com/punchout'];
    for (const path of [
      '/a..b',
      '/..a',
      '/a..',
      '/.well-known/x',
      '/a;jsessionid=..',
      '/a;..',
      '/100%25',
      '/a%20b/c%2Easpx',
      '/x//y',
      '/sap(bD1kZQ==)/r.do',
      '/%E4%F6',
      '/?next=../..',
      '/x?y=%2e%2e%2f',
    ])
      expect([path, fault(`https://erp.company.com/punchout${path}`, { allowed })]).toEqual([path, undefined]);
    expect(fault('https://erp.company.com/..;/x', { allowed: ['https://erp.company.com'] })).toBeUndefined();
  });

  it('allows http only to loopback, only in the demo, and only where it is listed', () => {
    const demo = { loopbackHttp: true, allowed: ['http://127.0.0.1:3000', 'http://evil.test'] };
    expect(fault('http://127.0.0.1:3000/virtual-buyer/return', demo)).toBeUndefined();
    expect(fault('http://127.0.0.1:3001/', demo)).toBe('not_allowed');
    expect(fault('http://evil.test/', demo)).toBe('not_https');
    expect(fault('http://127.0.0.1.evil.test/', demo)).toBe('not_https');
    expect(fault('http://127.0.0.1:3000/', { ...demo, loopbackHttp: false })).toBe('not_https');
  });

  it('allows SAPEVENT:POST by setting, and nothing else of that scheme', () => {
    expect(fault('SAPEVENT:POST', { sapEvent: true })).toBeUndefined();
    for (const url of ['SAPEVENT:GET', 'SAPEVENT:POST?x', 'SAPEVENT:POST\n', 'sapevent://erp.company.com/'])
      expect([url, fault(url, { sapEvent: true })]).toEqual([url, 'malformed']);
  });
});

describe('originsOf', () => {
  it('returns each origin once, without path', () => {
    expect(originsOf(['https://a.example.com/x/', 'https://a.example.com', 'https://b.example.com:8443/y'])).toEqual([
      'https://a.example.com',
      'https://b.example.com:8443',
    ]);
  });
});
