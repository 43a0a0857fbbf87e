import { expect, it } from '@jest/globals';
import { describeWithDtds, officialVerdict } from '../../protocols/cxml/official-dtds.js';
import { SESSION, cartFields, isActive, put, rowOf, setRow, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';

const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const UNCHANGED = `${SESSION}/logout?transferred=1&unchanged=1`;
const EDIT = { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] };
const OCI =
  'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123&~OkCode=ADDI' +
  '&~TARGET=_top&~CALLER=CTLG';

describeShop('return without changes (architecture.md decision 6)', {}, (shop) => {
  const payloads = async (transmissionId: string): Promise<unknown[]> =>
    shop().knex('transfer_payload').where({ transmission_id: transmissionId });
  const ociShopping = async (): Promise<{ client: WebClient; transmissionId: string }> => {
    const client = shop().browser();
    const page = await client.post('/v1/punchout/oci/setup', OCI, HTML);
    await client.get(/url=([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&#38;', '&') ?? '', HTML);
    return { client, transmissionId: (await client.get(`${SESSION}/get`, JSON_WANTED)).json().transmissionId };
  };

  it.each(['create', 'edit', 'inspect'])(
    'cxml.md 3.5, 7.8: %s: Status 204, no ItemIn, in one statement with the end of the session',
    async (operation) => {
      const { client, transmissionId } = await shopping(shop(), operation === 'create' ? {} : { ...EDIT, operation });
      if (operation === 'edit') expect((await put(client, 'SKU-002', 1)).status).toBe(200);
      const page = await client.post(UNCHANGED, '', SAME);
      expect([page.status, page.text.includes('id="punchout_transfer"')]).toEqual([200, true]);
      expect([
        /on its way|unterwegs/.test(page.text),
        /Nothing changes there|ndert sich nichts/.test(page.text),
      ]).toEqual([false, true]);
      const document = cartFields(page)['cXML-urlencoded'] ?? '';
      expect(document).toMatch(/<Status code="204" text="No Content"\/>/);
      expect(document).toMatch(/<BuyerCookie>BUYER_COOKIE_123<\/BuyerCookie>/);
      expect(document).not.toContain('<ItemIn');
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed', ended_at: expect.any(Date) });
      expect(await payloads(transmissionId)).toHaveLength(1);
      expect(await shop().knex('audit').where({ transmission_id: transmissionId, event: 'transfer' })).toEqual([]);
      expect(await shop().knex('audit').where({ transmission_id: transmissionId, event: 'logout' })).toMatchObject([
        { from_status: 'active', to_status: 'closed', actor: 'buyer' },
      ]);
      expect(await isActive(client)).toBe(false);
    },
  );

  describeWithDtds('by the official DTDs', () => {
    it.each(['1.2.014', '1.2.071'])('cxml.md 7.8: the message is valid by %s', async (version) => {
      const { client } = await shopping(shop(), EDIT);
      expect(officialVerdict(cartFields(await client.get(UNCHANGED, SAME))['cXML-urlencoded'] ?? '', version)).toBe('');
    });
  });

  it('cxml.md 7.8: every transfer of an inspect session is such a message', async () => {
    const { client, transmissionId } = await shopping(shop(), { ...EDIT, operation: 'inspect' });
    expect(cartFields(await client.get(`${SESSION}/logout?transferred=1`, SAME))['cXML-urlencoded']).toContain(
      'code="204"',
    );
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
  });

  it('oci.md 8.10: an OCI form has its pass-through fields and no NEW_ITEM', async () => {
    const { client, transmissionId } = await ociShopping();
    await put(client, 'SKU-001', 2);
    const page = await client.get(UNCHANGED, SAME);
    expect(page.text).toContain('action="https://erp.company.com/oci/return"');
    expect(cartFields(page)).toEqual({ '~OkCode': 'ADDI', '~TARGET': '_top', '~CALLER': 'CTLG' });
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
  });

  it('T57: repeated, only for the holder of the claim: the same bytes, also for a plain transfer', async () => {
    const { client, transmissionId } = await shopping(shop(), EDIT);
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.get(UNCHANGED, SAME)));
    expect(new Set(answers.map(({ status, text }) => status + text)).size).toBe(1);
    expect((await client.get(`${SESSION}/logout?transferred=1`, SAME)).text).toBe(answers[0]?.text);
    expect((await shop().browser().get(UNCHANGED, JSON_WANTED)).json()).toEqual({ active: false });
    expect(await payloads(transmissionId)).toHaveLength(1);
    await shop()
      .knex('transfer_payload')
      .where({ transmission_id: transmissionId })
      .update({ stored_at: new Date(Date.now() - 24 * 3600_000 - 60_000) });
    expect((await client.get(UNCHANGED, JSON_WANTED)).status).toBe(400);
  });

  it('an earlier transfer stays: the sent cart is shown again', async () => {
    const { client, transmissionId } = await shopping(shop(), EDIT);
    const cart = await client.get(`${SESSION}/logout?transferred=1`, SAME);
    expect((await client.get(UNCHANGED, SAME)).text).toBe(cart.text);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
  });

  it('an earlier logout leaves nothing to show, and a session past its time gets 410', async () => {
    const left = await shopping(shop(), EDIT);
    const claim = left.client.cookies.get('connector.claim') ?? '';
    await left.client.get(`${SESSION}/logout`, JSON_WANTED);
    left.client.cookies.set('connector.claim', claim);
    expect((await left.client.get(UNCHANGED, JSON_WANTED)).json()).toEqual({ active: false });
    const late = await shopping(shop(), EDIT);
    await setRow(shop(), late.transmissionId, { expires_at: new Date(Date.now() - 1000) });
    expect((await late.client.get(UNCHANGED, JSON_WANTED)).status).toBe(410);
    expect(await payloads(late.transmissionId)).toEqual([]);
  });

  it('the cart is deleted, observers get a logout, and the statistics no sale', async () => {
    const told: string[] = [];
    const off = shop().connector.on('logout', ({ transmission }) => void told.push(transmission.transmissionId));
    const { client, transmissionId } = await shopping(shop(), EDIT);
    const facts = await shop().knex('sales_fact');
    await client.get(UNCHANGED, JSON_WANTED);
    expect(await shop().knex('sales_fact')).toEqual(facts);
    const session = await shop()
      .browser()
      .get(`/v1/punchout/sessions/${transmissionId}`, { authorization: 'Bearer demo-api-key' });
    expect(session.json().data).toMatchObject({ status: 'cancelled' });
    await until(() => Promise.resolve(told.length > 0));
    off();
    expect(told).toEqual([transmissionId]);
    expect(await shop().knex('job').whereRaw("input->'cart'->>'id' = ?", [transmissionId])).toHaveLength(1);
  });

  it('architecture.md decision 1: another site is asked first; the page keeps the parameters', async () => {
    const { client, transmissionId } = await shopping(shop(), EDIT);
    const question = await client.post(
      `${SESSION}/logout`,
      { transferred: '1', unchanged: '1' },
      { ...NAVIGATION, 'sec-fetch-site': 'cross-site' },
    );
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    expect(cartFields(await client.submit(question))['cXML-urlencoded']).toContain('code="204"');
  });

  it('a value other than 1, 0, true and false is refused and named', async () => {
    const { client } = await shopping(shop(), EDIT);
    const answer = await client.get(`${SESSION}/logout?transferred=1&unchanged=perhaps`, JSON_WANTED);
    expect([answer.status, answer.json().error.details]).toEqual([400, { parameter: 'unchanged' }]);
    expect(
      (await client.get(`${SESSION}/logout?transferred=1&unchanged=0`, JSON_WANTED)).json().fields[0].value,
    ).toContain('<ItemIn');
  });

  it('the shop is not called: the button works while the shop does not answer', async () => {
    const { client } = await shopping(shop());
    const read = shop().store.readCart;
    shop().store.readCart = () => Promise.reject(new Error('down'));
    const answer = await client.get(UNCHANGED, JSON_WANTED);
    shop().store.readCart = read;
    expect(answer.status).toBe(200);
  });
});
