import { describe, expect, it } from '@jest/globals';
import { pageCsp, SUBMIT_SCRIPT_SOURCE } from '../../../src/http/views/page/page-csp.js';

describe('pageCsp', () => {
  it('T17: allows only what is named', () => {
    const csp = pageCsp({
      formAction: ['https://erp.company.com/punchout/return?x=1', "'self'"],
      frameAncestors: ['https://erp.company.com', 'https://erp.company.com/x'],
    });
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'none'");
    expect(csp).toContain("base-uri 'none'");
    expect(csp).toContain("form-action https://erp.company.com 'self';");
    expect(csp).toMatch(/frame-ancestors https:\/\/erp\.company\.com$/);
  });

  it('an empty list means none, and the script is allowed only if it is on the page', () => {
    const csp = pageCsp({ formAction: [], frameAncestors: [], script: true });
    expect(csp).toContain("form-action 'none'; frame-ancestors 'none'");
    expect(csp).toContain(`script-src ${SUBMIT_SCRIPT_SOURCE};`);
  });

  it('architecture.md decision 4: SAPEVENT is added as a scheme', () => {
    expect(pageCsp({ formAction: ['sapevent:'], frameAncestors: [] })).toContain('form-action sapevent:;');
  });

  it.each([
    'https://a.example; script-src *',
    'https://a.example *',
    '*',
    "'unsafe-inline'",
    'javascript:alert(1)',
    'https://',
  ])('refuses %s', (source) => {
    expect(() => pageCsp({ formAction: [source], frameAncestors: [] })).toThrow(TypeError);
  });
});
