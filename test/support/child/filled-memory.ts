// Usage: node --expose-gc filled-memory.js FILE. Fills what FILE keeps three times over and prints the bytes that the
// heap grew by.
import { setImmediate } from 'node:timers/promises';
import { memory } from '../../../src/adapters/directory-cache.js';
import { localCounter } from '../../../src/adapters/rate-limits/shared-counter.js';
import { limitAttempts } from '../../../src/usecases/access/limit-attempts.js';

const address = (index: number): string => `2001:db8:${(index >> 8).toString(16)}:${(index & 255).toString(16)}::/64`;

const FILLS: Record<string, () => unknown> = {
  'adapters/rate-limits/shared-counter.ts': () => {
    const counter = localCounter();
    for (let index = 0; index < 150_000; index += 1)
      counter.add(`owner:connection:a-tenant-of-some-name:its-connection:${address(index)}`);
    return counter;
  },
  'usecases/access/limit-attempts.ts': () => {
    const limits = limitAttempts({ summarise: () => undefined });
    const subject = { tenantId: 'a-tenant', connectionId: 'its-connection', whose: '' };
    for (let index = 0; index < 30_000; index += 1) {
      const kind = `["a-tenant","its-connection"] ${address(index)} ${'k'.repeat(100)} INVALID_CREDENTIALS Sender`;
      limits.admit(1, [
        { key: kind, rows: 5, subject },
        { key: 'all', rows: 1e9, subject },
      ]);
    }
    return limits;
  },
  'adapters/directory-cache.ts': async () => {
    const remembered = memory();
    for (let index = 0; index < 30_000; index += 1)
      await remembered.recall(`${index}${'n'.repeat(1_000)}`, async () => ({ name: 'v'.repeat(600) + index }));
    return remembered;
  },
};

/** Two rounds: the second collection frees what the first one only marked. */
async function held(): Promise<number> {
  for (let round = 0; round < 2; round += 1) {
    await setImmediate();
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const before = await held();
const kept = [await FILLS[process.argv[2] ?? '']?.()];
process.stdout.write(`${(await held()) - before} ${kept.length}\n`);
