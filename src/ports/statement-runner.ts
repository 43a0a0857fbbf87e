/**
 * Runs one named prepared statement on our database and returns its rows, for stores that keep their carts there.
 * Throws PunchoutError('SERVICE_UNAVAILABLE') if the database does not answer in time.
 */
export type StatementRunner = <Row extends object>(
  statement: NamedStatement,
  values: readonly unknown[],
) => Promise<Row[]>;

/** Name every column: a prepared `select *` breaks when a migration adds one. */
export interface NamedStatement {
  /** Unique in the program: the server caches a plan by this name. */
  name: string;
  text: string;
  /** Writes what the live events show: whoever follows them is told to look. */
  tells?: true;
}
