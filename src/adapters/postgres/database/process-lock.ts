import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

/**
 * Locks `path` for this process, so that no second process opens the same embedded database (both would lose rows). The
 * lock of a dead process (kill -9, power cut) is taken over. Throws an Error that names the living holder. Sees
 * processes of this machine only: two containers must not share a data directory.
 */
export function takeProcessLock(path: string): { release(): void } {
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linked(draft, path)) return { release: () => rmSync(path, { force: true }) };
      const holder = read(path);
      if (holder === undefined) continue;
      if (isAlive(holder)) throw new Error(refusal(path, holder.pid));
      removeStale(path, draft);
    }
    throw new Error(`The lock ${path} is requested by several processes at once. Start them one after the other.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Holder {
  pid: number;
  /** Distinguishes a process from a later one with the same number; undefined on systems without /proc. */
  startedAt?: string;
}

function refusal(path: string, pid: number): string {
  return (
    `The embedded database is in use by process ${pid} (lock ${path}). ` +
    'Stop that process, or give this one another data directory (DATA_DIR), ' +
    'or use a PostgreSQL server (DATABASE_URL), which several processes can share.'
  );
}

/** A hard link appears with its content or not at all, and never replaces another file. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Renames the stale lock first: of two processes that found it, the slower one must not remove the new lock of the
 * faster one.
 */
function removeStale(path: string, draft: string): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved !== undefined && isAlive(moved)) linked(aside, path);
  rmSync(aside, { force: true });
}

function read(path: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(path, 'utf8'));
    return holder;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { pid: 0 };
    throw error;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  const start = startOf(pid);
  return start === undefined || startedAt === undefined || start === startedAt;
}

/**
 * Boot and clock tick at which a process began: field 22 of /proc/PID/stat, counted after the name, which may hold any
 * character.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
