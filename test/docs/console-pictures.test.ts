import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read } from './markdown.js';

const PAGES = 'src/console/pages';
const FOLDER = 'docs/console';
/** Shown for faults only. */
const NOT_SHOWN = ['notice'];

const pages = readdirSync(PAGES).filter(
  (name) => !NOT_SHOWN.includes(name) && readdirSync(join(PAGES, name)).some((file) => file.endsWith('-page.tsx')),
);

describe('docs/console.md shows every page of the console', () => {
  it.each(pages)('%s has a picture; make it with npm run pictures', (page) => {
    expect(existsSync(join(FOLDER, `${page}.png`))).toBe(true);
    expect(read('docs/console.md')).toContain(`](console/${page}.png)`);
  });

  it('there is no picture of a page that is gone', () => {
    expect(readdirSync(FOLDER).filter((file) => !pages.includes(file.replace(/\.png$/, '')))).toEqual([]);
  });

  it.each(readdirSync(FOLDER))('%s is 1280 px wide and has at most 120 kB', (file) => {
    const path = join(FOLDER, file);
    expect(readFileSync(path).readUInt32BE(16)).toBe(1280);
    expect(statSync(path).size).toBeLessThanOrEqual(120_000);
  });
});
