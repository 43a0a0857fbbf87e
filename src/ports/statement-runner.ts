/**
 * Runs one named prepared statement on our database and gives its rows, for stores that keep their carts there.
 * Throws PunchoutError('SERVICE_UNAVAILABLE') when the database does not answer in its bounds.
 */
export type StatementRunner = <Row extends object>(
  statement: NamedStatement,
  values: readonly unknown[],
) => Promise<Row[]>;

/** Columns are always named: a prepared `select *` breaks when a migration adds one. */
export interface NamedStatement {
  /** Unique in the program: the server keeps a plan by this name. */
  name: string;
  text: string;
}
