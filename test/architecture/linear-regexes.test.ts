import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';

/** For a machine that is busy: a check that gives up says nothing about the regular expression. */
const LONGEST_CHECK_MS = 60_000;

describe('T67: no text makes a regular expression slow', () => {
  const regexes = new Map<string, { pattern: string; flags: string; file: string }>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))) {
    for (const { pattern, flags } of literalsOf(
      parseSync(readFileSync(join('src', file), 'utf8'), { syntax: 'typescript', tsx: file.endsWith('x') }),
    ))
      regexes.set(`/${pattern}/${flags}`, { pattern, flags, file });
  }

  it('finds them', () => expect(regexes.size).toBeGreaterThan(200));

  it('every one is linear', () => {
    const slow = [...regexes].flatMap(([text, { pattern, flags, file }]) => {
      const found = checkSync(pattern, flags, { timeout: LONGEST_CHECK_MS });
      return found.status === 'safe'
        ? []
        : [
            `${file}: ${text} is ${found.status}, see ` +
              (found.status === 'vulnerable' ? found.attack.pattern : found.error.kind),
          ];
    });
    expect(slow).toEqual([]);
  }, 300_000);
});

function literalsOf(node: unknown): { pattern: string; flags: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const own =
    'type' in node && node.type === 'RegExpLiteral' && 'pattern' in node && 'flags' in node
      ? [{ pattern: String(node.pattern), flags: String(node.flags) }]
      : [];
  return [...own, ...Object.values(node).flatMap(literalsOf)];
}
