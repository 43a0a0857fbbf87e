import { beforeEach, describe, expect, it } from '@jest/globals';
import { jobQueue } from '../../../src/adapters/postgres/job-queue.js';
import { feedRepository } from '../../../src/adapters/postgres/orders/feed-repository.js';
import { hookRepository } from '../../../src/adapters/postgres/orders/hook-repository.js';
import type { Job } from '../../../src/ports/job-queue.js';
import { describeOnDatabases } from '../../contracts/databases.js';

const counted = (names: readonly string[]): Record<string, number> =>
  names.reduce<Record<string, number>>((sums, name) => ({ ...sums, [name]: (sums[name] ?? 0) + 1 }), {});

describeOnDatabases('due work is taken in turns', (database) => {
  describe('jobs', () => {
    const owner = ({ tenantId, kind }: Job): string => `${tenantId} ${kind}`;
    const add = async (tenantId: string, kind: Job['kind'], count: number): Promise<void> => {
      await database().knex.raw(
        `insert into job (tenant_id, kind, input, due_at)
          select ?, ?, '{}', now() - interval '1 hour' + n * interval '1 second'
          from generate_series(1, ?::int) n`,
        [tenantId, kind, count],
      );
    };
    beforeEach(() => database().knex('job').del());

    it('an owner with 3,000 jobs that have waited longest gets only its places; others get theirs', async () => {
      await add('greedy', 'send-notice', 3_000);
      await add('greedy', 'clear-cart', 2);
      await add('modest', 'send-notice', 3);
      const jobs = jobQueue(database());
      const taken: Job[] = [];
      const take = async (limit: number): Promise<number> => {
        const got = await jobs.take(limit, 60, { taken: counted(taken.map(owner)), most: 10 });
        taken.push(...got);
        return got.length;
      };
      while (taken.length < 20 && (await take(20 - taken.length)) > 0);
      expect(counted(taken.map(owner))).toEqual({
        'greedy send-notice': 10,
        'greedy clear-cart': 2,
        'modest send-notice': 3,
      });
      expect(new Set(taken.map(({ jobId }) => jobId)).size).toBe(15);
    });

    it('the owner with the fewest places comes first, then the longest wait', async () => {
      await add('one', 'clear-cart', 5);
      await add('two', 'clear-cart', 5);
      const taken = await jobQueue(database()).take(3, 60, { taken: { 'one clear-cart': 4 }, most: 10 });
      expect(counted(taken.map(({ tenantId }) => tenantId))).toEqual({ two: 3 });
    });

    it('concurrent takers take each job once', async () => {
      for (const tenant of ['one', 'two', 'three']) await add(tenant, 'clear-cart', 40);
      const takers = Array.from({ length: 4 }, () => jobQueue(database()));
      const taken: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        const got = await Promise.all(takers.map((jobs) => jobs.take(10, 60, { taken: {}, most: 10 })));
        taken.push(...got.flat().map(({ jobId }) => jobId));
      }
      expect([taken.length, new Set(taken).size]).toEqual([120, 120]);
    });
  });

  describe('feeds', () => {
    beforeEach(() => database().knex('connect_feed').del());
    const register = async (tenantId: string, count: number): Promise<void> => {
      for (let shop = 1; shop <= count; shop += 1)
        await feedRepository(database()).save(tenantId, shop, `https://${tenantId}.example/${shop}.csv`);
    };

    it('a tenant with many feeds gets its two places, later tenants get in', async () => {
      await register('greedy', 20);
      await register('modest', 3);
      const feeds = feedRepository(database());
      const taken: string[] = [];
      for (;;) {
        const feed = await feeds.take(60, { taken: counted(taken), most: 2 });
        if (feed === undefined) break;
        taken.push(feed.tenantId);
      }
      expect(counted(taken)).toEqual({ greedy: 2, modest: 2 });
      expect(taken.slice(0, 2).toSorted()).toEqual(['greedy', 'modest']);
    });

    it('among the feeds of a tenant, failed ones come last', async () => {
      await register('acme', 3);
      await database()
        .knex('connect_feed')
        .where({ shop_id: 1 })
        .update({ attempts: 3, due_at: new Date(0) });
      const feeds = feedRepository(database());
      const shops: number[] = [];
      for (let feed = await feeds.take(60); feed !== undefined; feed = await feeds.take(60)) shops.push(feed.shopId);
      expect(shops).toEqual([2, 3, 1]);
    });

    it('concurrent takers take each feed once', async () => {
      await register('one', 15);
      await register('two', 15);
      const taken = (
        await Promise.all(
          Array.from({ length: 40 }, () => feedRepository(database()).take(60, { taken: {}, most: 40 })),
        )
      ).flatMap((feed) => (feed === undefined ? [] : [`${feed.tenantId} ${feed.shopId}`]));
      for (
        let feed = await feedRepository(database()).take(60);
        feed !== undefined;
        feed = await feedRepository(database()).take(60)
      )
        taken.push(`${feed.tenantId} ${feed.shopId}`);
      expect([taken.length, new Set(taken).size]).toEqual([30, 30]);
    });
  });

  it('hooks: tenants take turns, and so do the shops of a tenant', async () => {
    const { knex } = database();
    for (const tenant of ['greedy', 'modest']) {
      await knex('tenant').insert({ tenant_id: tenant, name: tenant, settings: '{}' });
      for (const shop of [1, 2]) {
        await knex('connect_shop').insert({
          tenant_id: tenant,
          shop_id: shop + (tenant === 'modest' ? 10 : 0),
          role: 'supplier',
          name: 'S',
          demo: false,
        });
        await knex('connect_stream').insert({
          tenant_id: tenant,
          shop_id: shop + (tenant === 'modest' ? 10 : 0),
          last_revision: 5,
        });
      }
    }
    const hook = (tenant: string, shop: number, count: number): Promise<unknown> =>
      knex.raw(
        `insert into connect_hook (tenant_id, hook_id, shop_id, url, events, due_at)
          select ?, ? || n, ?, 'https://a.example/' || n, '{order_created}',
            now() - interval '1 minute' + n * interval '1 second'
          from generate_series(1, ?::int) n`,
        [tenant, `${tenant}${shop}_`, shop, count],
      );
    await hook('greedy', 1, 30);
    await hook('greedy', 2, 3);
    await hook('modest', 11, 4);
    const hooks = hookRepository(database());
    const first = await hooks.take(12, 60, { taken: {}, most: 8 });
    expect(counted(first.map(({ tenantId, shopId }) => `${tenantId} ${shopId}`))).toEqual({
      'greedy 1': 5,
      'greedy 2': 3,
      'modest 11': 4,
    });
    expect(await hooks.take(12, 60, { taken: { greedy: 8, modest: 4 }, most: 8 })).toEqual([]);
    expect(await hooks.take(12, 60, { taken: { greedy: 7 }, most: 8 })).toHaveLength(1);
  });
});
