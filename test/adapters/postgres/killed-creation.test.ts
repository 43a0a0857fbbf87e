import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compiled } from '../../support/compiled.js';
import { makeDatabase } from './make-database.js';

let home: string;
let directory: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'headless-punchout-data-'));
  directory = join(home, 'data');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const MOMENTS: [string, (made: string[]) => boolean][] = [
  ['at the first file', (made) => made.length > 0],
  ['when the version file exists', (made) => made.some((name) => name.endsWith('PG_VERSION'))],
  ['when half of it is there', (made) => made.length > 400],
];

describe('kill -9 during the first creation of the database', () => {
  it('each next start removes the remains and begins anew, until one creates it', async () => {
    const script = await compiled('test/adapters/postgres/child/open-until-killed.ts');
    let remains: string[] = [];
    for (const [moment, isTime] of MOMENTS) {
      const child = spawn(process.execPath, ['--liftoff-only', script, directory], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const exited = once(child, 'exit');
      const made = (): string[] => halfMade().filter((name) => !remains.includes(draftOf(name)));
      try {
        // Waits as long as needed: half a minute on a busy machine.
        while (!isTime(made())) await new Promise((resolve) => setTimeout(resolve, 25));
      } finally {
        child.kill('SIGKILL');
        await exited;
      }
      const drafts = [...new Set(halfMade().map(draftOf))];
      expect({ moment, drafts, started: existsSync(join(directory, 'postgres', 'PG_VERSION')) }).toEqual({
        moment,
        drafts: [expect.not.stringMatching(`^(${remains.join('|')})$`)],
        started: false,
      });
      remains = drafts;
    }
    await makeDatabase(directory);
    expect(readdirSync(directory)).toEqual(['postgres']);
  }, 300_000);
});

const draftOf = (name: string): string => name.split('/')[0] ?? '';

/** What a start has created so far that is not at its final place. */
function halfMade(): string[] {
  try {
    return readdirSync(directory, { recursive: true })
      .map(String)
      .filter((name) => name.startsWith('postgres.new-') && name.includes('/'));
  } catch {
    // It is missing or changes at this moment.
    return [];
  }
}
