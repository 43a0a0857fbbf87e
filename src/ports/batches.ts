import { isAway } from '../domain/error-codes.js';
import type { NamedStatement, StatementRunner } from './statement-runner.js';

/** A hot statement about one row of a tenant, and the same for many rows (architecture.md section 8). */
export interface BatchedStatement {
  /** Parameters: the tenant, then the row's values in the order of `columns`. */
  one: NamedStatement;
  /**
   * $1 is the tenant, $2 the rows as `givenRows` reads them. Gives `n`, the row's number, beside what `one` gives. A
   * write leaves out each row that it would have to wait for, so that no row waits for its neighbours.
   */
  many: NamedStatement;
  /** Name and SQL type of each value. */
  columns: Readonly<Record<string, string>>;
  /** `many` reads, so its answer is final. A write asks again, alone, about each row that `many` left out. */
  isRead?: boolean;
}

/** SQL: the rows of a batch as `r`. */
export function givenRows(columns: BatchedStatement['columns']): string {
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `json_to_recordset($2::json) as r(n int, ${types.join(', ')})`;
}

const MOST_ROWS = 64;
/** More do not finish sooner: the rows that come meanwhile make the next batch larger. */
const MOST_IN_FLIGHT = 2;
/** A row waits no longer for a batch in flight, since the database may have gone away (P5). */
const MOST_WAIT_MS = 50;
/** Longer rows travel alone. */
const MOST_CHARACTERS = 32_768;

type Values = readonly unknown[];

interface Waiting<Row> {
  values: Values;
  resolve(rows: Row[]): void;
  reject(error: unknown): void;
}

interface Lane<Row> {
  waiting: Waiting<Row>[];
  inFlight: number;
  isDue: boolean;
  late?: NodeJS.Timeout | undefined;
}

/**
 * Runs a statement for many callers at once: rows of one tenant that are waiting in the same turn of the event loop go
 * out together. A lone row takes the statement for one. If the rows fail together, each is judged alone. A connection
 * that is lost is nobody's fault: all get the error, since the statement may have had its effect.
 */
export function batched<Row extends object>(
  query: StatementRunner,
  { one, many, columns, isRead = false }: BatchedStatement,
): (tenantId: string, values: Values) => Promise<Row[]> {
  const names = Object.keys(columns);
  const lanes = new Map<string, Lane<Row>>();
  const alone = (tenantId: string, { values, resolve, reject }: Waiting<Row>): Promise<void> =>
    query<Row>(one, [tenantId, ...values]).then(resolve, reject);

  async function together(tenantId: string, batch: readonly Waiting<Row>[]): Promise<void> {
    const [first] = batch;
    if (first !== undefined && batch.length === 1) return alone(tenantId, first);
    const rows = batch.map(({ values }, n) =>
      Object.fromEntries([['n', n], ...names.map((name, i) => [name, values[i]])]),
    );
    const unanswered = new Set(batch);
    try {
      for (const row of await query<Row & { n: number }>(many, [tenantId, JSON.stringify(rows)])) {
        const answered = batch[row.n];
        if (answered === undefined) continue;
        answered.resolve([row]);
        unanswered.delete(answered);
      }
      if (isRead) for (const { resolve } of unanswered) resolve([]);
    } catch (error) {
      if (isAway(error)) for (const { reject } of batch) reject(error);
      else await Promise.all(batch.map((waiting) => alone(tenantId, waiting)));
      return;
    }
    if (!isRead) await Promise.all(Array.from(unanswered, (waiting) => alone(tenantId, waiting)));
  }

  function send(tenantId: string, lane: Lane<Row>, most: number): void {
    while (lane.waiting.length > 0 && lane.inFlight < most) {
      lane.inFlight += 1;
      void together(tenantId, lane.waiting.splice(0, MOST_ROWS)).finally(() => {
        lane.inFlight -= 1;
        send(tenantId, lane, MOST_IN_FLIGHT);
        if (lane.inFlight === 0 && lane.waiting.length === 0) lanes.delete(tenantId);
      });
    }
    clearTimeout(lane.late);
    lane.late = lane.waiting.length === 0 ? undefined : setTimeout(send, MOST_WAIT_MS, tenantId, lane, Infinity);
  }

  return (tenantId, values) =>
    new Promise((resolve, reject) => {
      const row = { values, resolve, reject };
      if (
        values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0) > MOST_CHARACTERS
      )
        return void alone(tenantId, row);
      let lane = lanes.get(tenantId);
      if (lane === undefined) lanes.set(tenantId, (lane = { waiting: [], inFlight: 0, isDue: false }));
      lane.waiting.push(row);
      if (lane.isDue) return;
      lane.isDue = true;
      const due = lane;
      setImmediate(() => {
        due.isDue = false;
        send(tenantId, due, MOST_IN_FLIGHT);
      });
    });
}
