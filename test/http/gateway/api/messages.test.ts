import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { DEMO } from '../../../../src/demo/seed-demo.js';
import { INSTALLATION } from '../../../../src/ports/transmission/message-log.js';
import { SESSION, idOf, postXml, put, setupXml, shopping, startUrlOf } from '../../../support/call-ups.js';
import { describeMounted } from '../../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../../support/web-client.js';
import { cloneBody, postClone, transmissionOf } from '../../../support/clone-calls.js';
import { LINES, orderXml, post, sent } from '../purchase-order-calls.js';
import { type Json, ask, otherTenant, started } from './api-calls.js';

describeMounted('Message log', {}, (shop) => {
  const messagesOf = async (id: string): Promise<Json[]> =>
    (await ask(shop(), 'listSessionMessages', { id })).json().data.messages;
  const refused = async (query = '?limit=10'): Promise<Json[]> =>
    (await ask(shop(), 'listRefusedMessages', { query })).json().data.messages;

  it('a whole punchout: call-up and answer without secrets, then the stored cart', async () => {
    const { client, transmissionId } = await shopping(shop(), { payloadId: `${randomUUID()}@buyer.example` });
    await put(client, 'SKU-001', 2);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    const messages = await messagesOf(transmissionId);
    expect(messages.map(({ direction, kind }) => [direction, kind])).toEqual([
      ['in', 'PunchOutSetupRequest'],
      ['out', 'Response'],
      ['out', 'Cart'],
    ]);
    const [received, answered, cart] = messages;
    expect(received).toMatchObject({
      session_id: transmissionId,
      connection: 'company-cxml',
      content_type: 'application/xml',
      payload_id: expect.stringContaining('@buyer.example'),
      code: null,
      warning: null,
    });
    expect(received.content).toContain('<SharedSecret>[redacted]</SharedSecret>');
    expect(received.content).toContain('<BuyerCookie>BUYER_COOKIE_123</BuyerCookie>');
    expect(answered.content).toMatch(/<StartPage><URL>[^<]*token=\[redacted\]<\/URL>/);
    expect(JSON.parse(cart.content)).toMatchObject({
      kind: 'cxml',
      action: 'https://erp.company.com/punchout/return',
      summary: { totalAmount: '999.98' },
    });
    const { rows } = await shop().knex.raw<{ rows: { n: string }[] }>(
      "select count(*) as n from message_log where content like '%SecretPassword123%'",
    );
    expect(rows[0]?.n).toBe('0');
  });

  it('OCI and JSON call-ups, never with passwords', async () => {
    const page = await shop().browser().post(
      '/v1/punchout/oci/setup',
      {
        USERNAME: 'buyer@company.com',
        PASSWORD: 'SecretPassword123',
        HOOK_URL: 'https://erp.company.com/oci/return',
      },
      HTML,
    );
    const id = /session\/login\/([^?]+)\?/.exec(page.text)?.[1] ?? '';
    expect((await messagesOf(id)).map(({ content }) => content)).toEqual([
      'USERNAME=buyer@company.com\nPASSWORD=[redacted]\nHOOK_URL=https://erp.company.com/oci/return',
      'HTTP 200',
    ]);
    const json = await started(shop());
    expect(
      (await messagesOf(json.id)).map(({ kind, content }) => [
        kind,
        content.includes('token=[redacted]') || content.includes('BUYER_123'),
      ]),
    ).toEqual([
      ['JSON call-up', true],
      ['Response', true],
    ]);
  });

  it('clone calls of a middleware and purchase orders, without their secrets', async () => {
    const answer = await postClone(shop(), cloneBody());
    const id = transmissionOf(answer.json().sso_url);
    const [asked, answered] = await messagesOf(id);
    expect([asked.kind, JSON.parse(asked.content)]).toEqual([
      'Clone request',
      expect.objectContaining({ api_key: '[redacted]', session_token: '[redacted]', username: 'buyer123' }),
    ]);
    expect(answered.content).toMatch(/"sso_url":"[^"]*token=\[redacted\]"/);
    await postClone(shop(), cloneBody({ username: 'admin' }));
    expect((await refused('?limit=2')).find(({ direction }) => direction === 'in')).toMatchObject({
      kind: 'Clone request',
      code: 'CLONE_REFUSED',
    });

    const { transmissionId, quote } = await sent(shop());
    await post(shop(), orderXml({ orderId: randomUUID(), quote, lines: LINES }));
    await post(
      shop(),
      Buffer.from('--b\r\nContent-Type: text/xml\r\n\r\n<x/>\r\n--b--'),
      'multipart/related; boundary=b',
    );
    const order = (await messagesOf(transmissionId)).find(({ kind }) => kind === 'OrderRequest');
    expect(order).toMatchObject({
      direction: 'in',
      connection: 'company-cxml',
      content: expect.stringContaining('<SharedSecret>[redacted]</SharedSecret>'),
    });
    // It names nobody. The second mount has another tenant, so there it belongs to the installation.
    const owner = shop().prefix === '' ? DEMO.tenantId : INSTALLATION;
    const rows = shop().knex('message_log').where({ tenant_id: owner, content: '[multipart/related]\n<x/>' });
    expect(await rows).toHaveLength(1);
  });

  it('a refused call-up is shown to the tenant that it named, with the reason', async () => {
    await postXml(shop().browser(), setupXml({ secret: 'WRONG-CANARY' }));
    await postXml(shop().browser(), setupXml().replace('<BuyerCookie>BUYER_COOKIE_123</BuyerCookie>', ''));
    await postXml(shop().browser(), setupXml({ returnUrl: 'https://evil.example/x' }));
    await shop()
      .browser()
      .post(
        '/v1/punchout/oci/setup',
        { USERNAME: 'buyer@company.com', PASSWORD: 'WRONG-CANARY', HOOK_URL: 'https://erp.company.com/oci/return' },
        HTML,
      );
    const found = await refused('?limit=8');
    // A call-up without a known name is shown if there is only one tenant; the second mount has another one.
    const single = shop().prefix === '';
    const expected = [
      ['INVALID_CREDENTIALS', 'company-oci'],
      ['RETURN_URL_REFUSED', 'company-cxml'],
      ...(single ? [['INVALID_REQUEST', null]] : []),
      ['INVALID_CREDENTIALS', 'company-cxml'],
    ];
    expect(
      found
        .filter(({ direction }) => direction === 'in')
        .map(({ code, connection }) => [code, connection])
        .slice(0, expected.length),
    ).toEqual(expected);
    if (single)
      expect(found.find(({ code }) => code === 'INVALID_REQUEST').reason).toMatch(
        /Missing child element 'BuyerCookie' \(line \d+, column \d+\)/,
      );
    expect(JSON.stringify(found)).not.toContain('CANARY');
    const first = await ask(shop(), 'listRefusedMessages', { query: '?limit=3' });
    const { next_cursor: cursor } = first.json().data.pagination;
    expect((await refused(`?limit=3&cursor=${cursor}`))[0].message_id).toBe(found[3].message_id);
  });

  it('architecture.md decision 6: the same payloadID with other content is a new session, with a warning', async () => {
    const payloadId = `${randomUUID()}@buyer.example`;
    const [first, second] = [
      startUrlOf(await postXml(shop().browser(), setupXml({ payloadId }))),
      startUrlOf(await postXml(shop().browser(), setupXml({ payloadId, buyerCookie: 'other' }))),
    ];
    expect(idOf(first)).not.toBe(idOf(second));
    expect((await messagesOf(idOf(first)))[0].warning).toBeNull();
    expect((await messagesOf(idOf(second)))[0].warning).toBe('This payloadID was used before, with other content.');
  });

  it('another tenant sees none of it', async () => {
    await otherTenant(shop());
    const { id } = await started(shop());
    expect((await ask(shop(), 'listSessionMessages', { id, key: 'other-all' })).status).toBe(404);
    // It sees its own refused questions only.
    const { messages } = (await ask(shop(), 'listRefusedMessages', { key: 'other-all' })).json().data;
    expect(messages.filter(({ kind }: { kind: string }) => kind !== 'API call')).toEqual([]);
    // With a second tenant, a call-up without a known name belongs to none.
    const before = (await refused())[0]?.message_id;
    await postXml(shop().browser(), '<cXML>');
    expect((await refused())[0]?.message_id).toBe(before);
  });

  it("documents are deleted after the tenant's retention period (T63)", async () => {
    const { id } = await started(shop());
    await messagesOf(id);
    await shop()
      .knex('message_log')
      .where({ transmission_id: id })
      .update({ at: new Date(Date.now() - 31 * 86_400_000) });
    const worker = shop().connector.startWorker();
    for (let turn = 0; turn < 200 && (await messagesOf(id)).length > 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    await worker.stop();
    expect(await messagesOf(id)).toEqual([]);
  });
});
