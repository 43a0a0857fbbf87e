import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';
import { BATCHED_STATEMENTS, batchingOn, type BatchRow } from '../../../contracts/batched-statements.js';

/** Runs a batched statement for the rows that it is sent, 32 at once, and tells each answer, until it is killed. */
const [url = '', name = ''] = process.argv.slice(2);
const batching = batchingOn(await openDatabase({ kind: 'server', url }));
process.on('message', (rows: BatchRow[]) => void runAll(rows));
process.send?.('ready');

async function runAll(rows: readonly BatchRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 32)
    await Promise.all(
      rows.slice(start, start + 32).map(async (row) => {
        process.send?.({ id: row.id, mark: await BATCHED_STATEMENTS[name]?.run(batching, row) });
      }),
    );
}
