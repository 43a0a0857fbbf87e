import { describe, expect, it } from '@jest/globals';
import { hookUrlAsReceived, splitHookUrl } from '../../../../src/protocols/oci/call-up/return-target.js';

const URL_WITH_QUERY = 'https://its.example/wgate/me51/?~command=a%20b&sap-client=001&flag&x=Gr%F6%DFe';

describe('HOOK_URL', () => {
  it('oci.md 1 (b): posted to exactly as received', () => {
    expect(hookUrlAsReceived(URL_WITH_QUERY)).toEqual({ action: URL_WITH_QUERY, fields: [] });
  });

  it('oci.md 1 (a): split, its query becomes hidden fields and the rest the action', () => {
    expect(splitHookUrl(URL_WITH_QUERY)).toEqual({
      action: 'https://its.example/wgate/me51/',
      fields: [
        { name: '~command', value: 'a b' },
        { name: 'sap-client', value: '001' },
        { name: 'flag', value: '' },
        { name: 'x', value: 'Größe' },
      ],
    });
    expect(splitHookUrl('https://erp.example/h')).toEqual({ action: 'https://erp.example/h', fields: [] });
    expect(splitHookUrl('https://erp.example/h?')).toEqual({ action: 'https://erp.example/h', fields: [] });
  });

  it('oci.md 1: SAPEVENT:POST stays unchanged', () => {
    expect(splitHookUrl('SAPEVENT:POST')).toEqual({ action: 'SAPEVENT:POST', fields: [] });
  });

  it('T18: a query cannot inject item fields', () => {
    expect(splitHookUrl('https://erp.example/h?a=1&NEW_ITEM-PRICE%5B1%5D=0.010&new_item-quantity[1]=9').fields).toEqual(
      [{ name: 'a', value: '1' }],
    );
  });
});
