import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';
import { transmissionRepository } from '../../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { newTransmission } from '../../../contracts/transmissions.js';

/** Stores 32 transmissions at once, again and again, and prints the id of each acknowledged one, until it is killed. */
const database = await openDatabase({ kind: 'server', url: process.argv[2] ?? '' });
const repository = transmissionRepository(database);
for (;;)
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      const created = await repository.create(newTransmission());
      process.stdout.write(`${created?.transmissionId}\n`);
    }),
  );
