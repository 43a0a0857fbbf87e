import { execFileSync } from 'node:child_process';
import { describe } from '@jest/globals';

/** `describe` where a program is installed; else skipped with a message, and in CI a failure. */
export function programDescribe(program: string): typeof describe | typeof describe.skip {
  try {
    execFileSync(program, ['--version']);
    return describe;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.warn(`SKIPPED: there is no ${program}: README blocks that need it`);
    return describe.skip;
  }
}
