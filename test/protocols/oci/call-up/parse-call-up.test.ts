import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseFlatForm, parseFlatQuery } from '../../../../src/protocols/form/parse-flat-form.js';
import { findOciCredentials, type CallUpNames } from '../../../../src/protocols/oci/call-up/collect-call-up.js';
import { type ParsedOciCallUp, parseOciCallUp } from '../../../../src/protocols/oci/call-up/parse-call-up.js';
import type { NameValue } from '../../../../src/domain/transmission/setup-request.js';
import { describeWithReference, referenceText } from '../../../support/reference.js';

function pairs(query: string): NameValue[] {
  const parsed = parseFlatQuery(query, 'utf-8');
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value;
}

function callUp(query: string, names?: CallUpNames): ParsedOciCallUp {
  const parsed = parseOciCallUp(pairs(query), names);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value;
}

describe('OCI call-up', () => {
  it('oci.md 1: reads every documented parameter', () => {
    expect(
      callUp(
        'HOOK_URL=https%3A%2F%2Ferp.example%2Fh%3Fa%3D1&~OkCode=ADDI&~TARGET=_top&~CALLER=CTLG&OCI_VERSION=4.0&' +
          'OPI_VERSION=1.0&http_content_charset=ISO-8859-1&returntarget=_parent&USERNAME=joe&PASSWORD=x&' +
          'LANGUAGE=DE&CURRENCY=eur&SEARCHSTRING=toner&VENDOR=4711',
      ),
    ).toEqual({
      username: 'joe',
      password: 'x',
      hookUrl: 'https://erp.example/h?a=1',
      language: 'de',
      currency: 'EUR',
      request: {
        deploymentMode: 'production',
        language: 'de',
        currency: 'EUR',
        buyer: { userId: 'joe' },
        extrinsics: [],
        items: [],
        oci: {
          version: '4.0',
          username: 'joe',
          searchString: 'toner',
          vendor: '4711',
          charset: 'iso-8859-1',
          returnTarget: '_parent',
          okCode: 'ADDI',
          caller: 'CTLG',
          target: '_top',
          extra: [{ name: 'OPI_VERSION', value: '1.0' }],
        },
      },
    });
  });

  it('oci.md 1: names in any case', () => {
    expect(
      callUp('hook_url=a&Username=b&pAsSwOrD=c&function=detail&ProductId=7&~okcode=ADDI&~Target=main&OCIVERSION=5.0'),
    ).toMatchObject({
      username: 'b',
      password: 'c',
      hookUrl: 'a',
      request: {
        selectedItem: { supplierPartId: '7' },
        oci: { version: '5.0', function: 'DETAIL', okCode: 'ADDI', target: 'main', returnTarget: 'main' },
      },
    });
  });

  it('oci.md 1: an empty call-up is accepted', () => {
    expect(callUp('')).toEqual({
      request: { deploymentMode: 'production', buyer: {}, extrinsics: [], items: [], oci: { extra: [] } },
    });
    expect(callUp('HOOK_URL=').hookUrl).toBeUndefined();
  });

  it('oci.md 1: keeps unknown parameters in order, and never credentials', () => {
    expect(
      callUp('b=2&sap-client=001&u=joe&a=1&p=x&~password=y&secret=z&user_pwd=1&Passwort=2&api_key=3&HOOK_URL=h&b=3')
        .request.oci?.extra,
    ).toEqual([
      { name: 'b', value: '2' },
      { name: 'sap-client', value: '001' },
      { name: 'a', value: '1' },
      { name: 'b', value: '3' },
    ]);
  });

  it('T32: a known name with two values is refused with its name, in any case', () => {
    for (const [query, parameter] of [
      ['HOOK_URL=a&HOOK_URL=b', 'HOOK_URL'],
      ['HOOK_URL=a&hook_url=A', 'HOOK_URL'],
      ['USERNAME=a&username=b', 'USERNAME'],
      ['FUNCTION=DETAIL&x=1&Function=VALIDATE', 'FUNCTION'],
      ['p=1&P=2', 'P'],
      ['p=1&p=1%20', 'P'],
      ['~OkCode=ADDI&~OKCODE=ADD', '~OKCODE'],
      ['HOOK_URL=a&HOOK_URL=&HOOK_URL=b', 'HOOK_URL'],
    ] as const) {
      expect(parseOciCallUp(pairs(query))).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID_REQUEST', details: { parameter } },
      });
      expect(findOciCredentials(pairs(query))).toMatchObject({ ok: false, refusal: { details: { parameter } } });
    }
  });

  it('T32: a known name may be repeated with an equal value, or with an empty one', () => {
    expect(
      callUp('HOOK_URL=a&hook_url=a&HOOK_URL=&USERNAME=u&username=%20u&p=1&P=1&~OkCode=ADDI&~OKCODE=ADDI'),
    ).toMatchObject({ hookUrl: 'a', username: 'u', password: '1', request: { oci: { okCode: 'ADDI', extra: [] } } });
    expect(callUp('HOOK_URL=&hook_url=a').hookUrl).toBe('a');
    expect(callUp('FUNCTION=DETAIL&Function=').request.oci?.function).toBe('DETAIL');
  });

  it('oci.md 1: blanks and line breaks around HOOK_URL and the user name are removed, in a password they stay', () => {
    expect(callUp('HOOK_URL=%20https://erp.example/h%0D%0A&USERNAME=%20joe%09&PASSWORD=%20x%20')).toMatchObject({
      hookUrl: 'https://erp.example/h',
      username: 'joe',
      password: ' x ',
      request: { buyer: { userId: 'joe' } },
    });
    expect(callUp('HOOK_URL=%20%20&USERNAME=%20').hookUrl).toBeUndefined();
  });

  it('T32: array and prototype names are only extras', () => {
    expect(
      callUp('HOOK_URL[]=a&HOOK_URL[0]=b&__proto__[x]=c&constructor=d&__proto__=e').request.oci?.extra,
    ).toHaveLength(5);
    expect(callUp('HOOK_URL[]=a').hookUrl).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('oci.md 1: USERNAME wins over ~username and u; an empty one has no effect', () => {
    expect(callUp('u=c&~username=b&USERNAME=a')).toMatchObject({ username: 'a' });
    expect(callUp('USERNAME=&u=c&p=d')).toMatchObject({ username: 'c', password: 'd' });
  });

  it('oci.md 1: accepts the parameter names of a connection, before the usual ones', () => {
    const names = { username: 'Login', password: 'VENDOR', hookUrl: 'returnURL' };
    expect(callUp('login=a&USERNAME=b&vendor=c&RETURNURL=d&HOOK_URL=e', names)).toMatchObject({
      username: 'a',
      password: 'c',
      hookUrl: 'd',
      request: { oci: { extra: [{ name: 'HOOK_URL', value: 'e' }] } },
    });
    expect(callUp('USERNAME=b&PASSWORD=x&HOOK_URL=e', names)).toMatchObject({
      username: 'b',
      password: 'x',
      hookUrl: 'e',
    });
    expect(parseOciCallUp(pairs('login=a&LOGIN=b'), names)).toMatchObject({
      ok: false,
      refusal: { details: { parameter: 'LOGIN' } },
    });
    expect(findOciCredentials(pairs('login=a&p=b'), names)).toEqual({
      ok: true,
      value: { username: 'a', password: 'b' },
    });
  });

  it('oci.md 1: finds credentials before the connection is known', () => {
    expect(findOciCredentials(pairs('~USERNAME=a&p=b&FUNCTION=x'))).toEqual({
      ok: true,
      value: { username: 'a', password: 'b' },
    });
    expect(findOciCredentials(pairs('HOOK_URL=x'))).toEqual({ ok: true, value: {} });
  });

  it('oci.md 2: knows the functions, in any case, DETAILADD as DETAIL', () => {
    for (const [text, known] of [
      ['DETAIL', 'DETAIL'],
      ['detail', 'DETAIL'],
      ['DETAILADD', 'DETAIL'],
      ['VALIDATE', 'VALIDATE'],
      ['SOURCING', 'SOURCING'],
      ['Background_Search', 'BACKGROUND_SEARCH'],
    ]) {
      expect(callUp(`FUNCTION=${text}`).request.oci?.function).toBe(known);
    }
  });

  it('oci.md 2: an unknown function is an ordinary visit, and its value is kept', () => {
    for (const text of ['CREATE_SESSION', 'QUANTITYCHECK', 'DETAILSEARCH', 'DOWNLOADJSON']) {
      const { oci } = callUp(`a=1&FUNCTION=${text}&b=2`).request;
      expect(oci?.function).toBeUndefined();
      expect(oci?.extra).toEqual([
        { name: 'a', value: '1' },
        { name: 'FUNCTION', value: text },
        { name: 'b', value: '2' },
      ]);
    }
    expect(callUp('FUNCTION=').request.oci).toEqual({ extra: [] });
  });

  it('oci.md 2: PRODUCTID selects the item of a DETAIL only', () => {
    expect(callUp('FUNCTION=DETAIL&PRODUCTID=A%201').request.selectedItem).toEqual({ supplierPartId: 'A 1' });
    expect(callUp('FUNCTION=VALIDATE&PRODUCTID=A').request.selectedItem).toBeUndefined();
    expect(callUp('FUNCTION=DETAIL').request.selectedItem).toBeUndefined();
  });

  it('oci.md 2: VALIDATE has a quantity, 1 by default', () => {
    for (const [text, quantity] of [
      ['3', '3'],
      ['1.500', '1.500'],
      [' 2,5 ', '2.5'],
      ['', '1'],
    ] as const)
      expect(callUp(`FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=${text}`).request.oci?.quantity).toBe(quantity);
    expect(callUp('FUNCTION=VALIDATE&PRODUCTID=1').request.oci?.quantity).toBe('1');
    for (const text of ['0', '0.000', '-1', 'abc', '1e9', '0x10', '1.0001', '123456789012', '1,000.5']) {
      expect(parseOciCallUp(pairs(`FUNCTION=VALIDATE&PRODUCTID=1&QUANTITY=${text}`))).toMatchObject({
        ok: false,
        refusal: {
          code: 'QUANTITY_INVALID',
          reason: expect.stringContaining(`QUANTITY is "${text}". Write a number above 0`),
          details: { parameter: 'QUANTITY' },
        },
      });
    }
    expect(callUp('QUANTITY=abc').request.oci).toEqual({ extra: [{ name: 'QUANTITY', value: 'abc' }] });
  });

  it('oci.md 1: LANGUAGE before LANGU, ~language and sap-language; SAP letters, locales and invalid values', () => {
    expect(callUp('sap-language=E&~language=F&LANGU=I&LANGUAGE=DE').language).toBe('de');
    expect(callUp('sap-language=E&~language=F').language).toBe('fr');
    for (const [text, tag] of [
      ['D', 'de'],
      ['e', 'en'],
      ['F', 'fr'],
      ['I', 'it'],
      ['S', 'es'],
      ['P', 'pt'],
      ['N', 'nl'],
      ['de_DE', 'de-DE'],
      ['DE-at', 'de-AT'],
      ['zh-Hans-CN', 'zh-Hans-CN'],
      ['<b>', undefined],
      ['Z', undefined],
      ['german language', undefined],
    ]) {
      expect(callUp(`LANGUAGE=${encodeURIComponent(text ?? '')}`).language).toBe(tag);
    }
    expect(callUp('LANGUAGE=german%20language').request.oci?.extra).toEqual([
      { name: 'LANGUAGE', value: 'german language' },
    ]);
  });

  it('oci.md 1: an invalid currency is kept but not used', () => {
    expect(callUp('CURRENCY=Euro')).toMatchObject({
      request: { oci: { extra: [{ name: 'CURRENCY', value: 'Euro' }] } },
    });
    expect(callUp('CURRENCY=Euro').currency).toBeUndefined();
  });

  it('T19: frames are names, anything else is _top', () => {
    for (const keyword of ['_TOP', '_Parent', '_SELF'])
      expect(callUp(`returntarget=${keyword}`).request.oci?.returnTarget).toBe(keyword.toLowerCase());
    for (const good of ['_top', '_parent', '_self', 'main', 'frame-1_b'])
      expect(callUp(`returntarget=${good}`).request.oci?.returnTarget).toBe(good);
    for (const evil of [
      'javascript:alert(1)',
      '_blank',
      '"><script>',
      '1frame',
      `a${'b'.repeat(64)}`,
      'a b',
      'main\n',
    ]) {
      const { oci } = callUp(`returntarget=${encodeURIComponent(evil)}&~TARGET=${encodeURIComponent(evil)}`).request;
      expect(oci).toMatchObject({ returnTarget: '_top', target: '_top' });
    }
    expect(callUp('returntarget=_parent&~TARGET=main').request.oci).toMatchObject({
      returnTarget: '_parent',
      target: 'main',
    });
  });

  it('reads the buyer from user id, names, e-mail, or a user name that is an e-mail address', () => {
    expect(callUp('USERNAME=shop&userid=JDOE&fname=Jane&lname=Doe&EMAIL=jane%40erp.example').request.buyer).toEqual({
      userId: 'JDOE',
      name: 'Jane Doe',
      email: 'jane@erp.example',
    });
    expect(callUp('USERNAME=buyer%40company.com').request.buyer).toEqual({
      userId: 'buyer@company.com',
      email: 'buyer@company.com',
    });
    expect(callUp('USERNAME=shop&email=nonsense').request.buyer).toEqual({ userId: 'shop' });
  });
});

interface Sample {
  name: string;
  url?: string;
  fields?: [string, string][];
}

describeWithReference('oci')('OCI call-ups of others', () => {
  const samples = new Map(
    (JSON.parse(referenceText('oci/samples/inbound_callups.json')) as Sample[]).map((sample) => [sample.name, sample]),
  );
  const read = (name: string): ParsedOciCallUp => {
    const sample = samples.get(name);
    const fields =
      sample?.fields?.map(([key, value]) => ({ name: key, value })) ??
      pairs(sample?.url?.slice(sample.url.indexOf('?')) ?? '');
    const parsed = parseOciCallUp(fields);
    if (!parsed.ok) throw new Error(parsed.refusal.reason);
    return parsed.value;
  };

  it.each([
    [
      'gatebold',
      {
        username: 'demo',
        password: 'demo',
        hookUrl: 'https://srm.example/hook',
        language: 'fr',
        request: { oci: { okCode: 'ADDI', target: '_top', caller: 'CTLG', extra: [] } },
      },
    ],
    [
      'sap_r3_46c',
      {
        hookUrl: 'https://its.example/scripts/wgate/me51/?~command=...',
        request: { oci: { target: '_top', extra: [{ name: '~ForceTarget', value: 'yes' }] } },
      },
    ],
    [
      'srm_simulator_detailadd',
      {
        hookUrl: 'https://sim.example/oci-call-up/0b0a7a0e-1111-4222-8333-944445555666',
        request: {
          selectedItem: { supplierPartId: '123' },
          oci: { function: 'DETAIL', version: '4.0', charset: 'utf-8', returnTarget: '_parent' },
        },
      },
    ],
    [
      'ifs_cloud',
      {
        hookUrl: 'https://ifs.example/punchout?uniqueid=8f14e45f',
        request: {
          oci: {
            version: '4.0',
            extra: [
              { name: 'SENDERID', value: 'abc' },
              { name: 'OCICANCEL', value: 'https://ifs.example/cancel' },
            ],
          },
        },
      },
    ],
    [
      'buyerquest',
      {
        username: 'uat',
        password: 'uat',
        language: 'en',
        hookUrl: 'https://buyer.example/gate/index.php/admin/testconn/response/',
        request: {
          buyer: { userId: 'SAP_TEST_USER', name: 'SAP Tester' },
          oci: { version: '4.0', returnTarget: '_parent' },
        },
      },
    ],
    [
      'agiqon_validate',
      {
        username: 'u',
        password: 'p',
        request: { oci: { function: 'VALIDATE', productId: 'SW-10001', quantity: '3', extra: [] } },
      },
    ],
    ['agiqon_background_search', { request: { oci: { function: 'BACKGROUND_SEARCH', searchString: 'toner' } } }],
    [
      'punchcommerce_detail',
      {
        hookUrl: 'https://test.de',
        request: { selectedItem: { supplierPartId: '50123' }, oci: { function: 'DETAIL' } },
      },
    ],
    [
      'seed_002',
      {
        username: 'buyer@company.com',
        password: 'SecretPassword123',
        hookUrl: 'https://erp.company.com/oci/return',
        language: 'de',
        currency: 'EUR',
        request: {
          buyer: { email: 'buyer@company.com' },
          oci: { extra: [{ name: 'FUNCTION', value: 'CREATE_SESSION' }] },
        },
      },
    ],
    ['sapevent', { username: 'u', hookUrl: 'SAPEVENT:POST' }],
  ])('oci.md 1: %s', (name, expected) => {
    expect(read(name)).toMatchObject(expected);
    expect(JSON.stringify(read(name).request)).not.toContain('SecretPassword');
  });

  it('oci.md 1: every sample has an expectation', () => {
    expect([...samples.keys()].sort()).toEqual([
      'agiqon_background_search',
      'agiqon_validate',
      'buyerquest',
      'gatebold',
      'ifs_cloud',
      'punchcommerce_detail',
      'sap_r3_46c',
      'sapevent',
      'seed_002',
      'srm_simulator_detailadd',
    ]);
  });
});

it('PunchFlow: its OCI setup, byte for byte, as one form', () => {
  const block = readFileSync('test/fixtures/punchflow-oci-setup.txt', 'utf8').trimEnd();
  const form = parseFlatForm(Buffer.from(block.split('\n').join('&')), 'utf-8');
  expect(form.ok && parseOciCallUp(form.value)).toMatchObject({
    ok: true,
    value: {
      username: 'buyer@company.com',
      password: 'SecretPassword123',
      hookUrl: 'https://erp.company.com/oci/return',
      currency: 'EUR',
      language: 'de',
    },
  });
});
