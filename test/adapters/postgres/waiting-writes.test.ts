import { describe, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { waitingLine, writeCart } from '../../../src/adapters/postgres/transmissions/write-cart.js';

const KEY = { tenantId: 'acme', transmissionId: 'acme_1' };

/** The row of one transmission, as far as its lease needs it. */
function leaseRow(holder: { by?: unknown } = {}) {
  const asked: string[] = [];
  const query = ({ name }: { name: string }, values: unknown[]): Promise<unknown[]> => {
    asked.push(name);
    const [, , mine] = values;
    if (name === 'cart-lease-take') {
      const taken = holder.by === undefined;
      if (taken) holder.by = mine;
      return Promise.resolve([{ taken, cart: null, active: true }]);
    }
    if (holder.by === mine) holder.by = undefined;
    return Promise.resolve([{ mine: true, active: true }]);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the lease uses nothing else of a database
  return { asked, holder, write: writeCart({ query } as unknown as Database) };
}

describe('cart writes of one process', () => {
  it('queue up: each asks the database for the lease once', async () => {
    const { asked, write } = leaseRow();
    const order: number[] = [];
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        write(KEY, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          order.push(nth);
        }),
      ),
    );
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(asked.filter((name) => name === 'cart-lease-take')).toHaveLength(10);
  });

  it('a failed write lets the next one in', async () => {
    const { write } = leaseRow();
    const [failed, next] = await Promise.allSettled([
      write(KEY, () => Promise.reject(new Error('down'))),
      write(KEY, () => Promise.resolve('written')),
    ]);
    expect(failed?.status).toBe('rejected');
    expect(next).toMatchObject({ value: { ok: true, value: 'written' } });
  });

  it('wait for the lease of another process as before', async () => {
    const row = leaseRow({ by: 'another process' });
    setTimeout(() => (row.holder.by = undefined), 60).unref();
    expect(await row.write(KEY, () => Promise.resolve('written'))).toEqual({ ok: true, value: 'written' });
    expect(row.asked.length).toBeGreaterThan(2);
  });

  it('a write that has waited long enough proceeds, and those behind it are not lost', async () => {
    const enter = waitingLine();
    const first = await enter('a', 1000);
    const second = await enter('a', 10);
    const third = enter('a', 1000);
    first();
    second();
    (await third)();
    (await enter('a', 1000))();
  });
});
