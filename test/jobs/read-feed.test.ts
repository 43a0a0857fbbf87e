import { expect, it } from '@jest/globals';
import type { FeedProduct } from '../../src/domain/orders/feed.js';
import { readFeed } from '../../src/jobs/read-feed.js';

async function* feedOf(lines: number, description: string): AsyncGenerator<string> {
  yield 'id,title,price,gtin,description\n';
  for (let index = 0; index < lines; index += 1) yield `A-${index},Drill,1.00,,${description}\n`;
}

/** Number of characters of the descriptions in each batch. */
async function batchesOf(lines: number, description: string): Promise<{ sizes: number[]; products: number }> {
  const sizes: number[] = [];
  const take = async (products: readonly FeedProduct[]): Promise<{ repeated: string[] }> => {
    sizes.push(products.reduce((sum, product) => sum + JSON.stringify(product).length, 0));
    return { repeated: [] };
  };
  const { products } = await readFeed(feedOf(lines, description), { take, progress: async () => undefined });
  return { sizes, products };
}

it('long lines are imported in batches of a million characters, not of 500 lines', async () => {
  const { sizes, products } = await batchesOf(600, 'd'.repeat(20_000));
  expect(products).toBe(600);
  expect(Math.max(...sizes)).toBeLessThan(1_200_000);
});

it('short lines are imported in batches of 500', async () => {
  const { sizes, products } = await batchesOf(1_600, 'short');
  expect(products).toBe(1_600);
  expect(sizes).toHaveLength(4);
});

it('an issue holds the value of the first line that was read, cut to 100 characters', async () => {
  async function* feed(): AsyncGenerator<string> {
    yield `id,title,price\nA,Drill,12 EUR\nB,Drill,free\nC,${'long '.repeat(60)},1.00\nD,Drill,1.00\nD,Drill,2.00\n`;
  }
  const { ledger } = await readFeed(feed(), {
    take: async () => ({ repeated: [] }),
    progress: async () => undefined,
  });
  const values = ledger.issues().map(({ field, lines, value }) => [field, lines, value]);
  expect(values).toEqual([
    ['price', [2, 3], '12 EUR'],
    ['gtin', [2, 3, 4, 5, 6], undefined],
    ['title', [4], 'long '.repeat(20)],
    ['id', [6], 'D'],
  ]);
});
