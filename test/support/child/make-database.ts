import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';

/** Makes an embedded database with today's schema in the directory it is given. */
const database = await openDatabase({ kind: 'embedded', directory: process.argv[2] ?? '' });
await migrate(database);
await database.close();
