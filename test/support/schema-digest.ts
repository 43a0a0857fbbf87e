import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Identifies the schema: another migration, policy or embedded PostgreSQL gives another digest. */
export function schemaDigest(): string {
  const digest = createHash('sha256');
  const sources = ['node_modules/@electric-sql/pglite/package.json', 'src/adapters/postgres/database/transactions.ts'];
  const migrations = readdirSync('migrations').sort();
  for (const file of [...sources, ...migrations.map((name) => join('migrations', name))]) {
    digest.update(file).update(readFileSync(file));
  }
  return digest.digest('hex').slice(0, 16);
}
