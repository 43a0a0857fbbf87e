import { migrate } from '../../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';

/** Stores tenants one by one and prints the name of each acknowledged one, until it is killed. */
const database = await openDatabase({ kind: 'embedded', directory: process.argv[2] ?? '' });
await migrate(database);
for (let index = 0; ; index += 1) {
  await database.query(
    { name: 'write', text: "insert into tenant (tenant_id, name, settings) values ($1, 'x', '{}')" },
    [`t${index}`],
  );
  process.stdout.write(`t${index}\n`);
}
