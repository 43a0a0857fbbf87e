import type { NamedStatement } from '../../ports/statement-runner.js';

interface OldRows {
  name: string;
  table: string;
  /** SQL: the rows to delete. */
  where: string;
  /** The column that an index finds them by. */
  oldestBy: string;
}

/** Deletes up to $1 old rows and gives a row for each. */
export function deleteOldRows({ name, table, where, oldestBy }: OldRows): NamedStatement {
  const places = `select ctid from ${table} where ${where} order by ${oldestBy} limit $1 for update skip locked`;
  return { name, text: `delete from ${table} where ${isAmong(places)} returning 1 as deleted` };
}

/**
 * SQL for rows whose places (ctid) a query gives: whatever the statistics say, they are read one by one. A query that
 * takes rows of several tenants locks them with `for update skip locked`, so that two processes share the work.
 */
export function isAmong(places: string): string {
  return `ctid = any(array(${places}))`;
}

/** SQL: a time so many days ago. `days` is SQL too. */
export function daysAgo(days: string): string {
  return `now() - make_interval(days => ${days})`;
}
