import { createHmac } from 'node:crypto';
import { DEMO } from '../../../src/demo/seed-demo.js';
import type { Finding } from '../checkers/finding.js';
import type { OwnDatabase } from '../stage/own-database.js';
import type { ServerProcess } from '../stage/server-process.js';
import { until } from '../stage/until.js';
import { FAULTY_EVERY, startLargeFeed } from '../subscribers/large-feed.js';
import { type Phase, shareOf } from './phase.js';

const LINES = 1_000_000;
const PATIENCE_MS = 900_000;
const LOOK_EVERY_MS = 200;
/** Progress is stored every two seconds: at least one new value per this many lines. */
const LINES_A_SIGHT = 250_000;
const MIB = 1_048_576;
/** Growth since a fifth of the file: room for a late garbage collection, not for memory per line. */
const MOST_GROWTH_MIB = 96;
const [SUPPLIER] = DEMO.connect;

interface Look {
  status: string;
  progress?: { lines: number; products: number };
  last_error?: string;
}

/**
 * A large feed is read in constant memory with visible progress; killing a worker in the middle has no effect on the
 * result.
 */
export const largeFeed: Phase = async ({ stage, share }) => {
  const products = shareOf(LINES, share, 50_000);
  const feed = await startLargeFeed(products);
  const findings: Finding[] = [];
  const wrong = (text: string): void => void findings.push({ kind: 'wrong', subject: 'feed', text });
  try {
    const victim = await stage.process('victim');
    await victim.start();
    await signed(victim, 'POST', JSON.stringify({ url: feed.url }));
    if (!(await until(async () => (await importedProducts(stage.database)) > products / 3, PATIENCE_MS, LOOK_EVERY_MS)))
      throw new Error(`it did not get to a third: ${JSON.stringify(await look(victim))}`);
    await victim.kill();
    const before = await importedProducts(stage.database);
    if (before >= products) wrong('the worker was killed too late');

    const [one, two] = await stage.pair();
    // Its lease of two minutes ends.
    await stage.database.rows('update connect_feed set due_at = now()');
    const seen: number[] = [];
    const memory: { done: number; bytes: number }[] = [];
    const isDone = await until(
      async () => {
        const { status, progress } = await look(one);
        const sizes = await Promise.all([one.residentBytes(), two.residentBytes()]);
        const done = progress?.lines ?? 0;
        if (done > (seen.at(-1) ?? 0)) seen.push(done);
        if (progress !== undefined) memory.push({ done, bytes: Math.max(...sizes.map((size) => size ?? 0)) });
        return status === 'waiting' && feed.fetched > 1 && (await reports(stage.database)).length > 0;
      },
      PATIENCE_MS,
      LOOK_EVERY_MS,
    );
    if (!isDone)
      findings.push({
        kind: 'late',
        subject: 'feed',
        text: `was not read to its end: ${JSON.stringify(await look(one))}`,
      });

    const faulty = Math.floor(products / FAULTY_EVERY);
    const found = await reports(stage.database);
    const expected = { lines: products + 1, products: products - faulty, errors: faulty, issue_lines: faulty };
    if (found.length !== 1)
      findings.push({
        kind: found.length === 0 ? 'lost' : 'duplicated',
        subject: 'report',
        text: `${found.length} reports`,
      });
    if (JSON.stringify(found[0]) !== JSON.stringify(expected))
      wrong(`the report says ${JSON.stringify(found[0])} in place of ${JSON.stringify(expected)}`);
    const imported = await importedProducts(stage.database);
    if (imported !== products - faulty)
      findings.push({ kind: 'lost', subject: 'products', text: `${imported} in place of ${products - faulty}` });
    if (seen.length < Math.floor(products / LINES_A_SIGHT) || (seen.at(-1) ?? 0) > products + 1)
      wrong(`its progress was seen as ${seen.join(', ')}`);
    const most = (looks: typeof memory): number =>
      Math.round(looks.reduce((high, { bytes }) => Math.max(high, bytes), 0) / MIB);
    const early = memory.filter(({ done }) => done <= products / 5);
    const growth = early.length === 0 ? 0 : most(memory) - most(early);
    if (growth > MOST_GROWTH_MIB) wrong(`memory grew by ${growth} MiB`);
    return {
      tried: products,
      acked: imported,
      refused: faulty,
      unknown: products - faulty - imported,
      faults: 1,
      findings,
      facts: { before_kill: before, progress_seen: seen.length, memory_mib: most(memory), growth_mib: growth },
    };
  } finally {
    feed.close();
  }
};

async function signed({ pool }: ServerProcess, method: 'GET' | 'POST', body: string): Promise<string> {
  const signature = createHmac('sha512', SUPPLIER.key).update(body).digest('hex');
  const answer = await pool.request({
    method,
    path: '/sdk/provider/import-url',
    headers: {
      'content-type': 'application/json',
      'x-shopware-connect-shop': String(SUPPLIER.shopId),
      'x-shopware-connect-key': signature,
    },
    ...(method === 'POST' ? { body } : {}),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${method} import-url was answered ${answer.statusCode}: ${text}`);
  return text;
}

async function look(process: ServerProcess): Promise<Look> {
  return (JSON.parse(await signed(process, 'GET', '')) as { feed: Look }).feed;
}

async function importedProducts(database: OwnDatabase): Promise<number> {
  const [row] = await database.rows<{ number: number }>(
    `select count(*)::int as number from demo_product where product_id like 'L-%'`,
  );
  return row?.number ?? 0;
}

function reports(database: OwnDatabase): Promise<Record<'lines' | 'products' | 'errors' | 'issue_lines', number>[]> {
  return database.rows('select lines, products, errors, issue_lines from connect_import_report');
}
