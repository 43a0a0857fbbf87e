import { beforeAll, expect, it } from '@jest/globals';
import { connectionFields } from '../../../src/config/setting-fields.js';
import { CONNECTION_SCHEMA } from '../../../src/config/connection-settings.js';
import { TEXTS } from '../../../src/console/pages/settings/texts.js';
import { PROTOCOLS } from '../../../src/domain/transmission/protocol.js';
import { describeShop } from '../../support/running-shop.js';
import { plain } from '../../support/web-client.js';
import { addOperators, emailOf, type Operating, signedIn } from './console-visitor.js';

const PATH = '/connections/buyer-one/settings';

describeShop('the settings page', {}, (shop) => {
  let engineer: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    engineer = await signedIn(shop(), emailOf('engineer'));
    await shop().onboard({ connectionId: 'buyer-one' });
    await save({ json: '{"returnOrigins":["https://erp.new.example"]}' }, `${PATH}/json`);
  });
  const entry = async () => {
    const found = await shop().connector.directory.connections.entry('demo', 'buyer-one');
    if (found === undefined) throw new Error('no connection');
    return found;
  };
  const save = async (fields: Record<string, string>, path = PATH, version?: number) =>
    engineer.post(path, { version: String(version ?? (await entry()).version), ...fields });
  /** What a browser would send for the form: line ends are \r\n. */
  const formOf = (html: string): Record<string, string> => {
    const form = /<form[^>]*\/settings(?:\/json)?">([\s\S]*?)<\/form>/.exec(html)?.[1] ?? '';
    const fields: Record<string, string> = {};
    for (const [, tag = ''] of form.matchAll(/<input([^>]*)>/g))
      fields[/ name="([^"]*)"/.exec(tag)?.[1] ?? ''] = plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
    for (const [, name = '', value = ''] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g))
      fields[name] = plain(value);
    for (const [, name = '', options = ''] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
      fields[name] = plain(/<option(?=[^>]* selected)[^>]* value="([^"]*)"/.exec(options)?.[1] ?? '');
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.replace(/\r?\n/g, '\r\n')]));
  };
  /** The part of the page about one setting. */
  const partOf = (html: string, path: string): string =>
    html.split('<div class="setting">').find((part) => part.includes(`>${path}</label>`)) ?? '';

  it('has a field for each setting of the schema, explained in every language', () => {
    const paths = new Set(PROTOCOLS.flatMap((protocol) => connectionFields(protocol).map(({ path }) => path)));
    for (const name of Object.keys(CONNECTION_SCHEMA.properties).filter((each) => each !== 'mapping'))
      expect([...paths].some((path) => path === name || path.startsWith(`${name}.`))).toBe(true);
    for (const { fields } of Object.values(TEXTS))
      expect(Object.keys(fields).toSorted()).toEqual([...paths].toSorted());
  });

  it('each value says who has set it: here, the profile, the tenant, nobody', async () => {
    const { tenants } = shop().connector.directory;
    const tenant = await tenants.find('demo');
    if (tenant === undefined) throw new Error('no tenant');
    await tenants.save({ ...tenant, settings: { ...tenant.settings, connectionDefaults: { idleMinutes: 45 } } });
    const page = (await engineer.get(PATH)).text;
    expect(partOf(page, 'returnOrigins')).toContain('set here');
    expect(partOf(page, 'idleMinutes')).toMatch(/from the tenant.*In force: 45/s);
    expect(partOf(page, 'cxml.version')).toMatch(/default.*In force: 1\.2\.014/s);
    const { connections } = shop().connector.directory;
    const sap = (await connections.list('demo')).find(({ protocol }) => protocol === 'oci');
    const given = { returnOrigins: sap?.settings.returnOrigins, profile: 'sap-oci4' };
    const changed = await engineer.post(`/connections/${sap?.connectionId}/settings/json`, {
      version: String((await connections.entry('demo', sap?.connectionId ?? ''))?.version),
      json: JSON.stringify(given),
    });
    expect(changed.status).toBe(303);
    const oci = (await engineer.get(`/connections/${sap?.connectionId}/settings`)).text;
    expect(partOf(oci, 'profile')).toContain('set here');
    expect(partOf(oci, 'oci.alwaysPassThrough')).toMatch(/from the profile.*In force: yes/s);
  });

  it('saves what was changed and nothing else; an emptied field takes a setting back', async () => {
    const before = await entry();
    expect((await save({ 'cxml.version': '1.2.050', units: 'PCE = EA\r\n BX=BOX ', idleMinutes: '30' })).status).toBe(
      303,
    );
    expect((await entry()).given).toEqual({
      ...before.given,
      cxml: { version: '1.2.050' },
      units: { PCE: 'EA', BX: 'BOX' },
      idleMinutes: 30,
    });
    expect((await save({ 'cxml.version': '', units: 'PCE = EA', idleMinutes: '' })).status).toBe(303);
    expect((await entry()).given).toEqual({ ...before.given, units: { PCE: 'EA' } });
    const { version } = await entry();
    expect((await save({ units: 'PCE = EA' })).status).toBe(303);
    expect((await entry()).version).toBe(version);
  });

  it('faults stand at their fields, and the entries stay in the form', async () => {
    const page = await save({ idleMinutes: '2', currency: 'euro', units: 'PCE EA', 'cxml.supplier': '{"domain"' });
    expect(page.status).toBe(400);
    expect(partOf(page.text, 'units')).toContain('Line 1: Write a pair with an equals sign');
    expect(partOf(page.text, 'cxml.supplier')).toContain('This is not JSON');
    expect(partOf(page.text, 'currency')).toContain('value="euro"');
    const schema = await save({ idleMinutes: '2', currency: 'euro' });
    expect(partOf(schema.text, 'idleMinutes')).toMatch(/class="fault"[^>]*>must be &gt;= 5|must be >= 5/);
    expect(partOf(schema.text, 'currency')).toContain('class="fault"');
  });

  it('the JSON: a fault has its place; an unknown name the one that was meant; what fits is saved', async () => {
    const broken = await save({ json: '{\n  "returnOrigins": ["https://a.example"],\n}' }, `${PATH}/json`);
    expect([broken.status, broken.text]).toEqual([400, expect.stringMatching(/line 3, column 1/)]);
    const mistyped = await save(
      { json: '{"returnOrigins":["https://a.example"],"unit":{"PCE":"EA"}}' },
      `${PATH}/json`,
    );
    expect(mistyped.text).toContain('did you mean units?');
    const given = { returnOrigins: ['https://a.example'], language: 'de' };
    expect((await save({ json: JSON.stringify(given) }, `${PATH}/json`)).status).toBe(303);
    expect((await entry()).given).toEqual(given);
  });

  it('who comes second is told, and keeps the entries', async () => {
    const { version } = await entry();
    const page = await save({ currency: 'EUR' }, PATH, version - 1);
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('somebody else has changed')]);
    expect(partOf(page.text, 'currency')).toContain('value="EUR"');
    expect((await entry()).version).toBe(version);
  });

  it('saving after a conflict keeps what others changed in fields that were not edited', async () => {
    const given = { returnOrigins: ['https://a.example'], language: 'de', units: { PCE: 'EA', BX: 'BOX' } };
    expect((await save({ json: JSON.stringify(given) }, `${PATH}/json`)).status).toBe(303);
    const form = formOf((await engineer.get(PATH)).text);
    const theirs = { ...given, language: 'fr', units: { PCE: 'C62', BX: 'BOX' }, idleMinutes: 30 };
    expect((await save({ json: JSON.stringify(theirs) }, `${PATH}/json`)).status).toBe(303);
    const lost = await engineer.post(PATH, { ...form, currency: 'EUR', language: 'it' });
    expect(lost.status).toBe(409);
    const again = formOf(lost.text);
    expect(again).toMatchObject({ currency: 'EUR', language: 'it', units: 'PCE = C62\r\nBX = BOX', idleMinutes: '30' });
    expect((await engineer.post(PATH, again)).status).toBe(303);
    expect((await entry()).given).toEqual({ ...theirs, currency: 'EUR', language: 'it' });
  });

  it('entries survive a faulty save and a conflict; an emptied field stays emptied', async () => {
    const given = { returnOrigins: ['https://a.example'], language: 'de', currency: 'EUR', units: { PCE: 'EA' } };
    expect((await save({ json: JSON.stringify(given) }, `${PATH}/json`)).status).toBe(303);
    const form = formOf((await engineer.get(PATH)).text);
    const faulty = await engineer.post(PATH, { ...form, language: '', idleMinutes: '2' });
    expect(faulty.status).toBe(400);
    const theirs = { ...given, currency: 'CHF' };
    expect((await save({ json: JSON.stringify(theirs) }, `${PATH}/json`)).status).toBe(303);
    const lost = await engineer.post(PATH, { ...formOf(faulty.text), idleMinutes: '20' });
    expect([lost.status, formOf(lost.text)]).toMatchObject([409, { language: '', currency: 'CHF' }]);
    expect((await engineer.post(PATH, formOf(lost.text))).status).toBe(303);
    const { language: _language, ...kept } = theirs;
    expect((await entry()).given).toEqual({ ...kept, idleMinutes: 20 });
  });

  it('the JSON keeps what others changed meanwhile, shows both, and replaces nothing unseen', async () => {
    const given = { returnOrigins: ['https://a.example'], language: 'de', currency: 'EUR', units: { PCE: 'EA' } };
    expect((await save({ json: JSON.stringify(given) }, `${PATH}/json`)).status).toBe(303);
    const jsonForm = (html: string) => formOf(html.replaceAll(/<form(?![^>]*\/json">)[\s\S]*?<\/form>/g, ''));
    const form = jsonForm((await engineer.get(PATH)).text);
    const theirs = { ...given, language: 'fr', units: { PCE: 'EA', BX: 'BOX' }, idleMinutes: 30 };
    const { currency: _, ...mine } = { ...given, language: 'it', units: { PCE: 'C62' } };
    const faulty = await engineer.post(`${PATH}/json`, { ...form, json: JSON.stringify({ ...mine, idleMinutes: 2 }) });
    expect((await save({ json: JSON.stringify(theirs) }, `${PATH}/json`)).status).toBe(303);
    const broken = await engineer.post(`${PATH}/json`, { ...jsonForm(faulty.text), json: '{,' });
    expect([faulty.status, broken.status]).toEqual([400, 400]);
    const lost = await engineer.post(`${PATH}/json`, { ...jsonForm(broken.text), json: JSON.stringify(mine) });
    expect([lost.status, (await entry()).given]).toEqual([409, theirs]);
    expect(lost.text).toMatch(/What they changed.*language.*de.*fr/s);
    const merged = { ...mine, units: { PCE: 'C62', BX: 'BOX' }, idleMinutes: 30 };
    const again = jsonForm(lost.text);
    expect(JSON.parse(again['json'] ?? '')).toEqual(merged);
    expect((await engineer.post(`${PATH}/json`, again)).status).toBe(303);
    expect((await entry()).given).toEqual(merged);
  });

  it('a viewer reads the settings and changes none', async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const page = await viewer.get(PATH);
    expect([page.status, page.text.match(/<fieldset[^>]* disabled/g)?.length]).toEqual([200, 2]);
    expect(page.text).not.toContain('>Save</button>');
  });
});
