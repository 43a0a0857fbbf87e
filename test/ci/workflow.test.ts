import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');

describe('.github/workflows/ci.yml', () => {
  it('does what .ci/run does, and nothing else', () => {
    expect([...workflow.matchAll(/^\s+- run: (.*)$/gm)].map(([, command]) => command)).toEqual(['bash .ci/run']);
  });

  it('runs on Node 20, 22 and 24, the oldest of which package.json names', () => {
    const versions: unknown = JSON.parse(/^\s+node: (\[.*\])$/m.exec(workflow)?.[1] ?? 'null');
    expect(versions).toEqual([20, 22, 24]);
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toMatch(/^>=20\./);
  });
});
