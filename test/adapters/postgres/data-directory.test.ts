import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { compiled } from '../../support/compiled.js';
import { freshData } from '../../support/fresh-data.js';

const ROW = 'a row that must not be lost';
/** A database with a row, closed properly; each test damages a copy. */
let whole: string;
let home: string;
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
  beforeEach(() => cpSync(whole, directory, { recursive: true }));

  it('an intact one opens repeatedly', async () => {
    expect(await words()).toContain(ROW);
    expect(await words()).toHaveLength(501);
  }, 240_000);

  it.each<[string, () => void, string]>([
    ['PG_VERSION is missing', () => rmSync(inside('PG_VERSION')), 'PG_VERSION cannot be read (it is missing)'],
    ['PG_VERSION is empty', () => truncateSync(inside('PG_VERSION')), 'PG_VERSION is empty'],
    [
      'PG_VERSION cannot be read',
      () => (rmSync(inside('PG_VERSION')), mkdirSync(inside('PG_VERSION'))),
      'PG_VERSION cannot be read (it is a directory)',
    ],
    [
      'another version of PostgreSQL',
      () => writeFileSync(inside('PG_VERSION'), '17\n'),
      'was made by PostgreSQL "17", and this program reads 18',
    ],
    [
      'the control file is missing',
      () => rmSync(inside('global/pg_control')),
      'global/pg_control cannot be read (it is missing)',
    ],
    [
      'the control file is cut short',
      () => truncateSync(inside('global/pg_control'), 100),
      'global/pg_control has 100 bytes',
    ],
    [
      'the tables are missing',
      () => rmSync(inside('base'), { recursive: true }),
      'base cannot be read (it is missing)',
    ],
    [
      'the log is missing',
      () => rmSync(inside('pg_wal'), { recursive: true }),
      'pg_wal cannot be read (it is missing)',
    ],
    [
      'the state of transactions is missing',
      () => rmSync(inside('pg_xact'), { recursive: true }),
      'pg_xact cannot be read (it is missing)',
    ],
    [
      'the settings are missing',
      () => rmSync(inside('postgresql.conf')),
      'postgresql.conf cannot be read (it is missing)',
    ],
    ['pg_hba.conf is missing', () => rmSync(inside('pg_hba.conf')), 'pg_hba.conf cannot be read (it is missing)'],
    ['a table is empty', () => truncateSync(inside(table)), 'has 0 bytes, and had'],
    ['a table is half as long', () => truncateSync(inside(table), 8192), 'has 8192 bytes, and had'],
    ['a table is missing', () => rmSync(inside(table)), 'is missing'],
    [
      'a file of the log is cut short',
      () => truncateSync(inside(`pg_wal/${readdirSync(inside('pg_wal')).find((name) => /^0/.test(name)) ?? ''}`), 1000),
      'has 1000 bytes, and had 16777216',
    ],
  ])(
    '%s',
    async (_, damage, what) => {
      damage();
      const before = pictureOf(directory);
      const said = await refusal();
      expect(said).toContain(inside('').slice(0, -1));
      expect(said).toContain(what);
      expect(said).toMatch(/Restore the directory from a backup|Use the version of this program that made it/);
      expect(pictureOf(directory)).toEqual(before);
    },
    240_000,
  );

  describe('after a kill, when the file lengths are not recorded', () => {
    beforeEach(() => rmSync(inside('files-at-close.json')));

    it('an intact one opens', async () => expect(await words()).toContain(ROW), 240_000);

    it.each<[string, () => void, RegExp]>([
      ['a table is missing', () => rmSync(inside(table)), /the file base\/\d+\/\d+ of kept is missing/],
      ['an index is empty', () => truncateSync(inside('base/5/2663')), /damaged/],
      [
        'the catalogue of tables is empty',
        () => truncateSync(inside('base/5/1259')),
        /PostgreSQL does not start on it/,
      ],
      [
        'the control file holds zeros',
        () => writeFileSync(inside('global/pg_control'), Buffer.alloc(8192)),
        /PostgreSQL does not start on it/,
      ],
      [
        'a file of the log is cut short',
        () =>
          truncateSync(inside(`pg_wal/${readdirSync(inside('pg_wal')).find((name) => /^0/.test(name)) ?? ''}`), 1000),
        /PostgreSQL does not start on it/,
      ],
    ])(
      '%s',
      async (_, damage, what) => {
        damage();
        expect(await refusal()).toMatch(what);
        expect(await refusal()).toMatch(/Restore the directory from a backup/);
      },
      240_000,
    );
  });

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
    cpSync(join(whole, 'postgres'), directory, { recursive: true });
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
    cpSync(whole, directory, { recursive: true });
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    expect(await words()).toContain(ROW);
    expect(readdirSync(directory)).toEqual(['notes.txt', 'postgres']);
  }, 240_000);

  it('an empty directory, or a link to one, in the place of the database becomes a database', async () => {
    mkdirSync(join(home, 'volume'));
    mkdirSync(directory);
    symlinkSync(join(home, 'volume'), join(directory, 'postgres'));
    await (await openDatabase({ kind: 'embedded', directory })).close();
    expect(existsSync(join(home, 'volume', 'PG_VERSION'))).toBe(true);
    await (await openDatabase({ kind: 'embedded', directory })).close();
    rmSync(join(home, 'volume', 'PG_VERSION'));
    expect(await refusal()).toContain('PG_VERSION cannot be read');
  }, 240_000);
});

describe('kill -9 during the first creation of the database', () => {
  it.each<[string, (made: string[]) => boolean]>([
    ['at the first file', (made) => made.length > 0],
    ['when the version file exists', (made) => made.some((name) => name.endsWith('PG_VERSION'))],
    ['when half of it is there', (made) => made.length > 400],
  ])(
    '%s: the next start creates it again and leaves no remains',
    async (_, isTime) => {
      const script = await compiled('test/adapters/postgres/child/open-until-killed.ts');
      const child = spawn(process.execPath, [script, directory], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      try {
        // Waits as long as needed: half a minute on a busy machine.
        while (!isTime(halfMade())) await new Promise((resolve) => setTimeout(resolve, 5));
      } finally {
        child.kill('SIGKILL');
        await exited;
      }
      expect(halfMade().length).toBeGreaterThan(0);
      expect(existsSync(inside('PG_VERSION'))).toBe(false);
      const database = await openDatabase({ kind: 'embedded', directory });
      await database.health.check();
      await database.close();
      expect(readdirSync(directory)).toEqual(['postgres']);
    },
    300_000,
  );
});

/** What a start has created so far that is not at its final place. */
function halfMade(): string[] {
  try {
    return readdirSync(directory, { recursive: true })
      .map(String)
      .filter((name) => name.startsWith('postgres.new-') && name.includes('/'));
  } catch {
    // It is missing or changes at this moment.
    return [];
  }
}
