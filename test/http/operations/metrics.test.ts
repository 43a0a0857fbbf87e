import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { callUp, put, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { describeAlerts } from './alerts.js';
import { type Sample, fits, readQuery, samplesIn } from './promql.js';

interface Panel {
  title: string;
  targets?: { expr: string }[];
}
const DASHBOARD = JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8')) as { panels: Panel[] };
const QUERIES = DASHBOARD.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }): [string, string] => [title, expr]),
);

/** As Grafana fills them in. */
function filledIn(query: string): string {
  return query.replaceAll('$tenant', '.*').replaceAll(/\$__(?:rate_interval|range)/g, '5m');
}

/** Labels that a query groups by. */
function groupedBy(query: string): string[] {
  return [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );
}

describeShop('metrics', {}, (shop) => {
  async function scrape(): Promise<Sample[]> {
    return samplesIn(await shop().connector.metricsText());
  }
  async function valueOf(name: string, labels: Record<string, string>): Promise<number> {
    const found = (await scrape()).find(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, wanted]) => sample.labels[key] === wanted),
    );
    return found?.value ?? 0;
  }

  it('count a punchout by connection, and a refusal by its code', async () => {
    const { client } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    await client.post('/agiqon/connector/session/logout?transferred=1', '', { accept: 'text/html' });
    await expect(callUp(shop(), { secret: 'wrong' })).rejects.toThrow();
    const [found] = (await scrape()).filter(
      ({ name, labels }) => name === 'punchout_events_total' && labels['event'] === 'login',
    );
    expect(found?.labels).toEqual({ event: 'login', tenant: 'demo', connection: expect.stringMatching(/./) });
    for (const event of ['setup', 'login', 'transfer'])
      expect([event, await valueOf('punchout_events_total', { event, tenant: 'demo' })]).toEqual([event, 1]);
    expect(await valueOf('punchout_refusals_total', { code: 'INVALID_CREDENTIALS' })).toBe(1);
  });

  it('measure each step of a punchout once, and no refused one', async () => {
    for (const step of ['call_up', 'login', 'transfer'])
      expect([step, await valueOf('punchout_step_seconds_count', { step })]).toEqual([step, 1]);
  });

  it('measure calls to the shop, and count those that fail', async () => {
    expect(await valueOf('punchout_store_seconds_count', { call: 'openCart' })).toBe(1);
    expect(await valueOf('punchout_store_seconds_count', { call: 'readCart' })).toBeGreaterThan(0);
    const lost = { store: 'demo', id: 'no such cart' } as never;
    await expect(shop().connector.store.readCart(lost)).rejects.toThrow();
    expect(await valueOf('punchout_store_errors_total', { call: 'readCart' })).toBe(1);
  });

  it('show the jobs that wait, how long, and how many failed', async () => {
    await shop().knex('job').delete();
    await shop()
      .knex('job')
      .insert([
        { tenant_id: 'demo', kind: 'send-notice', input: {}, due_at: shop().knex.raw("now() - interval '90 seconds'") },
        {
          tenant_id: 'demo',
          kind: 'send-notice',
          input: {},
          due_at: shop().knex.raw("now() + interval '1 hour'"),
          last_error: 'x',
        },
      ]);
    const kind = 'send-notice';
    expect(await valueOf('punchout_jobs_waiting', { kind })).toBe(2);
    expect(await valueOf('punchout_jobs_failing', { kind })).toBe(1);
    expect(await valueOf('punchout_job_overdue_seconds', { kind })).toBeGreaterThanOrEqual(90);
    await shop().knex('job').delete();
    expect(await valueOf('punchout_jobs_waiting', { kind })).toBe(0);
  });

  it('show the sweeps that fail now, in any process', async () => {
    const failing = (): Promise<number> => valueOf('punchout_sweep_failing', { sweep: 'message log' });
    await shop().knex.raw(`insert into sweep_fault (sweep, error) values ('message log', 'no disk left')`);
    expect(await failing()).toBe(1);
    await shop().knex('sweep_fault').delete();
    expect(await failing()).toBe(0);
  });

  describe('docs/grafana-dashboard.json', () => {
    /** Series that exist only while something waits. */
    const NOW_AND_THEN = /^punchout_(?:jobs?_|hook_(?:lag|paused)|events_total\{event="order")/;

    it('has queries', () => expect(QUERIES.length).toBeGreaterThan(20));

    it.each(QUERIES)('%s: %s', async (_, query) => {
      const { selectors, faults } = readQuery(filledIn(query));
      expect(faults).toEqual([]);
      expect(selectors).not.toEqual([]);
      const text = await shop().connector.metricsText();
      const samples = samplesIn(text);
      for (const { metric, conditions } of selectors) {
        const family = metric.replace(/_(?:bucket|count|sum)$/, '');
        expect(text).toMatch(new RegExp(`^# TYPE (?:${metric}|${family}) `, 'm'));
        if (NOW_AND_THEN.test(metric + conditions)) continue;
        const found = samples.filter((sample) => sample.name === metric && fits(sample, conditions));
        expect([metric, conditions, found.length]).not.toEqual([metric, conditions, 0]);
        // Prometheus adds `instance`.
        const known = new Set(['instance', ...found.flatMap(({ labels }) => Object.keys(labels))]);
        expect(groupedBy(query).filter((label) => !known.has(label))).toEqual([]);
      }
    });
  });

  describeAlerts(shop);

  it('docs/metrics.md lists all of ours, with their labels', async () => {
    const text = await shop().connector.metricsText();
    const ours = [...text.matchAll(/^# TYPE (punchout_\w+) /gm)].map(([, name = '']) => name);
    const rows = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(punchout_\w+)` \| ([^|]*)\|/gm)];
    expect(rows.map(([, name = '']) => name).toSorted()).toEqual(ours.toSorted());
    const samples = samplesIn(text);
    for (const [, name = '', cell = ''] of rows) {
      const listed = [...cell.matchAll(/`(\w+)`/g)].map(([, label = '']) => label);
      const seen = samples.find((sample) => sample.name.replace(/_(?:bucket|count|sum)$/, '') === name);
      if (seen === undefined) continue;
      expect([
        name,
        Object.keys(seen.labels)
          .filter((label) => label !== 'le')
          .toSorted(),
      ]).toEqual([name, listed.toSorted()]);
    }
  });
});
