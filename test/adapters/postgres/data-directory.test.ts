import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { freshData } from '../../support/fresh-data.js';
import { makeDatabase } from './make-database.js';

const ROW = 'a row that must not be lost';
/** A database with a row, closed properly. */
let whole: string;
let home: string;
/** The data directory of a test: `whole`, or one of its own. A copy costs more time than opening it. */
let directory: string;
/** Path of the table that holds the row, under `postgres`. */
let table: string;

beforeAll(async () => {
  whole = await freshData();
  const database = await openDatabase({ kind: 'embedded', directory: whole });
  await database.knex.raw('create table kept (words text primary key)');
  await database
    .knex('kept')
    .insert([{ words: ROW }, ...Array.from({ length: 500 }, (_, index) => ({ words: `${index} ${'x'.repeat(100)}` }))]);
  const { rows } = await database.knex.raw<{ rows: { file: string }[] }>(`select pg_relation_filepath('kept') as file`);
  table = rows[0]?.file ?? '';
  await database.close();
}, 240_000);
afterAll(() => rmSync(whole, { recursive: true, force: true }));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'headless-punchout-data-'));
  directory = join(home, 'data');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const inside = (name: string): string => join(directory, 'postgres', name);

/** Makes the damaged file or directory at a path; the intact one is now at `was`. */
type Damage = (path: string, was: string) => void;
const missing: Damage = () => undefined;
const isFolder: Damage = (path) => {
  mkdirSync(path);
};
const holding =
  (content: string | Buffer): Damage =>
  (path) =>
    writeFileSync(path, content);
const cutTo =
  (bytes: number): Damage =>
  (path, was) =>
    writeFileSync(path, readFileSync(was).subarray(0, bytes));
const kept = (): string => table;
const log = (): string => `pg_wal/${readdirSync(inside('pg_wal')).find((name) => /^0/.test(name)) ?? ''}`;

/** Damages what has that name under `postgres`; the result undoes it. */
function spoil(name: string, damage: Damage): () => void {
  const [path, was] = [inside(name), join(home, 'was')];
  renameSync(path, was);
  damage(path, was);
  return () => {
    rmSync(path, { recursive: true, force: true });
    renameSync(was, path);
  };
}

/** Names, sizes and times of all files in a directory. */
function pictureOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const name = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(name, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
      return entry.isDirectory() ? name : `${name} ${size} ${mtimeMs}`;
    })
    .toSorted();
}

async function refusal(): Promise<string> {
  const opened = await openDatabase({ kind: 'embedded', directory }).catch((error: unknown) => String(error));
  if (typeof opened === 'string') return opened;
  await opened.close();
  throw new Error('the database was opened');
}

async function words(): Promise<string[]> {
  const database = await openDatabase({ kind: 'embedded', directory });
  try {
    const rows: { words: string }[] = await database.knex('kept').select('words');
    return rows.map((row) => row.words);
  } finally {
    await database.close();
  }
}

describe('a damaged database is refused with its name and advice, and nothing is changed', () => {
  beforeEach(() => {
    directory = whole;
  });

  it('an intact one opens repeatedly', async () => {
    expect(await words()).toContain(ROW);
    expect(await words()).toHaveLength(501);
  }, 240_000);

  it.each<[string, string | (() => string), Damage, string]>([
    ['PG_VERSION is missing', 'PG_VERSION', missing, 'PG_VERSION cannot be read (it is missing)'],
    ['PG_VERSION is empty', 'PG_VERSION', cutTo(0), 'PG_VERSION is empty'],
    ['PG_VERSION cannot be read', 'PG_VERSION', isFolder, 'PG_VERSION cannot be read (it is a directory)'],
    [
      'another version of PostgreSQL',
      'PG_VERSION',
      holding('17\n'),
      'was made by PostgreSQL "17", and this program reads 18',
    ],
    ['the control file is missing', 'global/pg_control', missing, 'global/pg_control cannot be read (it is missing)'],
    ['the control file is cut short', 'global/pg_control', cutTo(100), 'global/pg_control has 100 bytes'],
    ['the tables are missing', 'base', missing, 'base cannot be read (it is missing)'],
    ['the log is missing', 'pg_wal', missing, 'pg_wal cannot be read (it is missing)'],
    ['the state of transactions is missing', 'pg_xact', missing, 'pg_xact cannot be read (it is missing)'],
    ['the settings are missing', 'postgresql.conf', missing, 'postgresql.conf cannot be read (it is missing)'],
    ['pg_hba.conf is missing', 'pg_hba.conf', missing, 'pg_hba.conf cannot be read (it is missing)'],
    ['a table is empty', kept, cutTo(0), 'has 0 bytes, and had'],
    ['a table is half as long', kept, cutTo(8192), 'has 8192 bytes, and had'],
    ['a table is missing', kept, missing, 'is missing'],
    ['a file of the log is cut short', log, cutTo(1000), 'has 1000 bytes, and had 16777216'],
  ])(
    '%s',
    async (_, name, damage, what) => {
      const mend = spoil(typeof name === 'string' ? name : name(), damage);
      try {
        const before = pictureOf(directory);
        const said = await refusal();
        expect(said).toContain(inside('').slice(0, -1));
        expect(said).toContain(what);
        expect(said).toMatch(/Restore the directory from a backup|Use the version of this program that made it/);
        expect(pictureOf(directory)).toEqual(before);
      } finally {
        mend();
      }
    },
    240_000,
  );

  it('an intact one opens after a kill, when the file lengths are not recorded', async () => {
    rmSync(inside('files-at-close.json'));
    expect(await words()).toContain(ROW);
  }, 240_000);
});

describe('files of a copy that change', () => {
  beforeEach(() => cpSync(whole, directory, { recursive: true }));

  it.each<[string, string | (() => string), Damage, RegExp]>([
    ['a table is missing', kept, missing, /the file base\/\d+\/\d+ of kept is missing/],
    ['an index is empty', 'base/5/2663', cutTo(0), /damaged/],
    ['the catalogue of tables is empty', 'base/5/1259', cutTo(0), /PostgreSQL does not start on it/],
    [
      'the control file holds zeros',
      'global/pg_control',
      holding(Buffer.alloc(8192)),
      /PostgreSQL does not start on it/,
    ],
    ['a file of the log is cut short', log, cutTo(1000), /PostgreSQL does not start on it/],
  ])(
    '%s, after a kill, when the file lengths are not recorded: it is refused with advice, repeatedly',
    async (_, name, damage, what) => {
      rmSync(inside('files-at-close.json'));
      spoil(typeof name === 'string' ? name : name(), damage);
      expect(await refusal()).toMatch(what);
      expect(await refusal()).toMatch(/Restore the directory from a backup/);
    },
    240_000,
  );

  it('closing succeeds although files are missing or the disk is full', async () => {
    const database = await openDatabase({ kind: 'embedded', directory });
    rmSync(inside('files-at-close.json'));
    mkdirSync(inside('files-at-close.json'));
    await database.close();
    expect(await words()).toContain(ROW);
    const other = await openDatabase({ kind: 'embedded', directory });
    rmSync(directory, { recursive: true, force: true });
    await other.close();
  }, 240_000);

  it('an earlier program version without records may have opened it meanwhile: the old record is ignored', async () => {
    const record = readFileSync(inside('files-at-close.json'));
    const database = await openDatabase({ kind: 'embedded', directory });
    await database
      .knex('kept')
      .insert(Array.from({ length: 1_000 }, (_, index) => ({ words: `more ${index} ${'x'.repeat(100)}` })));
    await database.close();
    writeFileSync(inside('files-at-close.json'), record);
    expect(await words()).toHaveLength(1_501);
  }, 240_000);
});

describe('a directory with other content is not touched', () => {
  it('other files in the place of the database', async () => {
    mkdirSync(inside(''), { recursive: true });
    writeFileSync(inside('notes.txt'), 'mine');
    const before = pictureOf(directory);
    expect(await refusal()).toMatch(
      /holds something other than a database \(notes\.txt\)\. It was not touched\. .*DATA_DIR/,
    );
    expect(pictureOf(directory)).toEqual(before);
  });

  it('a data directory that is a database itself', async () => {
    directory = join(whole, 'postgres');
    const before = pictureOf(directory);
    expect(await refusal()).toMatch(/is itself a PostgreSQL database\. It was not touched\. .*DATA_DIR/);
    expect(pictureOf(directory)).toEqual(before);
  });

  it('a data directory that is a file, one below a file, a database that is a file or a dangling link', async () => {
    writeFileSync(directory, '');
    expect(await refusal()).toMatch(/data directory .* cannot be created or opened \(.*\)\. Set DATA_DIR/);
    const below = directory;
    directory = join(below, 'deeper');
    expect(await refusal()).toMatch(/cannot be created or opened/);
    directory = join(home, 'other');
    mkdirSync(directory);
    writeFileSync(join(directory, 'postgres'), '');
    expect(await refusal()).toMatch(/is not a readable directory \(it is a file\)\. It was not touched/);
    rmSync(join(directory, 'postgres'));
    symlinkSync(join(home, 'nowhere'), join(directory, 'postgres'));
    expect(await refusal()).toMatch(/is not a readable directory/);
    expect(readdirSync(directory)).toEqual(['postgres']);
  });

  it('files next to the database stay', async () => {
    directory = whole;
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    expect(await words()).toContain(ROW);
    expect(readdirSync(directory)).toEqual(['notes.txt', 'postgres']);
    rmSync(join(directory, 'notes.txt'));
  }, 240_000);

  it('an empty directory, or a link to one, in the place of the database becomes a database', async () => {
    mkdirSync(join(home, 'volume'));
    mkdirSync(directory);
    symlinkSync(join(home, 'volume'), join(directory, 'postgres'));
    await makeDatabase(directory);
    expect(existsSync(join(home, 'volume', 'PG_VERSION'))).toBe(true);
    await (await openDatabase({ kind: 'embedded', directory })).close();
    rmSync(join(home, 'volume', 'PG_VERSION'));
    expect(await refusal()).toContain('PG_VERSION cannot be read');
  }, 240_000);
});
