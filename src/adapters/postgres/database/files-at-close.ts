import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORD = 'files-at-close.json';
const KEPT_IN = ['base', 'global', 'pg_wal', 'pg_xact', 'pg_multixact'];
/** A cache: PostgreSQL makes it anew where it is missing. */
const CACHE = 'pg_internal.init';

/** The files of a database as they were when it was last closed. */
interface FilesAtClose {
  /** Digest of global/pg_control, which changes with every start and every close, whoever does it. */
  control: string;
  /** Bytes by path. */
  sizes: Record<string, number>;
}

/**
 * Writes down what a closed database consists of. PostgreSQL itself takes a table file that has lost pages for a
 * smaller table. Without the record, as after a kill, only PostgreSQL's own checks are left.
 */
export function recordFiles(path: string): void {
  const draft = join(path, `${RECORD}.new`);
  try {
    const record: FilesAtClose = {
      control: digestOf(readFileSync(join(path, 'global', 'pg_control'))),
      sizes: sizesUnder(path),
    };
    writeFileSync(draft, JSON.stringify(record));
    renameSync(draft, join(path, RECORD));
  } catch {
    // A full disk, or files that are gone, must not keep a process from stopping; an older record is no longer looked at.
    rmSync(draft, { force: true });
  }
}

/** What has become of the files of a database that nobody has opened since it was closed; undefined: nothing, or nobody knows. */
export function changedSinceClose(path: string, control: Buffer): string | undefined {
  const record = readRecord(path);
  if (record === undefined || record.control !== digestOf(control)) return undefined;
  const sizes = sizesUnder(path);
  for (const [name, size] of Object.entries(record.sizes)) {
    const now = sizes[name];
    if (now === undefined) return `the file ${name} is missing.`;
    if (now !== size) return `the file ${name} has ${now} bytes, and had ${size} when the database was closed.`;
  }
  return undefined;
}

function readRecord(path: string): FilesAtClose | undefined {
  try {
    const record: FilesAtClose = JSON.parse(readFileSync(join(path, RECORD), 'utf8'));
    return record;
  } catch {
    return undefined;
  }
}

function sizesUnder(path: string): Record<string, number> {
  const sizes: Record<string, number> = {};
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(path, inner), { withFileTypes: true })) {
      const name = `${inner}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (!entry.name.startsWith(CACHE)) sizes[name] = statSync(join(path, name)).size;
    }
  };
  for (const name of KEPT_IN) walk(name);
  return sizes;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
