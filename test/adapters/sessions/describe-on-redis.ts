import { execFileSync } from 'node:child_process';
import { describe } from '@jest/globals';

/** `describe` where a Redis program exists; else skipped with a message, and in CI a failure. */
export const describeOnRedis = redisDescribe();

function redisDescribe(): typeof describe | typeof describe.skip {
  try {
    execFileSync('redis-server', ['--version']);
    return describe;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.warn('SKIPPED: there is no redis-server program: tests on Redis');
    return describe.skip;
  }
}
