import { beforeAll, expect, it } from '@jest/globals';
import { SESSION, put, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';
import { addOperators, emailOf, type Operating, signedIn } from './console-visitor.js';

const PATH = '/connections/company-cxml/mapping';

describeShop('the mapping page', {}, (shop) => {
  let engineer: Operating;
  let session = '';
  beforeAll(async () => {
    await addOperators(shop());
    engineer = await signedIn(shop(), emailOf('engineer'));
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    await client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    session = transmissionId;
  });

  const entry = async () => {
    const found = await shop().connector.directory.connections.entry('demo', 'company-cxml');
    if (found === undefined) throw new Error('no connection');
    return found;
  };
  const formOf = (html: string): Record<string, string> => {
    const fields: Record<string, string> = {};
    const text = (value: string): string =>
      value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    for (const [, tag = ''] of html.matchAll(/<input([^>]*)>/g)) {
      const name = / name="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined && !tag.includes('checkbox')) fields[name] = text(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name = '', value = ''] of html.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g))
      fields[name] = text(value);
    delete fields['q'];
    return fields;
  };
  const rule = (target: string, sources: string, transforms = '', fixed = '') => ({
    rows: '1',
    ...{ 'target.0': target, 'sources.0': sources, 'transforms.0': transforms, 'fixed.0': fixed },
  });
  const edit = async (fields: Record<string, string>, of?: number) =>
    engineer.post(PATH, { version: String(of ?? (await entry()).version), cart: session, ...fields });

  /** What the script takes from an answer. */
  const previewOf = (html: string): string =>
    html.slice(html.indexOf('<div id="preview"'), html.indexOf('</section></div>'));

  it('shows the document of a cart that was sent, and of the sample', async () => {
    const sample = await engineer.get(PATH);
    expect([sample.status, sample.text]).toEqual([200, expect.stringContaining('PREVIEW-COOKIE')]);
    expect(previewOf(sample.text)).toContain('PREVIEW-COOKIE');
    expect(sample.headers['content-security-policy']).toContain("connect-src 'self'");
    const [, script = ''] =
      /<script src="([^"]*\/preview\.[0-9a-f]{16}\.js)" nonce="[^"]+" defer>/.exec(sample.text) ?? [];
    expect((await engineer.browser.get(script.slice(shop().prefix.length))).headers['content-type']).toContain(
      'javascript',
    );
    expect(sample.text).toContain(session);
    const real = await engineer.get(`${PATH}?cart=${session}`);
    expect(real.text).toContain('BUYER_COOKIE_123');
    const unknown = await engineer.get(`${PATH}?cart=demo_aaaaaaaaaaaaaaaaaaaaaaaaaa`);
    expect(previewOf(unknown.text)).toContain('not kept');
  });

  it('rows are added, moved and removed in the form; nothing is stored', async () => {
    const { version } = await entry();
    const one = await edit({ ...rule('Extrinsic.A', 'line.sku'), do: 'add' });
    const two = await edit({
      ...formOf(one.text),
      ...{ 'target.1': 'Extrinsic.B', 'sources.1': 'line.name\nline.sku', 'transforms.1': 'upper\ncut 5', do: 'show' },
    });
    expect(two.text).toContain('Extrinsic.B</strong>');
    const moved = await edit({ ...formOf(two.text), do: 'up.1' });
    expect(formOf(moved.text)).toMatchObject({ rows: '2', 'target.0': 'Extrinsic.B', 'target.1': 'Extrinsic.A' });
    expect(moved.text.indexOf('>Extrinsic.B<')).toBeLessThan(moved.text.indexOf('>Extrinsic.A<'));
    const removed = await edit({ ...formOf(moved.text), do: 'remove.0' });
    expect(formOf(removed.text)).toMatchObject({ rows: '1', 'target.0': 'Extrinsic.A' });
    expect((await entry()).version).toBe(version);
  });

  it('a fault stands at its row, with what was most likely meant', async () => {
    const mistyped = await edit({ ...rule('Extrinsic.A', 'line.skuu', 'uper'), do: 'show' });
    expect(mistyped.text).toMatch(/did you mean "upper"\?|did you mean &quot;upper&quot;\?/);
    const source = await edit({ ...rule('Extrinsic.A', 'line.skuu'), do: 'show' });
    expect(source.text).toContain('did you mean line.sku?');
    const field = await edit({ ...rule('Descripton', 'line.sku'), do: 'show' });
    expect(field.text).toContain('did you mean Description?');
    for (const page of [mistyped, source, field]) expect(page.text).toMatch(/<details class="rule" open/);
    expect(previewOf(source.text)).toContain('Extrinsic.A, Sources: is no source path; did you mean line.sku?');
  });

  it('is saved after the replay of exactly these edits was seen, and not before', async () => {
    const edits = rule('Extrinsic.Number', 'line.sku', 'lower');
    const early = await edit({ ...edits, do: 'save' });
    expect([early.status, early.text]).toEqual([400, expect.stringContaining('Not saved: replay these edits first')]);
    const replayed = await edit({ ...edits, do: 'replay' });
    expect(replayed.status).toBe(200);
    expect(replayed.text).toMatch(/Changes in (\d+) of \1 carts?\./);
    expect(replayed.text).toContain('<ins class="l"');
    expect(replayed.text).toContain('sku-001');
    const { seen = '' } = formOf(replayed.text);
    expect(seen).toMatch(/^[0-9a-f]{64}$/);
    const other = await edit({ ...rule('Extrinsic.Number', 'line.sku', 'upper'), seen, do: 'save' });
    expect(other.status).toBe(400);
    expect((await entry()).given).not.toMatchObject({ mapping: { cxml: { 'Extrinsic.Number': {} } } });
    const saved = await edit({ ...edits, seen, do: 'save' });
    expect([saved.status, saved.location]).toEqual([303, expect.stringContaining('/mapping?done=1')]);
    expect((await entry()).given).toMatchObject({
      mapping: { cxml: { 'Extrinsic.Number': { from: 'line.sku', transforms: ['lower'] } } },
    });
    const [row] = await shop()
      .knex('audit')
      .where({ event: 'connection-changed' })
      .orderBy('audit_id', 'desc')
      .limit(1);
    expect(row.actor).toBe(`operator:${emailOf('engineer')}`);
  });

  it('is saved unseen where that is said; the rules keep their order', async () => {
    const both = (first: string, second: string) => ({
      rows: '2',
      ...{ 'target.0': first, 'sources.0': 'line.sku', 'transforms.0': '', 'fixed.0': '' },
      ...{ 'target.1': second, 'sources.1': 'line.sku', 'transforms.1': '', 'fixed.1': '' },
    });
    const orderOf = async () => Object.keys((await entry()).settings.mapping?.cxml ?? {});
    expect((await edit({ ...both('Extrinsic.Longer', 'Extrinsic.A'), unseen: '1', do: 'save' })).status).toBe(303);
    expect(await orderOf()).toEqual(['Extrinsic.Longer', 'Extrinsic.A']);
    expect((await edit({ ...both('Extrinsic.A', 'Extrinsic.Longer'), unseen: '1', do: 'save' })).status).toBe(303);
    expect(await orderOf()).toEqual(['Extrinsic.A', 'Extrinsic.Longer']);
  });

  it('who comes second is told, keeps the edits, and must see the replay again', async () => {
    const { version } = await entry();
    const edits = rule('Extrinsic.Mine', 'line.sku');
    const replayed = await edit({ ...edits, do: 'replay' });
    await shop().connector.directory.connections.save(await entry(), (await entry()).given);
    const { seen = '' } = formOf(replayed.text);
    const lost = await edit({ ...edits, seen, do: 'save' }, version);
    expect([lost.status, lost.text]).toEqual([409, expect.stringContaining('somebody else has changed')]);
    expect(formOf(lost.text)).toMatchObject({ 'target.0': 'Extrinsic.Mine', version: String((await entry()).version) });
    expect((await edit({ ...edits, seen, do: 'save' })).status).toBe(400);
  });

  it("a profile's rules are shown, and taken over to change them", async () => {
    await shop().onboard({ connectionId: 'on-ariba' });
    const json = JSON.stringify({ returnOrigins: ['https://s1.ariba.com'], profile: 'ariba' });
    const saved = await engineer.get('/connections/on-ariba/settings');
    const [, version = ''] = /name="version" value="(\d+)"/.exec(saved.text) ?? [];
    expect((await engineer.post('/connections/on-ariba/settings/json', { version, json })).status).toBe(303);
    const of = '/connections/on-ariba/mapping';
    const shown = await engineer.get(of);
    expect(shown.text).toContain('From the profile SAP Ariba');
    const taken = await engineer.post(of, { version: '1', rows: '0', do: 'take.Description' });
    expect(formOf(taken.text)).toMatchObject({
      rows: '1',
      'target.0': 'Description',
      'sources.0': 'line.description\nline.name',
      'transforms.0': 'trim\ncut 2000 bytes',
    });
    expect(taken.text).not.toContain('From the profile SAP Ariba');
  });
});
