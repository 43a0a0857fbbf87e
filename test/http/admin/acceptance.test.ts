import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { callUp, idOf, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { addOperators, emailOf, signedIn } from '../console/console-visitor.js';
import { LINES, orderXml, post, sent } from '../gateway/purchase-order-calls.js';
import { askAdmin } from './admin-calls.js';

describeShop('acceptance: what the system of a buyer has done', {}, (shop) => {
  const seen = async (connection = 'company-cxml') => {
    const answer = await askAdmin(shop(), 'adminGetAcceptance', { params: { connection } });
    const { accepted, steps } = answer.json().data;
    const done = steps.filter(({ seen_at }: { seen_at: string | null }) => seen_at !== null);
    return { accepted, done: done.map(({ step }: { step: string }) => step), steps };
  };

  it('each step is ticked when it was done, with its newest session; an order only with cXML', async () => {
    expect(await seen()).toMatchObject({ accepted: false, done: [] });
    expect((await seen('company-oci')).steps).toHaveLength(3);
    const open = idOf(await callUp(shop()));
    expect(await seen()).toMatchObject({ done: ['call_up'], steps: [{ session_id: open }, {}, {}, {}] });
    const { transmissionId } = await shopping(shop());
    expect(await seen()).toMatchObject({
      done: ['call_up', 'login'],
      steps: [{}, { session_id: transmissionId }, {}, {}],
    });
    const { quote } = await sent(shop());
    expect((await seen()).done).toEqual(['call_up', 'login', 'cart']);
    await post(shop(), orderXml({ orderId: `PO-${randomUUID().slice(0, 8)}`, quote, lines: LINES }));
    expect(await seen()).toMatchObject({ accepted: true, done: ['call_up', 'login', 'cart', 'order'] });
    expect((await seen('company-oci')).done).toEqual([]);
  });

  it('the client reads it, and the hand-over sheet of the console shows it', async () => {
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop().url });
    const { name, steps } = await admin.getAcceptance('company-cxml');
    expect([name, steps[0]?.seenAt]).toEqual(['Company GmbH (cXML)', expect.any(Date)]);
    await expect(admin.getAcceptance('nobody')).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    await addOperators(shop());
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const page = await engineer.get('/connections/company-cxml/hand-over');
    expect(page.text).toContain('Purchase order received');
  });

  it('tests of operators do not count', async () => {
    await shop().knex('transmission').update({ test_id: 'a-test' });
    expect((await seen()).done).toEqual([]);
  });
});
