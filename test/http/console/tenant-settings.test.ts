import { beforeAll, expect, it } from '@jest/globals';
import { tenantFields } from '../../../src/config/setting-fields.js';
import { TENANT_SCHEMA } from '../../../src/config/tenant-settings.js';
import { TEXTS } from '../../../src/console/pages/tenant/texts.js';
import type { Tenant } from '../../../src/domain/access/tenant.js';
import { describeShop } from '../../support/running-shop.js';
import { plain } from '../../support/web-client.js';
import { PASSWORD, addOperators, emailOf, type Operating, signedIn } from './console-visitor.js';

const PATH = '/access/tenant';
const KEY = { kid: 'k1', alg: 'ES256', kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ' };

describeShop('the settings of the tenant in the console', {}, (shop) => {
  let owner: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    owner = await signedIn(shop(), emailOf('owner'));
  });
  const entry = async (tenantId = 'demo'): Promise<Tenant & { version: number }> => {
    const found = await shop().connector.directory.tenants.entry(tenantId);
    if (found === undefined) throw new Error('no tenant');
    return found;
  };
  const save = async (fields: Record<string, string>, { path = PATH, version = 0 } = {}) =>
    owner.post(path, { version: String(version === 0 ? (await entry()).version : version), ...fields });
  const partOf = (html: string, path: string): string =>
    html.split('<div class="setting">').find((part) => part.includes(`>${path}</label>`)) ?? '';
  const valueOf = (html: string, path: string): string =>
    plain(/<textarea[^>]*>([^<]*)</.exec(partOf(html, path))?.[1] ?? '');

  it('has a field for each setting of the schema, explained in every language', () => {
    const paths = tenantFields().map(({ path }) => path);
    for (const name of Object.keys(TENANT_SCHEMA.properties))
      expect(paths.some((path) => path === name || path.startsWith(`${name}.`))).toBe(true);
    for (const { fields } of Object.values(TEXTS)) expect(Object.keys(fields).toSorted()).toEqual(paths.toSorted());
  });

  it('is linked from Access, and shows what is set and the defaults', async () => {
    expect((await owner.get('/access')).text).toContain(`/console${PATH}"`);
    const page = (await owner.get(PATH)).text;
    expect(partOf(page, 'messageDays')).toMatch(/From 1 to 400.*default.*In force: 30/s);
    expect(partOf(page, 'connectionDefaults.idleMinutes')).toMatch(/default.*In force: 60/s);
    expect(partOf(page, 'orderSteps')).toContain('<textarea');
  });

  it('saves name and settings; what was not edited stays; the audit says who', async () => {
    const { name, settings } = await entry();
    const saved = await save({
      'saved:tenant_name': name,
      tenant_name: ' Demo Tools ',
      messageDays: '60',
      frontendOrigins: 'https://shop.example.com\r\n https://www.example.com ',
      customerKeys: JSON.stringify([KEY]),
      'connectionDefaults.idleMinutes': '45',
    });
    expect([saved.status, saved.location]).toEqual([303, `${shop().url}/console${PATH}?done=1`]);
    expect((await owner.get(`${PATH}?done=1`)).text).toContain('Saved.');
    expect(await entry()).toMatchObject({
      name: 'Demo Tools',
      settings: {
        ...settings,
        messageDays: 60,
        frontendOrigins: ['https://shop.example.com', 'https://www.example.com'],
        customerKeys: [KEY],
        connectionDefaults: { idleMinutes: 45 },
      },
    });
    const [row] = await shop().knex('audit').where({ event: 'tenant-changed' }).orderBy('audit_id', 'desc').limit(1);
    expect([row.actor, row.details.version]).toEqual([`operator:${emailOf('owner')}`, String((await entry()).version)]);
    expect(row.details.changes).toContain('"settings.messageDays"');
    expect((await save({ messageDays: '' })).status).toBe(303);
    expect((await entry()).settings).not.toHaveProperty('messageDays');
  });

  it('faults stand at their settings; a private key is refused', async () => {
    const before = await entry();
    const page = await save({
      currency: 'euro',
      orderSteps: '{"open":["sent"]}',
      customerKeys: JSON.stringify([{ ...KEY, d: 'secret' }]),
      'connectionDefaults.allowedAddresses': '10.0.0.0/99',
    });
    expect(page.status).toBe(400);
    for (const path of ['currency', 'orderSteps', 'customerKeys', 'connectionDefaults.allowedAddresses'])
      expect(partOf(page.text, path)).toContain('class="fault"');
    expect(partOf(page.text, 'customerKeys')).toContain('private part of a key');
    expect((await save({ customerKeys: '[{]' })).text).toContain('This is not JSON');
    for (const name of [' ', 'x'.repeat(201)])
      expect((await save({ tenant_name: name })).text).toContain('A name has 1 to 200 characters.');
    expect(await entry()).toEqual(before);
  });

  it('the JSON replaces all; an unknown name is told the one that was meant', async () => {
    const path = `${PATH}/json`;
    expect((await save({ json: '{"mesageDays":3}' }, { path })).text).toContain('did you mean messageDays?');
    expect((await save({ json: '{"cartDays":30}' }, { path })).status).toBe(303);
    expect((await entry()).settings).toEqual({ cartDays: 30, frontendOrigins: [] });
  });

  it('who comes second is told what was changed; saving again keeps it', async () => {
    const { version } = await entry();
    expect((await save({ cartDays: '20', currency: 'CHF' })).status).toBe(303);
    const mine = { messageDays: '7', 'saved:messageDays': '', cartDays: '30', 'saved:cartDays': '30' };
    const lost = await save(mine, { version });
    expect(lost.status).toBe(409);
    expect(lost.text).toMatch(/somebody else has changed.*What they changed.*cartDays.*30.*20/s);
    expect(valueOf(lost.text, 'orderSteps')).toBe('');
    expect(partOf(lost.text, 'messageDays')).toContain('value="7"');
    expect(partOf(lost.text, 'cartDays')).toContain('value="20"');
    const again = { ...mine, cartDays: '20', 'saved:cartDays': '20' };
    expect((await save(again)).status).toBe(303);
    expect((await entry()).settings).toMatchObject({ cartDays: 20, currency: 'CHF', messageDays: 7 });
  });

  it('a change asks for the own password after ten minutes, and the entries stay', async () => {
    await shop().knex.raw(`update operator_sign_in set proven_at = now() - interval '11 minutes'`);
    const { version } = await entry();
    expect((await owner.get(PATH)).text).toContain('name="own_password"');
    const refused = await save({ cartDays: '10' });
    expect([refused.status, partOf(refused.text, 'cartDays')]).toEqual([403, expect.stringContaining('value="10"')]);
    const json = JSON.stringify({ cartDays: 10 });
    expect((await save({ json, own_password: 'wrong' }, { path: `${PATH}/json` })).status).toBe(403);
    expect((await entry()).version).toBe(version);
    expect((await save({ cartDays: '10', own_password: PASSWORD })).status).toBe(303);
    expect((await entry()).settings.cartDays).toBe(10);
  });

  it('a form on another site changes nothing, and no other tenant is changed', async () => {
    const before = await entry();
    for (const path of [PATH, `${PATH}/json`]) {
      const fields = { version: String(before.version), cartDays: '1', json: '{"cartDays":1}' };
      expect((await owner.post(path, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await owner.post(path, { ...fields, form_token: 'x' })).status).toBe(403);
    }
    expect(await entry()).toEqual(before);
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await rival.post(PATH, { version: String((await entry('rival')).version), cartDays: '5' })).status).toBe(
      303,
    );
    expect([await entry(), (await entry('rival')).settings.cartDays]).toEqual([before, 5]);
  });
});
