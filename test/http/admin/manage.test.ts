import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { AdminCalls, PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { ADMIN_OPERATIONS } from '../../../src/http/gateway/admin/openapi-operations.js';
import { postXml, setupXml, cxmlStatus } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import type { Json } from '../gateway/api/api-calls.js';
import { type AdminQuestion, askAdmin, send } from './admin-calls.js';

describeShop('the admin API', {}, (shop) => {
  const ask = (operationId: string, question: AdminQuestion = {}) => askAdmin(shop(), operationId, question);
  const identity = `AN-${randomUUID()}`;
  const WISH = {
    name: 'ERP',
    protocol: 'cxml',
    settings: { returnOrigins: ['https://erp.company.com'], cxml: { to: [] } },
    secret: {},
  };
  const made = async (connection: string, more: object = {}) =>
    ask('adminCreateConnection', { body: { ...WISH, connection_id: connection, ...more } });
  const callUp = async (secret: string, name = identity): Promise<string> =>
    cxmlStatus(await postXml(shop().browser(), setupXml({ identity: name, secret }))).code;

  it.each(ADMIN_OPERATIONS.map(({ operationId }) => operationId))(
    '%s needs a key with the scope admin',
    async (operationId) => {
      for (const key of [null, 'wrong', 'demo-api-key'])
        expect([key, (await ask(operationId, { key })).status]).toEqual([key, 401]);
    },
  );

  it('a key with the scope admin has no other scope', async () => {
    const answer = await shop().browser().get('/v1/punchout/sessions', { authorization: 'Bearer demo-admin-key' });
    expect(answer.status).toBe(401);
  });

  it.each(ADMIN_OPERATIONS.filter(({ guarded }) => guarded).map(({ operationId }) => operationId))(
    '%s without If-Match: 428, with that of another version: 412',
    async (operationId) => {
      const { request, path } = ADMIN_OPERATIONS.find((one) => one.operationId === operationId) ?? {};
      const body = BODIES[operationId] ?? (request === undefined ? undefined : {});
      const question = { params: { connection: 'company-oci' }, body };
      expect((await ask(operationId, { ...question, ifMatch: null })).json().error.code).toBe('VERSION_MISSING');
      for (const ifMatch of ['"999999"', 'abc']) {
        const answer = await ask(operationId, { ...question, ifMatch });
        expect([path, answer.status, answer.json().error.code]).toEqual([path, 412, 'VERSION_CONFLICT']);
      }
    },
  );

  it('onboards a buyer, who calls up with the secret that is shown once', async () => {
    const idempotency = { 'idempotency-key': randomUUID() };
    const body = { ...WISH, connection_id: 'onboarded', credentials: [{ domain: 'NetworkId', identity }] };
    const first = await ask('adminCreateConnection', { body, headers: idempotency });
    const { secret } = first.json().data;
    expect([first.status, first.headers['etag']]).toEqual([201, `"${first.json().data.version}"`]);
    expect(await callUp(secret)).toBe('200');
    const repeated = await ask('adminCreateConnection', { body, headers: idempotency });
    expect([repeated.status, repeated.headers['idempotent-replayed'], repeated.json().data.secret]).toEqual([
      201,
      'true',
      null,
    ]);
    expect((await ask('adminCreateConnection', { body })).status).toBe(409);
    const all = await Promise.all([
      ask('adminListConnections', { query: '?limit=100' }),
      ask('adminGetConnection', { params: { connection: 'onboarded' } }),
    ]);
    expect(all.map(({ text }) => text.includes(secret))).toEqual([false, false]);
    expect(await shop().knex('audit').where('event', 'connection-created').select('actor')).toContainEqual({
      actor: 'key:demo-admin',
    });
  });

  it('a disabled connection is refused like an unknown one, with a note in the message log', async () => {
    const name = `AN-${randomUUID()}`;
    const created = await made('paused', { credentials: [{ domain: 'NetworkId', identity: name }] });
    const { secret } = created.json().data;
    expect(await callUp(secret, name)).toBe('200');
    const question = { params: { connection: 'paused' }, ifMatch: created.headers['etag'] };
    const disabled = await ask('adminChangeConnection', { ...question, body: { disabled: true } });
    expect(disabled.json().data).toMatchObject({ disabled: true, disabled_at: expect.any(String) });
    const [known, unknown] = await Promise.all(
      [name, `AN-${randomUUID()}`].map((one) => postXml(shop().browser(), setupXml({ identity: one, secret }))),
    );
    expect([cxmlStatus(known!).code, cxmlStatus(known!)]).toEqual(['401', cxmlStatus(unknown!)]);
    const refused = await shop()
      .browser()
      .get('/v1/punchout/messages?limit=20', { authorization: 'Bearer demo-api-key' });
    expect(refused.text).toContain('From: connection paused is disabled');
    await ask('adminChangeConnection', { params: question.params, body: { disabled: false } });
    expect(await callUp(secret, name)).toBe('200');
  });

  it('two secrets live side by side; a revoked one is refused at once', async () => {
    const name = `AN-${randomUUID()}`;
    const created = (await made('rotated', { credentials: [{ domain: 'NetworkId', identity: name }] })).json().data;
    const params = { connection: 'rotated' };
    const given = { secret: 'given-by-the-buyer-12345' };
    const added = await ask('adminAddSecret', { params, ifMatch: `"${created.version}"`, body: given });
    expect([added.status, added.json().data.secret, added.text.includes(given.secret)]).toEqual([201, null, false]);
    // A repeat for the same version is no third secret.
    expect((await ask('adminAddSecret', { params, ifMatch: `"${created.version}"`, body: {} })).status).toBe(412);
    expect([await callUp(created.secret, name), await callUp(given.secret, name)]).toEqual(['200', '200']);
    const older = created.secrets[0].secret_id;
    const revoked = await ask('adminRevokeSecret', { params: { ...params, secret: older } });
    expect(revoked.json().data.secrets.map((one: { secret_id: string }) => one.secret_id)).not.toContain(older);
    expect([await callUp(created.secret, name), await callUp(given.secret, name)]).toEqual(['401', '200']);
    expect((await ask('adminRevokeSecret', { params: { ...params, secret: older } })).status).toBe(404);
  });

  it('of changes at the same time one wins, the others get 412 and change nothing', async () => {
    const { version } = (await made('raced')).json().data;
    const answers = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) =>
        ask('adminChangeConnection', { params: { connection: 'raced' }, ifMatch: `"${version}"`, body: { name } }),
      ),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412', '412', '412']);
    const won = answers.find(({ status }) => status === 200)?.json().data.name;
    expect((await ask('adminGetConnection', { params: { connection: 'raced' } })).json().data.name).toBe(won);
  });

  it('settings are merged; a fault names its place; connections page by id', async () => {
    await made('merged');
    const params = { connection: 'merged' };
    const changed = await ask('adminChangeConnection', { params, body: { settings: { units: { PCE: 'EA' } } } });
    expect(changed.json().data.given_settings).toEqual({ ...WISH.settings, units: { PCE: 'EA' } });
    const fault = await ask('adminChangeConnection', { params, body: { settings: { unitz: {} } } });
    expect([fault.status, fault.json().error.details.error]).toEqual([400, expect.stringContaining('unitz')]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Json = (
        await ask('adminListConnections', { query: `?limit=2${cursor && `&cursor=${cursor}`}` })
      ).json().data;
      seen.push(...page.connections.map((one: { connection_id: string }) => one.connection_id));
      cursor = page.pagination.next_cursor;
    }
    expect(seen).toEqual([...new Set(seen)].toSorted());
    expect(seen).toEqual(expect.arrayContaining(['merged', 'company-oci']));
  });

  it('credentials are added and removed; a connection without live sessions is removed', async () => {
    await made('removed');
    const params = { connection: 'removed' };
    const added = await ask('adminAddCredential', { params, body: { domain: 'DUNS', identity: 'X-1' } });
    const [credential] = added.json().data.credentials;
    expect(credential).toMatchObject({ domain: 'DUNS', identity: 'X-1' });
    const question = { params: { ...params, credential: credential.credential_id } };
    expect((await ask('adminRemoveCredential', question)).json().data.credentials).toEqual([]);
    expect((await ask('adminRemoveConnection', { params })).json().data).toEqual({ removed: true });
    expect((await ask('adminGetConnection', { params })).status).toBe(404);
  });

  it('tenant settings by version; keys are made, rotated and revoked', async () => {
    const before = await ask('adminGetTenant');
    const ifMatch = before.headers['etag'];
    const changed = await ask('adminChangeTenant', { ifMatch, body: { settings: { currency: 'CHF' } } });
    expect(changed.json().data.settings).toMatchObject({ frontendOrigins: [], currency: 'CHF' });
    expect((await ask('adminChangeTenant', { ifMatch, body: { name: 'Late' } })).status).toBe(412);
    for (const name of [' ', 'x'.repeat(201)]) {
      const refused = await ask('adminChangeTenant', { body: { name } });
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('A name has 1 to 200 characters.')]);
    }
    await ask('adminChangeTenant', { body: { settings: { currency: null } } });

    const created = (await ask('adminCreateKey', { body: { name: 'Ops', scopes: ['admin'] } })).json().data;
    expect((await send(shop(), 'adminGetTenant', { key: created.key })).status).toBe(200);
    const rotated = (await ask('adminRotateKey', { params: { key: created.key_id }, body: { grace_days: 1 } })).json()
      .data;
    const keys = (await ask('adminListKeys')).json().data.keys as { key_id: string; state: string }[];
    expect(keys.find(({ key_id }) => key_id === created.key_id)?.state).toBe('expiring');
    expect(JSON.stringify(keys)).not.toContain(rotated.key);
    await ask('adminRevokeKey', { params: { key: rotated.key_id } });
    expect((await send(shop(), 'adminGetTenant', { key: rotated.key })).status).toBe(401);
    expect((await ask('adminRevokeKey', { params: { key: rotated.key_id } })).status).toBe(404);
  });

  it('the client has a method for each operation, and carries versions and secrets', async () => {
    const methods: string[] = [];
    for (let calls: object = AdminCalls.prototype; calls !== Object.prototype; calls = Object.getPrototypeOf(calls))
      methods.push(...Object.getOwnPropertyNames(calls).filter((name) => name !== 'constructor'));
    const wanted = ADMIN_OPERATIONS.map(({ operationId }) =>
      operationId.replace(/^admin(.)/, (_, letter: string) => letter.toLowerCase()),
    );
    // followEvents is a loop over listEvents, readIndexFile one over getIndexFile; listIndexPushes reads getIndexPush.
    const loops = [
      ...wanted.filter((name) => name !== 'getIndexFile'),
      'readIndexFile',
      'followEvents',
      'listIndexPushes',
    ];
    expect(methods.toSorted()).toEqual(loops.toSorted());
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop().url, language: 'en', maxRetries: 0 });
    const units = { box_of_ten: 'BX' };
    const made = await admin.createConnection({
      connectionId: 'by-client',
      name: 'By client',
      protocol: 'oci',
      settings: { returnOrigins: ['https://erp.example.com'], units },
      credentials: [{ identity: randomUUID() }],
      secret: {},
    });
    expect([made.secret?.length, made.createdAt instanceof Date, made.givenSettings['units']]).toEqual([
      43,
      true,
      units,
    ]);
    const { version } = await admin.changeConnection('by-client', made.version, { disabled: true });
    await expect(admin.changeConnection('by-client', made.version, { name: 'Late' })).rejects.toMatchObject({
      code: 'VERSION_CONFLICT',
      status: 412,
    });
    const secrets = await admin.addSecret('by-client', version, { secret: 'given-by-the-buyer' });
    expect([secrets.secret, secrets.secrets.length]).toEqual([null, 2]);
    const names: string[] = [];
    for await (const { connectionId } of admin.listConnections()) names.push(connectionId);
    expect(names).toContain('by-client');
    await admin.removeConnection('by-client', '*');
    await expect(admin.getConnection('by-client')).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    const sessions = [];
    for await (const session of admin.searchSessions({ connection: 'company-oci' })) sessions.push(session);
    expect(sessions).toEqual([]);
  });
});

/** Bodies that fit, for operations whose body must hold something. */
const BODIES: Record<string, object> = {
  adminChangeConnection: { name: 'X' },
  adminChangeTenant: { name: 'X' },
  adminAddCredential: { identity: 'x' },
};
