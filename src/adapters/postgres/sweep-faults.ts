import type { SweepFault, SweepFaults } from '../../ports/sweep-faults.js';
import type { Database } from './database/database.js';

const LIST = { name: 'sweep-fault-list', text: 'select sweep, since, error from sweep_fault order by since, sweep' };
const FAILED = {
  name: 'sweep-fault-failed',
  text: `
    insert into sweep_fault (sweep, error) values ($1, $2)
    on conflict (sweep) do update set error = excluded.error`,
};
const MENDED = { name: 'sweep-fault-mended', text: 'delete from sweep_fault where sweep = any ($1)' };

export function sweepFaults({ query }: Pick<Database, 'query'>): SweepFaults {
  return {
    list: () => query<SweepFault>(LIST, []),
    async failed(sweep, error) {
      await query(FAILED, [sweep, error.replaceAll('\0', '').slice(0, 500)]);
    },
    async mended(sweeps) {
      await query(MENDED, [sweeps]);
    },
  };
}
