import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { elementLines } from '../../../src/domain/element-lines.js';
import { wireTrial } from '../../../src/wiring/wire-trial.js';
import { SESSION, idOf, put, shopping } from '../../support/call-ups.js';
import { shoppingByClone } from '../../support/clone-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { DEMO_KEY, type Json, started } from '../gateway/api/api-calls.js';
import { orderMessage } from '../gateway/api/order-message.js';
import { type AdminQuestion, askAdmin } from './admin-calls.js';

const OCI_SETUP =
  'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123&LANGUAGE=de';

describeShop('replay of sent carts', {}, (shop) => {
  const ids: Record<'cxml' | 'oci' | 'repost' | 'given', string> = { cxml: '', oci: '', repost: '', given: '' };
  const email = 'user@company.com';
  beforeAll(async () => {
    const cxml = await shopping(shop());
    await put(cxml.client, 'SKU-001', 2);
    await put(cxml.client, 'SKU-002', 1);
    await cxml.client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    ids.cxml = cxml.transmissionId;

    const client = shop().browser();
    const page = await client.post('/v1/punchout/oci/setup', OCI_SETUP, HTML);
    const start = /content="0;url=([^"]+)">/.exec(page.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
    await client.get(start, HTML);
    await put(client, 'SKU-001', 3);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    ids.oci = idOf(start);

    const clone = await shoppingByClone(shop());
    await put(clone.client, 'SKU-002', 4);
    await clone.client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    ids.repost = clone.transmissionId;

    const buyerCookie = `bc-${randomUUID()}`;
    ids.given = (await started(shop(), { buyer_cookie: buyerCookie })).id;
    const posted = await shop()
      .browser()
      .send('/v1/punchout/transfer', {
        method: 'POST',
        body: orderMessage({ buyerCookie }),
        headers: { 'content-type': 'application/xml', authorization: `Bearer ${DEMO_KEY}` },
      });
    expect(posted.status).toBe(200);
  }, 120_000);
  const ask = (operationId: string, question: AdminQuestion = {}) => askAdmin(shop(), operationId, question);
  const replay = async (connection: string, body: object): Promise<Json> => {
    const answer = await ask('adminReplay', { params: { connection }, body });
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, answer.text.slice(0, 300)]);
    return answer.json().data;
  };
  const stored = async (id: string): Promise<Json> => {
    const [row] = await shop().knex('transfer_payload').where({ transmission_id: id });
    return JSON.parse(row.payload);
  };
  const connectionOf = async (id: string): Promise<string> =>
    (await shop().knex('transmission').where({ transmission_id: id }).first()).connection_id;

  it.each(['cxml', 'oci', 'repost', 'given'] as const)(
    '%s: from what is kept the same form is made again',
    async (kind) => {
      const { action, fields } = await stored(ids[kind]);
      const params = { connection: await connectionOf(ids[kind]) };
      const { document, refused } = (await ask('adminPreview', { params, body: { session_id: ids[kind] } })).json()
        .data;
      const [first] = fields;
      const expected = /urlencoded$/i.test(first.name)
        ? [`${first.name}:`, ...elementLines(first.value.trimEnd())]
        : fields.map(
            ({ name, value }: Json) =>
              `${name}=${value.startsWith('sealed:') ? '[redacted]' : value.replaceAll('\n', '\\n')}`,
          );
      expect([document[0], document.slice(3), refused]).toEqual([`POST ${action}`, expected, null]);
    },
  );

  it('with the saved settings nothing changes', async () => {
    for (const id of Object.values(ids)) {
      const data = await replay(await connectionOf(id), {});
      expect(data).toMatchObject({ changed: 0, refused: 0, mended: 0, carts: [], carts_left_out: 0, complete: true });
      expect(data.replayed).toBeGreaterThanOrEqual(1);
    }
  });

  it('edited settings: the changed carts with the lines and the places that differ', async () => {
    const connection = await connectionOf(ids.cxml);
    const settings = { mapping: { cxml: { 'Extrinsic.Number': { from: 'line.sku', transforms: ['lower'] } } } };
    const data = await replay(connection, { settings });
    const cart = data.carts.find(({ session_id }: Json) => session_id === ids.cxml);
    expect(cart.changes.map(({ before, after }: Json) => [before, after.text.trim()])).toEqual([
      [null, '<Extrinsic name="Number">sku-001</Extrinsic>'],
      [null, '<Extrinsic name="Number">sku-002</Extrinsic>'],
    ]);
    const framed = await replay(connection, { settings: { cxml: { frameTarget: '_top' } }, limit: 1 });
    expect([framed.replayed, framed.changed]).toEqual([1, 1]);
    expect(framed.carts[0].changes).toEqual([
      {
        before: { number: 2, text: 'target: _self', differs: [9, 13] },
        after: { number: 2, text: 'target: _top', differs: [9, 12] },
      },
    ]);
    // Nothing was saved.
    expect((await replay(connection, {})).changed).toBe(0);
  });

  it('carts that would be refused have a reason: the platform, or a return address that is gone', async () => {
    const connection = await connectionOf(ids.cxml);
    const refused = await replay(connection, {
      settings: { profile: 'coupa', mapping: { cxml: { UnitOfMeasure: { fixed: 'bag of 3' } } } },
    });
    expect(refused.refused).toBeGreaterThanOrEqual(1);
    expect(refused.carts[0].refused_after).toContain('bag of 3');
    const lost = await replay(connection, { settings: { returnOrigins: ['https://other.example.com'] } });
    expect(lost.carts[0].refused_after).toBe('The return URL is not among returnOrigins any more.');
  });

  it('no document shows a field whose name means a secret', async () => {
    const params = { connection: await connectionOf(ids.cxml) };
    const shown = await ask('adminPreview', {
      params,
      body: {
        session_id: ids.cxml,
        settings: { mapping: { cxml: { 'Extrinsic.Password': { from: 'line.sku' } } } },
      },
    });
    expect(shown.text).toContain('Extrinsic name=\\"Password\\"');
    expect(shown.text).not.toContain('<Extrinsic name=\\"Password\\">SKU-001');
  });

  it('faults of edited settings are refused with their place; a session of another connection is unknown', async () => {
    const connection = await connectionOf(ids.cxml);
    const fault = await ask('adminReplay', { params: { connection }, body: { settings: { cxml: { verson: 'x' } } } });
    expect([fault.status, fault.text]).toEqual([400, expect.stringContaining('did you mean version?')]);
    const foreign = { params: { connection }, body: { session_id: ids.oci } };
    expect((await ask('adminPreview', foreign)).status).toBe(404);
    expect((await ask('adminReplay', { params: { connection }, body: { limit: 501 } })).status).toBe(400);
  });

  it('stops when its caller is gone, and reads no more carts', async () => {
    const { connections, sentCarts } = shop().connector.directory as never as Parameters<typeof wireTrial>[0];
    const caller = new AbortController();
    let reads = 0;
    const trial = wireTrial(
      {
        connections,
        sentCarts: {
          ...sentCarts,
          async last(...wish) {
            reads += 1;
            const page = await sentCarts.last(...wish);
            caller.abort();
            return page;
          },
        },
      },
      { demoEnabled: true, publicUrl: shop().url },
    );
    const of = { tenantId: 'demo', connectionId: await connectionOf(ids.cxml) };
    await expect(trial.replay(of, {}, { limit: 500, signal: caller.signal })).rejects.toThrow('aborted');
    expect(reads).toBe(1);
    // The next one has its turn.
    expect(await trial.replay(of, {}, { limit: 500 })).toMatchObject({ ok: true });
  });

  it('a tenant has two at once; the tenants take turns', async () => {
    const { connections, sentCarts } = shop().connector.directory as never as Parameters<typeof wireTrial>[0];
    const trial = wireTrial({ connections, sentCarts }, { demoEnabled: true, publicUrl: shop().url });
    const of = { tenantId: 'demo', connectionId: await connectionOf(ids.cxml) };
    const replay = (): Promise<{ ok: boolean }> => trial.replay(of, {}, { limit: 1 });
    const outcomes = await Promise.all([replay(), replay(), replay(), replay()]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, false]);
    expect(outcomes[2]).toMatchObject({ refusal: { code: 'RATE_LIMITED', details: { retry_after_seconds: 30 } } });
    expect(await replay()).toMatchObject({ ok: true });
  });

  it('a cart is erased with its person and with its payload', async () => {
    const connection = await connectionOf(ids.cxml);
    const rows = () => shop().knex('transfer_payload').where({ transmission_id: ids.cxml }).select('cart');
    expect((await rows())[0].cart).toContain('SKU-001');
    expect((await ask('adminErasePerson', { body: { email } })).json().data.sessions).toBeGreaterThanOrEqual(1);
    expect(await rows()).toEqual([]);
    expect((await ask('adminPreview', { params: { connection }, body: { session_id: ids.cxml } })).status).toBe(404);
  });
});
