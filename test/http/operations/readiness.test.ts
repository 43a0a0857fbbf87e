import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { readiness } from '../../../src/http/operations/readiness.js';
import type { Logger } from '../../../src/ports/logger.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('a part that stops answering is logged once with the reason, and once more when it answers again', async () => {
  const lines: unknown[] = [];
  const write = (facts: object, message: string): void => void lines.push([message, facts]);
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  let fault: Error | undefined;
  const check = async (): Promise<void> => {
    if (fault !== undefined) throw fault;
  };
  const parts = [
    { name: 'database', check: async () => undefined },
    { name: 'sessions', optional: true as const, check },
  ];
  const states: string[] = [];
  const current = readiness(parts, log);
  const look = async (): Promise<void> => {
    states.push((await current()).status);
    jest.advanceTimersByTime(1_000);
  };
  await look();
  fault = new Error('Redis does not answer: connect ECONNREFUSED 10.0.0.7:6379');
  await look();
  await look();
  expect(lines).toEqual([['a dependency does not answer', { dependency: 'sessions', err: fault }]]);
  fault = undefined;
  await look();
  expect(states).toEqual(['ready', 'degraded', 'degraded', 'ready']);
  expect(lines.slice(1)).toEqual([['a dependency answers again', { dependency: 'sessions' }]]);
});
