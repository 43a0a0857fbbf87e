import { beforeAll, expect, it } from '@jest/globals';
import { auditChain } from '../../../src/adapters/postgres/history/audit-chain.js';
import { postXml, setupXml } from '../../support/call-ups.js';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

/** Rows of the audit's table, without markup. */
function linesOf(page: string): string[] {
  const body = /<tbody.*?<\/tbody>/s.exec(page)?.[0] ?? '';
  return body
    .split('<tr')
    .slice(1)
    .map((row) =>
      row
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll('&quot;', '"')
        .replaceAll(/\s+/g, ' '),
    );
}

async function add(shop: RunningShop, event: string, details: object, daysAgo = 0): Promise<void> {
  await shop.knex.raw(
    `insert into audit (tenant_id, transmission_id, event, actor, details, at)
       values ('demo', '', ?, 'key:robot', ?, now() - ? * interval '1 day')`,
    [event, JSON.stringify(details), daysAgo],
  );
}

describeShop('the audit in the console', {}, (shop) => {
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    const owner = await signedIn(shop(), emailOf('owner'));
    await owner.post(`/operators/${idOf('viewer')}/role`, { role: 'engineer' });
    await owner.post(`/operators/${idOf('viewer')}/role`, { role: 'viewer' });
    await postXml(shop().browser(), setupXml());
  });

  it('tells who changed what, with the value before and after; steps of sessions are left out', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    await add(shop(), 'tenant-changed', {
      changes: JSON.stringify([{ path: 'settings.currency', before: 'EUR', after: 'USD' }]),
    });
    const { text } = await engineer.get('/audit');
    const lines = linesOf(text);
    expect(lines.find((line) => line.includes('settings of the tenant changed'))).toMatch(
      /key:robot settings of the tenant changed settings\.currency: "EUR" → "USD"/,
    );
    const role = lines.find((line) => line.includes('role of an operator changed'));
    expect(role).toContain(` ${emailOf('owner')} `);
    expect(role).toContain('engineer → viewer');
    expect(text).not.toContain('>setup<');
    expect((await shop().knex('audit').whereNot('transmission_id', '')).length).toBeGreaterThan(0);
    for (const { event } of (await shop().knex('audit').whereNot('transmission_id', '')) as { event: string }[])
      expect(lines.some((line) => line.includes(` ${event} `))).toBe(false);
  });

  it('can be narrowed by who, what and days', async () => {
    await add(shop(), 'job-retried', { job: '7' }, 40);
    await add(shop(), 'job-retried', { job: '8' });
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const day = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    const events = async (query: string): Promise<string[]> => linesOf((await engineer.get(`/audit${query}`)).text);
    expect((await events('?who=OWNER@demo')).every((line) => line.includes(emailOf('owner')))).toBe(true);
    expect((await events('?who=OWNER@demo')).length).toBeGreaterThan(0);
    const retried = await events('?event=job-retried');
    expect(retried.length).toBeGreaterThanOrEqual(2);
    expect(retried.every((line) => line.includes('job retried'))).toBe(true);
    const old = await events(`?from=${day}&to=${day}`);
    expect(old.every((line) => line.includes('job: 7'))).toBe(true);
    expect(old.length).toBeGreaterThan(0);
    expect((await engineer.get('/audit?to=9999-12-31')).status).toBe(200);
    expect((await engineer.get('/audit?who=nobody-at-all')).text).toContain('no change fits the filter');
    expect((await engineer.get('/audit?from=nonsense&event=x&after=x')).text).toContain('A day is written as');
  });

  it('pages do not repeat or lose a row', async () => {
    for (let index = 0; index < 120; index += 1) await add(shop(), 'hook-paused', { hook: `h${index}` });
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const hooks: string[] = [];
    let address = `${shop().url}/console/audit?event=hook-paused`;
    for (let page = 0; address !== '' && page < 10; page += 1) {
      const { text } = await engineer.browser.get(address);
      hooks.push(...[...text.matchAll(/<code>(h\d+)<\/code>/g)].map(([, id]) => String(id)));
      const [, next = ''] = /href="([^"]*)" rel="next"/.exec(text) ?? [];
      address = next === '' ? '' : new URL(next.replaceAll('&amp;', '&'), shop().url).href;
    }
    expect(new Set(hooks).size).toBe(120);
    expect(hooks.length % 120).toBe(0);
  });

  it('is verified on request, and a row that was changed is named', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    await shop().knex.raw(`update audit set at = at - interval '2 minutes' where tenant_id = 'demo'
      and audit_id not in (select audit_id from audit_link)`);
    const chain = auditChain({ query: shop().query } as never);
    while ((await chain.link(10_000)) !== undefined);
    const good = await engineer.post('/audit/verification');
    expect(good.text).toMatch(/Nothing was changed: all [\d,]+ linked rows fit the chain/);
    expect(good.text).toMatch(/<code>\d+:[0-9a-f]{64}<\/code>/);
    const [row] = (await shop().knex('audit').where({ event: 'job-retried' }).limit(1)) as { audit_id: string }[];
    await shop().knex.raw(`update audit set details = '{"job":"9"}' where audit_id = ?`, [row?.audit_id ?? '']);
    const bad = await engineer.post('/audit/verification');
    expect(bad.text).toContain(`Row ${row?.audit_id} was changed`);
    await shop().knex('audit').delete();
    await shop().knex('audit_link').delete();
    await shop().knex('audit_chain').delete();
  });

  it('is that of the own tenant, and no viewer reads it', async () => {
    await add(shop(), 'tenant-changed', { name: 'only-demo' });
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await stranger.get('/audit')).text).not.toContain('only-demo');
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get('/audit')).status).toBe(403);
    expect((await viewer.get('')).text).not.toContain('/console/audit');
  });
});
