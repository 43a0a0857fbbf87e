import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compiled } from './compiled.js';
import { freshData } from './fresh-data.js';

/** Long enough for a busy machine. */
const START_PATIENCE_MS = 100_000;

/** A server or a worker in a separate process with a small heap. */
export interface ServerChild {
  url: string;
  port: number;
  /** Its log so far. */
  said(): string;
  hasEnded(): boolean;
  /** Sends a signal; resolves with the exit code, or with the signal that has ended it. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
  close(): Promise<void>;
}

/** `command`: that of `punchout`. Without DATABASE_URL it has an embedded database of its own. */
export async function startServerChild(
  environment: Record<string, string> = {},
  command?: 'serve' | 'worker',
): Promise<ServerChild> {
  const directory =
    'DATABASE_URL' in environment ? await mkdtemp(join(tmpdir(), 'headless-punchout-')) : await freshData();
  const port = await freePort();
  const env = { PATH: process.env['PATH'], DATA_DIR: directory, PORT: String(port), LOG_LEVEL: 'warn', ...environment };
  const program = command === undefined ? [await compiled('src/server.ts')] : [await compiled('src/cli.ts'), command];
  const child: ChildProcess = spawn(process.execPath, ['--max-old-space-size=256', ...program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const killed = (): unknown => child.kill('SIGKILL');
  process.once('exit', killed);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (said += text.toString('utf8')));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const url = `http://127.0.0.1:${port}`;
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/readyz`).then(
      async (answer) => (await answer.text(), answer.ok),
      () => false,
    );
  for (const giveUpAt = performance.now() + START_PATIENCE_MS; !(await isReady()); await setTimeout(100)) {
    if (!hasEnded() && performance.now() < giveUpAt) continue;
    killed();
    throw new Error(`the server did not start: ${said}`);
  }
  return {
    url,
    port,
    said: () => said,
    hasEnded,
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code, killedBy]: (number | string | null)[] = await ended;
      return code ?? killedBy ?? null;
    },
    async close() {
      process.off('exit', killed);
      if (!hasEnded()) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
