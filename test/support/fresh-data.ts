import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const { version } = JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8'));
/** An empty PostgreSQL, initialised: making one takes seconds, copying it a moment. Without our schema, which every start brings up to date. */
const EMPTY = resolve('node_modules', '.cache', 'headless-punchout', `pglite-${String(version)}`);

/** A data directory of its own for the embedded database; the caller deletes it. */
export async function freshData(): Promise<string> {
  if (!existsSync(EMPTY)) await makeEmpty();
  const directory = await mkdtemp(join(tmpdir(), 'headless-punchout-http-'));
  await cp(EMPTY, directory, { recursive: true });
  return directory;
}

async function makeEmpty(): Promise<void> {
  await mkdir(dirname(EMPTY), { recursive: true });
  const directory = await mkdtemp(`${EMPTY}-`);
  const database = await PGlite.create(join(directory, 'postgres'));
  await database.close();
  try {
    await rename(directory, EMPTY);
  } catch {
    // Another worker was first.
    await rm(directory, { recursive: true, force: true });
  }
}
