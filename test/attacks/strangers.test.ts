import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnRedis } from '../adapters/sessions/describe-on-redis.js';
import { describeOnServer } from '../contracts/databases.js';
import { seeded } from '../proof/random.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { type Stage, setStage } from '../proof/stage/stage.js';
import { type Attack, type AttackTarget, MIB, withinMemory } from './attack.js';
import { startAttackedShop } from './attacked-shop.js';
import { type Beside, judgeBeside, shopBeside } from './buyers-beside.js';
import { fullDisk } from './disk.js';
import { slowFeeds } from './feeds.js';
import { guessers } from './guessers.js';
import { heldBodies, largeBodies, longNames } from './memory.js';
import { processorCost, slowBodies } from './processor.js';
import { idleSockets } from './sockets.js';

/** Share of each attack; the proof runs each one in full, all at once. */
const SHARE = 0.25;
/** Minimum number of punchouts during each attack. */
const PUNCHOUTS = 5;
/** Maximum heap that may remain after all attacks. */
const KEPT = 30 * MIB;
const random = seeded(4711);

const describeOnBoth = describeOnRedis === describeOnServer ? describeOnServer : describeOnRedis;

/** Latency of buyers is meaningful only if no other suite uses the CPU. */
const IS_ALONE = process.env['ATTACKS_ALONE'] !== undefined;

describeOnBoth('strangers at a server process with a heap of 256 MiB, on PostgreSQL and Redis', () => {
  const running: { stage?: Stage; server?: ServerProcess; quiet?: Beside; heap?: number } = {};
  beforeAll(async () => {
    running.stage = await setStage();
    running.server = await startAttackedShop(running.stage);
    // Warm-up: compilation and first connections must not be measured.
    await beside('warm', async () => undefined);
    running.quiet = await beside('quiet', async () => undefined);
    running.heap = (await running.server.measure('collect')).heap;
  }, 180_000);
  afterAll(() => running.stage?.close());

  function target(): AttackTarget {
    const { stage, server } = running;
    if (stage === undefined || server === undefined) throw new Error('the server did not start');
    return { server, database: stage.database, erp: stage.erp, random, share: SHARE };
  }

  async function beside(name: string, attack: () => Promise<unknown>): Promise<Beside> {
    const { server, erp } = target();
    let isOver = false;
    const buyers = shopBeside({ server, erp, random: random.fork(name), least: PUNCHOUTS, isOver: () => isOver });
    await attack().finally(() => {
      isOver = true;
    });
    return buyers;
  }

  it.each<[name: string, attack: Attack]>([
    ['wrong secrets, made-up documents and wrong tokens leave a bounded number of rows and bytes', fullDisk],
    [
      '5 MB and 200 KB of user name, each another one: refused, and not kept',
      (all) => withinMemory(all, 'names', () => longNames(all)),
    ],
    [
      'bodies of 32 MB, plain and as bombs: refused, and not held',
      (all) => withinMemory(all, 'bodies', () => largeBodies(all)),
    ],
    [
      'bodies that never end hold no more than the share of strangers',
      (all) => withinMemory(all, 'held', () => heldBodies(all)),
    ],
    ['32 MB of [, + and SharedSecret, and bodies that some reader was slow with once', slowBodies],
    ['80 guesses at once: a bounded number is tried, and who comes for the first time gets in', guessers],
    ['2,000 idle sockets of one client, and 2,200 of twenty', idleSockets],
    ['feeds of one tenant that drip, beside those of another', slowFeeds],
  ])(
    '%s; proven buyers lose nothing and wait no second longer',
    async (name, attack) => {
      const { quiet } = running;
      if (quiet === undefined) throw new Error('nothing to compare with');
      const reports: Awaited<ReturnType<Attack>>[] = [];
      const buyers = await beside(name, async () => void reports.push(await attack(target())));
      const [report] = reports;
      const ofBuyers = judgeBeside(name, quiet, buyers).filter(({ kind }) => IS_ALONE || kind !== 'late');
      expect([...(report?.findings ?? []), ...ofBuyers]).toEqual([]);
      expect(report?.tried).toBeGreaterThan(0);
      expect(buyers.punchouts).toBeGreaterThanOrEqual(PUNCHOUTS);
    },
    120_000,
  );

  it('no refusal exceeds its CPU time budget, measured alone', async () => {
    const { findings, tried } = await processorCost(target().server, SHARE / 2);
    expect(findings).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  }, 120_000);

  it('after all attacks the heap is within 30 MiB of its start', async () => {
    const { heap } = await target().server.measure('collect');
    expect(heap - (running.heap ?? 0)).toBeLessThan(KEPT);
  });
});
