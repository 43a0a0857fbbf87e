import { describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { describeWithDtds, officialVerdict } from '../../protocols/cxml/official-dtds.js';
import {
  SESSION,
  SETUP,
  cartFields,
  cxmlStatus,
  idOf,
  postXml,
  put,
  rowOf,
  setupXml,
  shopping,
  startUrlOf,
} from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION, plain } from '../../support/web-client.js';

const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const TRANSFER = `${SESSION}/logout?transferred=1`;

function withRequest(request: string): string {
  return setupXml().replace(/<Request>[\s\S]*<\/Request>/, `<Request>${request}</Request>`);
}

describeShop('cXML answers', {}, (shop) => {
  const limited = (operationAllowed: string): Promise<void> =>
    shop().onboard({
      connectionId: `only-${operationAllowed}`,
      settings: { cxml: { operationAllowed } },
      credential: { kind: 'cxml', domain: 'NetworkId', identity: `only-${operationAllowed}` },
    });

  it.each([
    ['cxml.md 3.1, 3.4: accepted', () => setupXml(), '200', 'OK'],
    ['cxml.md 3.6: BrowserFormPost missing', () => setupXml({ returnUrl: null }), '400', 'Bad Request'],
    [
      'cxml.md 3.6, 8.5: a return URL that is not allowed',
      () => setupXml({ returnUrl: 'https://evil.test/' }),
      '400',
      'Bad Request',
    ],
    ['cxml.md 3.7: an unknown secret', () => setupXml({ secret: 'wrong' }), '401', 'Unauthorized'],
    ['cxml.md 3.8: no XML', () => 'hello', '406', 'Not Acceptable'],
    [
      'cxml.md 3.6: a BuyerCookie that is missing',
      () => setupXml().replace(/<BuyerCookie>.*<\/BuyerCookie>/, ''),
      '400',
      'Bad Request',
    ],
    ['cxml.md 3.10, 6.1: operation source', () => setupXml({ operation: 'source' }), '450', 'Not Implemented'],
    ['cxml.md 3.10: an unknown request', () => withRequest('<CatalogUploadRequest/>'), '450', 'Not Implemented'],
  ])('%s', async (_, document, code, text) => {
    const answer = await postXml(shop().browser(), document());
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset="UTF-8"']);
    expect(answer.text).toContain(`<Status code="${code}" text="${text}"`);
    expect(answer.text.includes('<PunchOutSetupResponse>')).toBe(code === '200');
  });

  it.each([
    ['SERVICE_UNAVAILABLE', '560'],
    ['INTERNAL', '500'],
  ])('cxml.md 3.11: %s is transient: %s', async (kind, code) => {
    const failing = jest
      .spyOn(shop().connector.directory.connections, 'findByCredential')
      .mockRejectedValue(kind === 'INTERNAL' ? new Error('secret detail') : new PunchoutError('SERVICE_UNAVAILABLE'));
    const answer = await postXml(shop().browser(), setupXml());
    failing.mockRestore();
    expect([answer.status, cxmlStatus(answer).code, answer.text.includes('secret detail')]).toEqual([200, code, false]);
  });

  describe('cxml.md 3.9, 6.4: cxml.operationAllowed', () => {
    it.each([
      ['create', 'create', '200'],
      ['create', 'inspect', '412'],
      ['create', 'edit', '412'],
      ['inspect', 'inspect', '200'],
      ['inspect', 'edit', '412'],
      ['edit', 'edit', '200'],
    ])('cxml.md 3.9, 6.4: a connection that allows %s, and %s: %s', async (allowed, operation, code) => {
      await limited(allowed);
      const answer = await postXml(shop().browser(), setupXml({ identity: `only-${allowed}`, operation }));
      expect(cxmlStatus(answer)).toEqual(
        code === '200' ? { code, text: '' } : { code, text: expect.stringContaining(`allows ${allowed} at most`) },
      );
    });

    it.each([
      ['create', 'create'],
      ['inspect', 'create inspect'],
      ['edit', 'create inspect edit'],
    ])('cxml.md 4.3: %s is in the cart, and in the profile as %j', async (allowed, options) => {
      await limited(allowed);
      const { client } = await shopping(shop(), { identity: `only-${allowed}` });
      await put(client, 'SKU-001', 1);
      expect(cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded']).toContain(
        `<PunchOutOrderMessageHeader operationAllowed="${allowed}">`,
      );
      const profile = await postXml(
        shop().browser(),
        withRequest('<ProfileRequest/>').replaceAll('buyer@company.com', `only-${allowed}`),
      );
      expect(profile.text).toContain(`<Option name="operationAllowed">${options}</Option>`);
    });

    it('JSON: 409, with its own code', async () => {
      await limited('create');
      const answer = await postXml(
        shop().browser(),
        setupXml({ identity: 'only-create', operation: 'edit' }),
        JSON_WANTED,
      );
      expect([answer.status, answer.json().error.code]).toEqual([409, 'OPERATION_NOT_ALLOWED']);
    });
  });

  describe('ProfileRequest', () => {
    it('cxml.md 4.1, 4.2: lists each transaction with its URL, with a time that is not in the future', async () => {
      const answer = await postXml(shop().browser(), withRequest('<ProfileRequest/>'));
      expect(
        [...answer.text.matchAll(/<Transaction requestName="(\w+)">\s*<URL>([^<]*)/g)].map(([, name, url]) => [
          name,
          url,
        ]),
      ).toEqual([
        ['PunchOutSetupRequest', `${shop().url}${SETUP}`],
        ['OrderRequest', `${shop().url}/v1/punchout/order`],
        ['ProfileRequest', `${shop().url}${SETUP}`],
      ]);
      expect(new Date(/effectiveDate="([^"]+)"/.exec(answer.text)?.[1] ?? '') <= new Date()).toBe(true);
    });

    it('cxml.md 4.1: needs the same credentials as a call-up', async () => {
      expect(
        cxmlStatus(
          await postXml(shop().browser(), withRequest('<ProfileRequest/>').replace('SecretPassword123', 'wrong')),
        ).code,
      ).toBe('401');
    });

    describeWithDtds('by the official DTDs', () => {
      it.each(['1.2.014', '1.2.071'])('cxml.md 4.1: is valid by %s', async (version) => {
        expect(officialVerdict((await postXml(shop().browser(), withRequest('<ProfileRequest/>'))).text, version)).toBe(
          '',
        );
      });
    });
  });

  it('cxml.md 3.13: GET is answered with a ping', async () => {
    const answer = await shop().browser().get(SETUP, {});
    expect([answer.status, cxmlStatus(answer)]).toEqual([200, { code: '200', text: 'Ping Response Message' }]);
  });

  it.each([
    ['de', 'de'],
    ['de-DE', 'de-DE'],
    ['DE-de', 'DE-de'],
    ['de_DE', 'de-DE'],
    ['not a language', undefined],
    ['', undefined],
  ])('cxml.md 1.8: xml:lang %j is answered in %j, also in the cart', async (asked, answered) => {
    const document = setupXml().replace('<cXML ', `<cXML xml:lang="${asked}" `);
    const answer = await postXml(shop().browser(), document);
    expect(/<cXML [^>]*xml:lang="([^"]*)"/.exec(answer.text)?.[1]).toBe(answered);
    const client = shop().browser();
    await client.get(startUrlOf(answer), HTML);
    const page = await client.get(TRANSFER, SAME);
    expect(/<cXML [^>]*xml:lang="([^"]*)"/.exec(cartFields(page)['cXML-urlencoded'] ?? '')?.[1]).toBe(answered ?? 'de');
    expect(plain(page.text)).toContain('Ihr Warenkorb ist unterwegs');
  });

  it.each(['test', 'production'])('cxml.md 1.9: deploymentMode %s is stored and copied to the cart', async (mode) => {
    const answer = await postXml(
      shop().browser(),
      setupXml().replace('<Request>', `<Request deploymentMode="${mode}">`),
    );
    expect((await rowOf(shop(), idOf(startUrlOf(answer))))['request']).toMatchObject({ deploymentMode: mode });
    const client = shop().browser();
    await client.get(startUrlOf(answer), HTML);
    expect(cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded']).toContain(
      `<Message deploymentMode="${mode}"`,
    );
  });

  it('cxml.md 5.3: SelectedItem opens the product or the home page; SupplierSetup is ignored', async () => {
    const land = async (sku: string): Promise<string> => {
      const document = setupXml({ selectedSku: sku }).replace(
        '<SelectedItem>',
        '<SupplierSetup><URL>https://old.example.com/</URL></SupplierSetup><SelectedItem>',
      );
      return (
        await shop()
          .browser()
          .get(startUrlOf(await postXml(shop().browser(), document)), HTML)
      ).location;
    };
    expect([await land('SKU-001'), await land('nothing')]).toEqual([`${shop().url}/detail/SKU-001`, `${shop().url}/`]);
  });

  it('cxml.md 5.7: the start URL is unique, short, and holds a reference instead of the state', async () => {
    const cookie = 'c'.repeat(4000);
    const urls = [];
    for (let n = 0; n < 2; n += 1)
      urls.push(startUrlOf(await postXml(shop().browser(), setupXml({ buyerCookie: cookie }))));
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect([url.length < 200, url.includes('ccc')]).toEqual([true, false]);
  });

  it('cxml.md 7.9: the session and its cookie end with the cart message', async () => {
    const { client } = await shopping(shop());
    await client.get(TRANSFER, SAME);
    expect([...client.cookies.keys()]).toEqual(['connector.claim']);
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
      active: false,
      status: 'transferred',
    });
  });

  it('cxml.md 8.6: the message is stored and the buyer can send it again, byte for byte', async () => {
    const { client } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    const first = await client.get(TRANSFER, SAME);
    expect((await client.get(TRANSFER, SAME)).text).toBe(first.text);
  });
});
