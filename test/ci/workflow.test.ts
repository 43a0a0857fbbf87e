import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');
const ci = (...words: string[]): ReturnType<typeof spawnSync> => spawnSync('bash', ['.ci/run', ...words]);

describe('.github/workflows/ci.yml', () => {
  it('does every part of .ci/run, each on its own machine, and nothing else', () => {
    expect([...workflow.matchAll(/^\s+- run: (.*)$/gm)].map(([, command]) => command)).toEqual([
      'bash .ci/run ${{ matrix.part }}',
    ]);
    const parts = /^\s+part: \[(.*)\]$/m.exec(workflow)?.[1]?.split(', ');
    expect(`parts, all without a name: ${parts?.join(' ')}\n`).toBe(
      String(ci('--help').stdout).slice('usage: bash .ci/run [part ...]\n'.length),
    );
  });

  it('runs on the oldest Node.js that package.json names; .ci/run brings the newer ones', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const oldest = /^>=(\d+)\./.exec(engines.node)?.[1];
    expect(/image: node:(\d+)-/.exec(workflow)?.[1]).toBe(oldest);
    expect([...readFileSync('.ci/run', 'utf8').matchAll(/on_node (\d+)/g)].map(([, version]) => version)).toEqual([
      '22',
      '24',
    ]);
  });
});

describe('.ci/run', () => {
  const script = readFileSync('.ci/run', 'utf8');
  /** The keys of a record in a source file. */
  const namesOf = (file: string, record: RegExp): string[] =>
    [...(record.exec(readFileSync(file, 'utf8'))?.[1] ?? '').matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name ?? '');

  it('proves every phase, and plays every part of the journeys, once', () => {
    const phases = [...script.matchAll(/\$tenth ([A-Z,]+)/g)].flatMap(([, names]) => names?.split(',') ?? []);
    expect(phases.toSorted()).toEqual(namesOf('test/proof/main.ts', /PHASES: .*? = \{(.*?)\n\};/s).toSorted());
    expect(/lanes=\((\w+(?: \w+)+)\)/.exec(script)?.[1]?.split(' ')).toEqual(
      namesOf('test/journeys/run.ts', /PARTS: .*? = \{(.*?)\n\};/s),
    );
  });

  it('names the parts if there is none of that name, and does nothing', () => {
    const { status, stderr } = ci('test');
    expect({ status, stderr: String(stderr) }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^ci: no part test; there are: checks tests-1 /),
    });
  });
});
