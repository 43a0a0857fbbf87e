import { Client } from 'pg';

/** Runs `act` with a new, empty database on the server of `databaseUrl`, and drops it. */
export async function withOwnDatabase<Result>(
  databaseUrl: string,
  name: string,
  act: (url: string) => Promise<Result>,
): Promise<Result> {
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  const own = new URL(databaseUrl);
  own.pathname = `/punchout_bench_${name}_${process.pid}`;
  const quoted = own.pathname.slice(1);
  await admin.query(`create database ${quoted}`);
  try {
    return await act(own.href);
  } finally {
    await admin.query(`drop database if exists ${quoted} with (force)`);
    await admin.end();
  }
}
