import { pass } from './death.js';
import { FAULT_VARIABLES } from './kill-points.js';

interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
}

type Run = (statement: Statement) => Promise<unknown>;

const mutant = process.env[FAULT_VARIABLES.mutant];

const TRANSFER_MUTANTS = new Set(['read-then-write', 'acknowledge-early', 'delete-cart-first']);

/** The answer of a statement in a faulty variant of the program; undefined if the variant does not change it. */
export function mutate(statement: Statement, run: Run): Promise<unknown> | undefined {
  const { name = '' } = statement;
  if (mutant === 'session-only' && name === 'transmission-find-by-claim') return Promise.resolve({ rows: [] });
  // Each transfer is then sent alone.
  if (name === 'transmission-transfer-many' && TRANSFER_MUTANTS.has(mutant ?? ''))
    return Promise.reject(new TypeError('a faulty variant has no batches'));
  if (name !== 'transmission-transfer') return undefined;
  switch (mutant) {
    case 'read-then-write':
      return readThenWrite(statement, run);
    case 'acknowledge-early':
      setTimeout(() => void run(statement).catch(() => undefined), 100);
      return Promise.resolve({ rows: [{ done: 1 }] });
    case 'delete-cart-first':
      return run({
        text: 'delete from demo_cart where tenant_id = $1 and cart_id = $2',
        values: statement.values?.slice(0, 2) ?? [],
      }).then(() => {
        pass('transfer:before-commit');
        return run(statement);
      });
    default:
      return undefined;
  }
}

/** The naive way (P1): check the status, then write without checking again. */
async function readThenWrite(statement: Statement, run: Run): Promise<unknown> {
  const active = (await run({
    text: `select 1 from transmission where tenant_id = $1 and transmission_id = $2 and status = 'active'`,
    values: statement.values?.slice(0, 2) ?? [],
  })) as { rows: unknown[] };
  if (active.rows.length === 0) return { rows: [] };
  await new Promise((resolve) => setTimeout(resolve, 5));
  const text = replaced(
    replaced(statement.text, `t.status in ('active') and t.expires_at > now()`, 'true'),
    't.payload, t.sent_cart from t',
    't.payload, t.sent_cart from t on conflict (tenant_id, transmission_id) do update set payload = excluded.payload',
  );
  return run({ name: 'mutant-transfer', text, values: statement.values ?? [] });
}

function replaced(text: string, what: string, by: string): string {
  if (!text.includes(what)) throw new Error(`the mutant does not know this statement any more: ${what}`);
  return text.replace(what, by);
}
