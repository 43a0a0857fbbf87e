import { DEMO } from '../../../src/demo/seed-demo.js';
import { readFeed } from '../../../src/jobs/read-feed.js';
import type { FeedRepository, LeasedFeed } from '../../../src/ports/orders/connect-shops.js';
import type { RunningServer } from '../../../src/server.js';

const FEED = [
  'id,title,price,unit,gtin',
  'DR-100,Cordless drill 18 V,129.90,C62,4006381333931',
  'DR-110,Drill bit set,19.90 EUR,SET,4006381333948',
  'DR-120,,24.50,C62,',
  'DR-130,Spirit level 60 cm,17.40,piece,4006381333962',
  'DR-100,Cordless drill 18 V,129.90,C62,4006381333931',
  '',
].join('\n');

/** A supplier's feed with issues, as the worker would have imported it. */
export async function importFeed({ connector }: RunningServer): Promise<void> {
  const { feeds } = connector.directory as unknown as { feeds: FeedRepository };
  let lease: LeasedFeed | undefined;
  // The worker of the server may be faster, and finds no file.
  while (lease === undefined) {
    await feeds.save(DEMO.tenantId, 1, 'https://feeds.example.com/products.csv');
    lease = await feeds.take(60);
  }
  const read = await readFeed(fileOf(FEED), { take: async () => ({ repeated: [] }), progress: async () => undefined });
  const { ledger, lines, issueLines, products } = read;
  const { errors, warnings } = ledger;
  const now = new Date();
  const file = { md5: '9e107d9d372bb6826bd81d3542a419d6', size: FEED.length, encoding: 'UTF-8' } as const;
  const report = { ...file, importedAt: now, modifiedAt: now, lines, issueLines, products, errors, warnings };
  await feeds.settle(lease, { delaySeconds: 3_600, report, issues: ledger.issues() });
}

async function* fileOf(text: string): AsyncGenerator<string> {
  yield text;
}
