import type { Client } from 'pg';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import type { Database } from './database.js';
import { databaseFault } from './database-fault.js';

/** Commits when `write` returns. When it throws, nothing is kept, and its error is thrown on. */
export function writeTransaction(
  withClient: <T>(act: (client: Client) => Promise<T>) => Promise<T>,
): Database['transaction'] {
  return async (write) => {
    const outcome = await withClient(async (client) => {
      const run: StatementRunner = async <Row extends object>(
        { name, text }: NamedStatement,
        values: readonly unknown[],
      ) => {
        try {
          return (await client.query<Row>({ name, text, values: [...values] })).rows;
        } catch (error) {
          throw databaseFault(error);
        }
      };
      await client.query('begin');
      try {
        const value = await write(run);
        await run({ name: 'commit', text: 'commit' }, []);
        return { ok: true as const, value };
      } catch (error) {
        await client.query('rollback').catch(() => client.end());
        return { ok: false as const, error };
      }
    });
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  };
}
