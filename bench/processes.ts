import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a server on one core, the first if not told otherwise; keep the driver and the databases off it
 * (`taskset -c 1 npm run bench`). A first start makes its database, which takes a busy machine minutes.
 */
export async function startServerProcess(
  script: string,
  env: Record<string, string | undefined>,
  readyUrl: string,
  execArgv: string[] = [],
  core = 0,
): Promise<ChildProcess> {
  const argv = [process.execPath, ...execArgv, script];
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(core), ...argv] : argv;
  const child = spawn(String(pinned[0]), pinned.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  for (let attempt = 0; attempt < 3_000; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
    try {
      await fetch(readyUrl);
      return child;
    } catch {
      await sleep(100);
    }
  }
  throw new Error(`no answer from ${readyUrl}`);
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
  children.delete(child);
}

/** Seconds of CPU that a process has used so far; NaN without /proc. */
export function cpuSeconds(pid: number | undefined): number {
  try {
    const fields =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
