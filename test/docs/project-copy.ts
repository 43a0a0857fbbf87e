import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compiled } from '../support/compiled.js';
import { freshData } from '../support/fresh-data.js';

export interface Finished {
  code: number | null;
  out: string;
}

/** A stranger's copy of the project: own folder, empty HOME, nothing in the environment. */
export interface ProjectCopy {
  folder: string;
  /** Runs shell text from the copy's folder to its end. */
  run(text: string, env?: Record<string, string>): Promise<Finished>;
  /**
   * Starts shell text and waits until `/readyz` answers 200 on that port; throws with all it printed when it does not.
   */
  serve(text: string, port: number, env?: Record<string, string>): Promise<Served>;
  remove(): void;
}

interface Served {
  /** Ends all that was started. `first`: the signal goes to the first process only, such as npm. */
  stop(first?: 'first'): Promise<void>;
  output(): string;
}

const PARTS = ['src', 'migrations', 'examples', 'build.mjs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
const START_WITHIN_MS = 220_000;

/**
 * `hasDatabase`: the embedded database is there already, empty, which saves the seconds of making it. `isBuilt`: `npm
 * start` does not build the package first.
 */
export async function copyProject({ hasDatabase = false, isBuilt = false } = {}): Promise<ProjectCopy> {
  const folder = mkdtempSync(join(tmpdir(), 'headless-punchout-docs-'));
  for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  if (hasDatabase) renameSync(await freshData(), join(folder, '.data'));
  // Compiled, programs start in half the time. That tsx runs them is seen by `npm run demo`.
  const cli = `node --liftoff-only ${await compiled('src/cli.ts')}`;
  const scripts = {
    '"punchout": "tsx src/cli.ts': `"punchout": "${cli}`,
    '"demo": "tsx src/cli.ts': `"demo": "${cli}`,
  };
  const built = {
    '"prestart": "node build.mjs --if-changed",': '',
    '"start": "node --enable-source-maps dist/src/server.js': `"start": "node ${await compiled('src/server.ts')}`,
  };
  let manifest = readFileSync('package.json', 'utf8');
  for (const [written, started] of Object.entries(isBuilt ? { ...scripts, ...built } : scripts)) {
    if (!manifest.includes(written)) throw new Error(`package.json has no ${written}`);
    manifest = manifest.replace(written, started);
  }
  writeFileSync(join(folder, 'package.json'), manifest);
  const home = join(folder, 'home');
  mkdirSync(home);

  function start(
    text: string,
    env: Record<string, string>,
  ): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', text], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: home, CURL_HOME: home, npm_config_update_notifier: 'false', ...env },
      // A group of its own: npm does not hand signals on to what it started.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
    return { child, output: () => chunks.join(''), ended };
  }

  return {
    folder,
    async run(text, env = {}) {
      const { output, ended } = start(text, env);
      return { code: await ended, out: output() };
    },
    async serve(text, port, env = {}) {
      const { child, output, ended } = start(text, { PORT: String(port), ...env });
      const { pid } = child;
      if (pid === undefined) throw new Error('bash could not be started');
      const stop = async (first?: 'first'): Promise<void> => {
        if (child.exitCode === null) process.kill(first === undefined ? -pid : pid, 'SIGTERM');
        await ended;
      };
      const giveUpAt = performance.now() + START_WITHIN_MS;
      while (!(await isReady(port))) {
        if (child.exitCode !== null || performance.now() > giveUpAt) {
          await stop();
          throw new Error(`${text} did not become ready:\n${output()}`);
        }
        await new Promise((wake) => setTimeout(wake, 100));
      }
      return { stop, output };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Lets curl find `127.0.0.1:3000`, which README names, at the port that the test has. */
export function leadCurl({ folder }: ProjectCopy, port: number): void {
  writeFileSync(join(folder, 'home', '.curlrc'), `connect-to = "127.0.0.1:3000:127.0.0.1:${port}"\n`);
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
}
