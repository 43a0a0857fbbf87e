import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';

/**
 * Keeps what the program asks of the database while suites run: jest with `--setupFiles` of this file appends every
 * named statement to STATEMENTS_FILE, one JSON line each. `node test/support/record-statements.mjs 0.2.0` then writes
 * those of version 0.2.0 for test/adapters/postgres/previous.
 */
const { STATEMENTS_FILE } = process.env;
const [, program = '', version] = process.argv;

if (program.endsWith('record-statements.mjs')) {
  const sent = readFileSync(STATEMENTS_FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const statements = Object.fromEntries(sent.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  // Steps are numbered.
  const steps = readdirSync('migrations').flatMap((file) =>
    [...readFileSync(`migrations/${file}`, 'utf8').matchAll(/name: '(\d{3}-[\w-]+)'/g)].map(([, name]) => name),
  );
  const kept = { version, lastStep: steps.toSorted().at(-1), statements };
  writeFileSync('test/adapters/postgres/previous/statements.json', `${JSON.stringify(kept, undefined, 2)}\n`);
  console.log(`${Object.keys(statements).length} statements of ${version}, up to step ${kept.lastStep}`);
} else {
  const { query } = Client.prototype;
  Client.prototype.query = function recorded(...args) {
    const [{ name, text } = {}] = args;
    if (name !== undefined && /^\s*(select|insert|update|delete|with)\b/i.test(text))
      appendFileSync(STATEMENTS_FILE, `${JSON.stringify([name, text])}\n`);
    return query.apply(this, args);
  };
}
