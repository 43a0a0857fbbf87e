import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RedisProcess {
  port: number;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a Redis in a separate directory; ended by its process handle. */
export async function startRedis(options: string[] = [], port?: number): Promise<RedisProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'headless-punchout-redis-'));
  const listening = port ?? (await freePort());
  const child = spawn(
    'redis-server',
    [
      '--port',
      String(listening),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'no',
      ...options,
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  await answers(listening);
  return {
    port: listening,
    process: child,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Three masters that share all slots. */
export async function startCluster(): Promise<RedisProcess[]> {
  const nodes = await Promise.all(
    [1, 2, 3].map(() => startRedis(['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'])),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
  for (const { port } of nodes)
    await until(async () => (await ask(port, 'cluster', 'info')).includes('cluster_state:ok'));
  return nodes;
}

export async function ask(port: number, ...command: string[]): Promise<string> {
  return (await run('redis-cli', ['-p', String(port), ...command])).stdout;
}

async function answers(port: number): Promise<void> {
  await until(async () => (await ask(port, 'ping').catch(() => '')).includes('PONG'));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error('Redis did not become ready.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** At least 10,000 below the end of the ephemeral range, since a cluster node also listens on its port + 10,000. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    if (port < 55_000) return port;
  }
}
