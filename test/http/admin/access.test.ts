import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { accessToken } from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { signed } from '../connect/signed-calls.js';
import { type AdminQuestion, askAdmin } from './admin-calls.js';

describeShop('the admin API: who has access', {}, (shop) => {
  const ask = (operationId: string, question: AdminQuestion = {}) => askAdmin(shop(), operationId, question);
  const audited = async (event: string): Promise<string[]> =>
    (await shop().knex('audit').where({ tenant_id: 'demo', event })).map(({ actor, details }) =>
      [actor, JSON.stringify(details)].join(' '),
    );

  it('a client gets tokens with its secret, which is shown once; a revoked secret gets none', async () => {
    const body = { client_id: 'erp-contexts', name: 'ERP' };
    const headers = { 'idempotency-key': randomUUID() };
    const made = await ask('adminAddClient', { body, headers });
    const { secret, secrets, state } = made.json().data;
    expect([made.status, secret.length, state]).toEqual([201, 43, 'active']);
    expect(await accessToken(shop(), { id: 'erp-contexts', secret })).toEqual(expect.any(String));
    const repeated = await ask('adminAddClient', { body, headers });
    expect([repeated.status, repeated.json().data.secret]).toEqual([201, null]);
    expect((await ask('adminAddClient', { body })).status).toBe(409);

    const second = await ask('adminAddClientSecret', { params: { client: 'erp-contexts' }, body: {} });
    const params = { client: 'erp-contexts', secret: secrets[0].secret_id };
    const revoked = await ask('adminRevokeClientSecret', { params });
    expect(revoked.json().data.secrets).toHaveLength(1);
    expect((await ask('adminRevokeClientSecret', { params })).status).toBe(404);
    await expect(accessToken(shop(), { id: 'erp-contexts', secret })).rejects.toThrow();
    const { secret: newer } = second.json().data;
    expect(await accessToken(shop(), { id: 'erp-contexts', secret: newer })).toEqual(expect.any(String));
    for (const kept of [secret, newer]) expect((await ask('adminListClients')).text).not.toContain(kept);
    expect((await audited('client-secret-revoked'))[0]).toContain(secrets[0].secret_id);
    expect((await ask('adminRevokeClient', { params: { client: 'erp-contexts' } })).status).toBe(200);
    await expect(accessToken(shop(), { id: 'erp-contexts', secret: newer })).rejects.toThrow();
  });

  it('a client of the demo stays one when it is changed', async () => {
    expect((await ask('adminAddClient', { body: { client_id: 'demo-client', name: 'X' } })).status).toBe(409);
    const saved = await ask('adminSaveShop', { body: { shop_id: 1, name: 'Renamed', role: 'supplier' } });
    expect([saved.status, saved.json().data.key]).toEqual([200, null]);
    const [row] = await shop().knex('connect_shop').where({ shop_id: 1 });
    expect([row.name, row.demo]).toEqual(['Renamed', true]);
  });

  it('a shop signs with the key that was made for it, until it is revoked', async () => {
    const body = { shop_id: 4711, name: 'Supplier', role: 'supplier' };
    const { key, key_id, hook_secret } = (await ask('adminSaveShop', { body })).json().data;
    expect(hook_secret).not.toBe(key);
    const ping = async (signing: string): Promise<number> =>
      (await signed(shop().browser(), '/sdk/ping', {}, { shop: '4711', key: signing })).status;
    expect([await ping(key), await ping('other')]).toEqual([200, 401]);
    const more = await ask('adminAddShopKey', { params: { shop: '4711' }, body: { grace_days: 1 } });
    const { key: newer } = more.json().data;
    expect([await ping(key), await ping(newer)]).toEqual([200, 200]);
    await ask('adminRevokeShopKey', { params: { shop: '4711', key: key_id } });
    expect([await ping(key), await ping(newer)]).toEqual([401, 200]);
    const listed = await ask('adminListShops');
    for (const secret of [key, newer, hook_secret]) expect(listed.text).not.toContain(secret);
  });

  it('a merchant needs a connection of the tenant, and a supplier has none', async () => {
    const merchant = { shop_id: 4712, name: 'M', role: 'merchant', connection: 'nobody' };
    expect((await ask('adminSaveShop', { body: merchant })).json().error.details.field).toBe('connection');
    const supplier = { ...merchant, role: 'supplier', connection: 'company-cxml' };
    expect((await ask('adminSaveShop', { body: supplier })).status).toBe(400);
  });

  it('sites are saved, checked and removed', async () => {
    const site = { site_code: 'ch', name: 'Schweiz', country: 'CH', currency: 'CHF', more_currencies: ['EUR'] };
    const saved = await ask('adminSaveSite', { body: site });
    expect(saved.json().data).toMatchObject({ currencies: ['CHF', 'EUR'], languages: [], is_default: false });
    for (const fault of [{ country: 'XX' }, { currency: 'XXXX' }, { languages: ['??'] }, { site_code: '/' }])
      expect([fault, (await ask('adminSaveSite', { body: { ...site, ...fault } })).status]).toEqual([fault, 400]);
    expect((await ask('adminRemoveSite', { params: { site: 'ch' } })).status).toBe(200);
    expect((await ask('adminRemoveSite', { params: { site: 'ch' } })).status).toBe(404);
    expect(await audited('site-removed')).toEqual([expect.stringContaining('"site":"ch"')]);
  });

  it('operators are added and changed; the last owner stays', async () => {
    const added = await ask('adminAddOperator', {
      body: { email: 'new@example.com', name: 'New', role: 'engineer' },
    });
    const { operator_id: operator, password } = added.json().data;
    expect(password).toHaveLength(20);
    expect((await ask('adminListOperators')).text).not.toContain(password);
    const change = (body: object, id = operator) => ask('adminChangeOperator', { params: { operator: id }, body });
    expect((await change({ role: 'viewer', disabled: true })).json().data).toMatchObject({
      role: 'viewer',
      disabled: true,
    });
    expect(await audited('operator_role_changed')).toHaveLength(1);
    await change({ role: 'viewer', disabled: true });
    expect(await audited('operator_role_changed')).toHaveLength(1);
    const owner = (await ask('adminListOperators'))
      .json()
      .data.operators.find((one: { role: string }) => one.role === 'owner').operator_id;
    for (const last of [{ disabled: true }, { role: 'viewer' }])
      expect([last, (await change(last, owner)).status]).toEqual([last, 400]);
    expect((await change({ role: 'viewer' }, 'op_nobody')).status).toBe(404);
  });

  it('two owners who disable each other at the same time do not both succeed', async () => {
    const owner = async (email: string): Promise<string> =>
      (await ask('adminAddOperator', { body: { email, name: 'O', role: 'owner' } })).json().data.operator_id;
    const both = [await owner('one@example.com'), await owner('two@example.com')];
    for (const { operator_id, role } of (await ask('adminListOperators')).json().data.operators)
      if (role === 'owner' && !both.includes(operator_id))
        await ask('adminChangeOperator', { params: { operator: operator_id }, body: { disabled: true } });
    const answers = await Promise.all(
      both.map((operator) => ask('adminChangeOperator', { params: { operator }, body: { disabled: true } })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  it('the client has all of it', async () => {
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop().url, language: 'en', maxRetries: 0 });
    const { secret, secrets } = await admin.addClient({ clientId: 'by-client', name: 'By client' });
    expect([secret?.length, secrets[0]?.createdAt instanceof Date]).toEqual([43, true]);
    await admin.revokeClient('by-client');
    const saved = await admin.saveShop({ shopId: 4713, name: 'S', role: 'supplier', requestSignature: 'required' });
    expect([saved.requestSignature, saved.hookSecret === null]).toEqual(['required', false]);
    const { keys } = await admin.addShopKey(4713, { graceDays: 0 });
    expect(keys).toHaveLength(1);
    await admin.saveSite({ siteCode: 'at', name: 'A', country: 'AT', currency: 'EUR', moreCurrencies: ['CHF'] });
    expect((await admin.listSites()).find(({ siteCode }) => siteCode === 'at')?.currencies).toEqual(['EUR', 'CHF']);
    const { operatorId } = await admin.addOperator({
      email: 'p@example.com',
      name: 'P',
      role: 'viewer',
      password: null,
    });
    expect((await admin.changeOperator(operatorId, { role: 'engineer' })).role).toBe('engineer');
  });
});
