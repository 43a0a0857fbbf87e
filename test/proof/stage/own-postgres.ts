import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.js';
import { ended, ownChild } from './own-children.js';
import { until } from './until.js';

export interface OwnPostgres {
  url: string;
  /** SIGKILL; `start` recovers committed data, on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** A separate PostgreSQL cluster that may be killed; `fsync` has its default. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const bin = await binaries();
  const owner = process.getuid?.() === 0 ? ownerIds() : {};
  const directory = await mkdtemp(join(tmpdir(), 'proof-postgres-'));
  await chmod(directory, 0o700);
  if (owner.uid !== undefined) await chown(directory, owner.uid, owner.gid ?? owner.uid);
  await run(join(bin, 'initdb'), ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], {
    ...owner,
    cwd: '/',
  });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const launch = async (): Promise<ReturnType<typeof spawn>> => {
    const child = ownChild(
      spawn(
        join(bin, 'postgres'),
        ['-D', directory, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        { ...owner, cwd: '/', stdio: 'ignore' },
      ),
    );
    if (!(await until(() => answers(url), 30_000))) throw new Error('PostgreSQL does not start');
    return child;
  };
  let child = await launch();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended(child);
    // Its backends notice the end and exit; until then they use the directory.
    await until(async () => !(await answers(url)), 10_000);
  };
  return {
    url,
    kill,
    async start() {
      child = await launch();
    },
    async close() {
      child.kill('SIGINT');
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function binaries(): Promise<string> {
  const versions = await readdir('/usr/lib/postgresql').catch((): string[] => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? '' : join('/usr/lib/postgresql', newest, 'bin');
}

/** PostgreSQL refuses to run as root. */
function ownerIds(): { uid?: number; gid?: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
