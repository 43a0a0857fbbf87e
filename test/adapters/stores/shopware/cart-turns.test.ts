import { describe, expect, it } from '@jest/globals';
import { CartTurns } from '../../../../src/adapters/stores/shopware/cart/cart-turns.js';

/** Started and ended calls, in order; each ends on request. */
function stage(turns: CartTurns) {
  const log: string[] = [];
  const ends = new Map<string, (fault?: Error) => void>();
  const run = (name: string, kind: 'read' | 'write', cartId = 'a'): Promise<unknown> =>
    turns
      .run(cartId, kind, async () => {
        log.push(`+${name}`);
        await new Promise<void>((resolve, reject) =>
          ends.set(name, (fault) => (fault === undefined ? resolve() : reject(fault))),
        );
        log.push(`-${name}`);
      })
      .catch(() => log.push(`!${name}`));
  const end = async (name: string, fault?: Error): Promise<void> => {
    ends.get(name)?.(fault);
    for (let ticks = 0; ticks < 20; ticks += 1) await Promise.resolve();
  };
  return { log, run, end };
}

describe('turns for a cart', () => {
  it('reads run together, a write waits for them and they for it, first come, first served', async () => {
    const { log, run, end } = stage(new CartTurns());
    const all = [
      run('r1', 'read'),
      run('r2', 'read'),
      run('w1', 'write'),
      run('r3', 'read'),
      run('r4', 'read'),
      run('w2', 'write'),
    ];
    for (const name of ['r1', 'r2', 'w1', 'r4', 'r3', 'w2']) await end(name);
    await Promise.all(all);
    expect(log).toEqual(['+r1', '+r2', '-r1', '-r2', '+w1', '-w1', '+r3', '+r4', '-r4', '-r3', '+w2', '-w2']);
  });

  it('another cart does not wait', async () => {
    const { log, run, end } = stage(new CartTurns());
    const all = [run('w1', 'write'), run('w2', 'write', 'b')];
    expect(log).toEqual(['+w1', '+w2']);
    await end('w1');
    await end('w2');
    await Promise.all(all);
  });

  it('a failure ends its turn', async () => {
    const { log, run, end } = stage(new CartTurns());
    const all = [run('w1', 'write'), run('r1', 'read')];
    await end('w1', new Error('down'));
    await end('r1');
    await Promise.all(all);
    expect(log.toSorted()).toEqual(['!w1', '+r1', '+w1', '-r1']);
  });

  it('a hanging shop stops no request forever', async () => {
    const turns = new CartTurns(undefined, 20);
    const { log, run, end } = stage(turns);
    const hung = run('r1', 'read');
    expect(await turns.run('a', 'write', () => Promise.resolve('written'))).toBe('written');
    await end('r1');
    await hung;
    const next = run('w1', 'write');
    await end('w1');
    await next;
    expect(log).toEqual(['+r1', '-r1', '+w1', '-w1']);
  });
});
