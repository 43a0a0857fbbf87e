import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { digestOf, newSecret } from '../../../src/domain/digest.js';
import type { TransmissionRepository } from '../../../src/ports/transmission/transmission-repository.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { TOKEN_DIGEST, activeTransmission, openTransmission, payloadOf } from '../../contracts/transmissions.js';

/** Five transmissions at a time, twenty callers each: more would only wait for the pools, which give up after 2 s. */
async function inFives<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += 5)
    results.push(...(await Promise.all(items.slice(start, start + 5).map(work))));
  return results;
}

describeOnServer('many callers at once, over two pools', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let databases: Database[];
  let repositories: TransmissionRepository[];
  const repository = (index: number): TransmissionRepository =>
    repositories[index % repositories.length] ?? repositories[0]!;
  const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await databases[0]!.knex.raw<{ rows: Record<string, unknown>[] }>(sql)).rows;

  beforeAll(async () => {
    server = await createServerDatabase();
    databases = await Promise.all([1, 2].map(() => openDatabase({ kind: 'server', url: server.url })));
    await Promise.all(databases.map((database) => migrate(database)));
    repositories = databases.map(transmissionRepository);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
    await server.drop();
  });

  it('P1: 50 transmissions x 20 transfers leave one payload each, the acknowledged one', async () => {
    const active = await Promise.all(Array.from({ length: 50 }, (_, index) => activeTransmission(repository(index))));
    await inFives(active, async (transmission) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, click) => {
          const payload = payloadOf(`click ${click}`);
          const answer = await repository(click).transfer(transmission, {
            cartRevision: transmission.cartRevision,
            payload,
            contentMark: 'm',
          });
          return { answer, payload };
        }),
      );
      const won = answers.filter(({ answer }) => answer === 'transferred');
      expect(won).toHaveLength(1);
      expect((await repository(0).findPayload(transmission))?.payload).toEqual(won[0]?.payload);
    });
    for (const table of ['transfer_payload', 'job'])
      expect(await rows(`select count(*)::int as n from ${table}`)).toEqual([{ n: 50 }]);
    expect(await rows("select count(*)::int as n from audit where event = 'transfer'")).toEqual([{ n: 50 }]);
  }, 60_000);

  it('T01: 50 start links x 20 browsers give one claim each', async () => {
    const open = await Promise.all(Array.from({ length: 50 }, (_, index) => openTransmission(repository(index))));
    const winners = await inFives(open, async (transmission) => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, browser) =>
          repository(browser).claim(transmission, {
            tokenDigest: TOKEN_DIGEST,
            claimDigest: digestOf(newSecret()),
            idleMinutes: 60,
          }),
        ),
      );
      return answers.filter((claimed) => claimed !== undefined).length;
    });
    expect(winners).toEqual(Array.from({ length: 50 }, () => 1));
  }, 60_000);

  it('T58: every acknowledged cart write is in the payload, in every race', async () => {
    let acknowledged = 0;
    let refused = 0;
    for (let round = 0; round < 15; round += 1) {
      const transmission = await activeTransmission(repository(round));
      const shop: string[] = [];
      const written: string[] = [];
      const writes = Array.from({ length: 8 }, async (_, index) => {
        const item = `item-${index}`;
        // Over the same time as the transfers, so that some writes come too late.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
        const answer = await repository(index).writeCart(transmission, async () => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
          shop.push(item);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
        });
        if (answer.ok) written.push(item);
        else refused += 1;
      });
      const transfer = async (pool: number): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
        for (;;) {
          const now = await repository(pool).find(transmission);
          const text = shop.join(' ');
          // Encoding takes time: a write may end between the read and the commit.
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
          const answer = await repository(pool).transfer(transmission, {
            cartRevision: now?.cartRevision ?? -1,
            payload: payloadOf(text),
            contentMark: 'm',
          });
          if (answer !== 'cart_changed') return;
        }
      };
      await Promise.all([...writes, transfer(0), transfer(1)]);
      const sent = (await repository(0).findPayload(transmission))?.payload.fields[0]?.value.split(' ') ?? [];
      expect(sent).toEqual(expect.arrayContaining(written));
      acknowledged += written.length;
    }
    expect(acknowledged + refused).toBe(15 * 8);
    expect(Math.min(acknowledged, refused)).toBeGreaterThan(0);
  }, 60_000);

  it('P7: two workers expire each due transmission once', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => openTransmission(repository(index), { connectionId: 'due' })),
    );
    await rows("update transmission set expires_at = now() - interval '1 second' where connection_id = 'due'");
    const moved = await Promise.all(Array.from({ length: 20 }, (_, worker) => repository(worker).expireDue(25)));
    let total = moved.reduce((sum, count) => sum + count, 0);
    for (;;) {
      const more = await repository(0).expireDue(100);
      if (more === 0) break;
      total += more;
    }
    expect(total).toBe(200);
    expect(await rows("select count(*)::int as n from audit where event = 'time'")).toEqual([{ n: 200 }]);
  }, 60_000);
});
