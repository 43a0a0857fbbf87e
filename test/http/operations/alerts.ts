import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { callUp, put, setRow, shopping } from '../../support/call-ups.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type Sample, evaluate, readQuery, samplesIn } from './promql.js';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const { groups } = parse(readFileSync('docs/alerts.yaml', 'utf8')) as { groups: { rules: Rule[] }[] };
const RULES = groups.flatMap(({ rules }) => rules);
/** The state of the shop that each alert is about. */
type States = Record<string, (shop: RunningShop) => Promise<unknown>>;

const transfer = '/agiqon/connector/session/logout?transferred=1';

/** A buyer whose cart the shop has lost. */
async function lostCart(shop: RunningShop): Promise<void> {
  const { client, transmissionId } = await shopping(shop);
  await put(client, 'SKU-001', 1);
  await setRow(shop, transmissionId, { cart: { store: 'demo', id: 'no such cart' } });
  expect((await client.post(transfer, '', { accept: 'text/html' })).status).toBeGreaterThanOrEqual(500);
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 1) await act();
}

/** A hook of ConnectShop 1 whose stream is at `lastRevision`. */
async function hook({ knex }: RunningShop, lastRevision: number, paused: boolean): Promise<void> {
  await knex('connect_stream')
    .insert({ tenant_id: 'demo', shop_id: 1, last_revision: lastRevision })
    .onConflict(['tenant_id', 'shop_id'])
    .merge();
  await knex('connect_hook').insert({
    tenant_id: 'demo',
    hook_id: randomUUID(),
    shop_id: 1,
    url: `https://hooks.example.com/${lastRevision}`,
    events: ['order_created'],
    paused_at: paused ? knex.fn.now() : null,
    due_at: knex.raw("now() + interval '1 hour'"),
  });
}

function job({ knex }: RunningShop, seconds: number, error: string | null): Promise<unknown> {
  const due = knex.raw('now() - make_interval(secs => ?)', [seconds]);
  return knex('job').insert({ tenant_id: 'demo', kind: 'send-notice', input: {}, due_at: due, last_error: error });
}

/** Rules that are tried where their state is made. */
const ELSEWHERE = {
  PunchoutDown: 'below, since Prometheus itself writes `up`',
  PunchoutDegraded: 'with a Redis that goes away: test/http/outages/redis-away.test.ts',
};

/** How many alerts a rule of docs/alerts.yaml raises by these scrapes. */
export function raisedBy(alert: string, before: string, now: string): number {
  const rule = RULES.find((one) => one.alert === alert);
  if (rule === undefined) throw new Error(`there is no rule ${alert}`);
  return evaluate(rule.expr, [samplesIn(before), samplesIn(now)]).length;
}

const STATES: States = {
  PunchoutAnswersFail: lostCart,
  PunchoutShopFails: lostCart,
  PunchoutNoCartArrives: (shop) => times(10, () => shopping(shop)),
  PunchoutAccessRefused: (shop) => times(21, () => callUp(shop, { secret: 'wrong' }).catch(() => undefined)),
  PunchoutJobsWait: (shop) => job(shop, 61, null),
  PunchoutJobsFail: (shop) => job(shop, -60, 'refused'),
  PunchoutJobsGivenUp: ({ knex }) =>
    knex('job').insert({
      tenant_id: 'demo',
      kind: 'send-notice',
      input: {},
      due_at: 'infinity',
      given_up_at: new Date(),
    }),
  PunchoutCleanUpFails: ({ knex }) => knex('sweep_fault').insert({ sweep: 'message log', error: 'no disk left' }),
  PunchoutHookPaused: (shop) => hook(shop, 1, true),
  PunchoutHookBehind: (shop) => hook(shop, 101, false),
};

/**
 * Each rule of docs/alerts.yaml: its series exist, it is silent in a healthy shop, and fires in the state it is for.
 */
export function describeAlerts(shop: () => RunningShop): void {
  describe('docs/alerts.yaml', () => {
    const scrape = async (): Promise<Sample[]> => samplesIn(await shop().connector.metricsText());
    // Counters exist from their first count on.
    beforeAll(async () => {
      await lostCart(shop());
      const { client } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      await client.post(transfer, '', { accept: 'text/html' });
      await callUp(shop(), { secret: 'wrong' }).catch(() => undefined);
      await shop().knex('job').delete();
      await shop().knex('connect_hook').delete();
    });

    it('has a state for each rule, and says who must act and why', () => {
      expect(RULES.map(({ alert }) => alert).toSorted()).toEqual(
        [...Object.keys(ELSEWHERE), ...Object.keys(STATES)].toSorted(),
      );
      for (const { alert, labels, annotations } of RULES)
        expect([alert, labels['severity'], annotations['summary']]).toEqual([
          alert,
          expect.stringMatching(/^(?:page|ticket)$/),
          expect.stringMatching(/\.$/),
        ]);
      const page = readFileSync('docs/metrics.md', 'utf8');
      expect([...page.matchAll(/^\| `(Punchout\w+)` \|/gm)].map(([, name]) => name)).toEqual(
        RULES.map(({ alert }) => alert),
      );
    });

    it.each(RULES.filter(({ alert }) => !(alert in ELSEWHERE)).map(({ alert, expr }) => [alert, expr]))(
      '%s fires when it should, and only then',
      async (alert, expr) => {
        expect(readQuery(expr).faults).toEqual([]);
        const healthy = await scrape();
        expect(evaluate(expr, [healthy, await scrape()])).toEqual([]);
        await STATES[alert]?.(shop());
        const ill = await scrape();
        const names = new Set(ill.map(({ name }) => name));
        expect(readQuery(expr).selectors.filter(({ metric }) => !names.has(metric))).toEqual([]);
        expect(evaluate(expr, [healthy, ill])).toHaveLength(1);
        await shop().knex('job').delete();
        await shop().knex('connect_hook').delete();
        await shop().knex('sweep_fault').delete();
      },
    );

    it('PunchoutDown fires when a scrape fails', () => {
      const expr = RULES.find(({ alert }) => alert === 'PunchoutDown')?.expr ?? '';
      // Prometheus writes `up` itself, after each scrape.
      const up = (value: number): Sample[] => [{ name: 'up', labels: { job: 'punchout', instance: 'a:9464' }, value }];
      expect(evaluate(expr, [up(1), up(1)])).toEqual([]);
      expect(evaluate(expr, [up(1), up(0)])).toHaveLength(1);
    });
  });
}
