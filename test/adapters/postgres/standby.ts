import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../proof/stage/free-port.js';
import { until } from '../../support/until.js';

const run = promisify(execFile);

export interface Pair {
  primary: string;
  standby: string;
  close(): Promise<void>;
}

/** Directory of PostgreSQL's programs; undefined: not found. */
export function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const newest = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
  const found = newest === undefined ? undefined : join(root, newest, 'bin');
  return found !== undefined && existsSync(join(found, 'pg_basebackup')) ? found : undefined;
}

/** A primary and its hot standby, in separate directories. */
export async function startPair(programs: string): Promise<Pair> {
  const root = process.getuid?.() === 0;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString());
  const owner = root ? { uid: id('-u'), gid: id('-g') } : {};
  const home = mkdtempSync(join(tmpdir(), 'headless-punchout-pair-'));
  if (root) chownSync(home, owner.uid ?? 0, owner.gid ?? 0);
  const started: ReturnType<typeof spawn>[] = [];
  const options = { ...owner, cwd: '/' };
  const launch = async (directory: string, port: number): Promise<string> => {
    started.push(
      spawn(
        join(programs, 'postgres'),
        ['-D', directory, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        { ...options, stdio: 'ignore' },
      ),
    );
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await until(() => answers(url));
    return url;
  };
  const [first, second] = [join(home, 'primary'), join(home, 'standby')];
  await run(
    join(programs, 'initdb'),
    ['-D', first, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    options,
  );
  const [port, standbyPort] = [await freePort(), await freePort()];
  const primary = await launch(first, port);
  await run(
    join(programs, 'pg_basebackup'),
    ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-D', second, '-R', '-X', 'stream', '-c', 'fast'],
    options,
  );
  const standby = await launch(second, standbyPort);
  return {
    primary,
    standby,
    async close() {
      for (const child of started) {
        const exited = once(child, 'exit');
        child.kill('SIGQUIT');
        await exited;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
