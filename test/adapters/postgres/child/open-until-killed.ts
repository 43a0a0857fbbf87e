import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';

/** Opens the embedded database in the given directory, reports it, and stays. */
await openDatabase({ kind: 'embedded', directory: process.argv[2] ?? '' });
process.stdout.write('open\n');
setInterval(() => undefined, 1_000);
