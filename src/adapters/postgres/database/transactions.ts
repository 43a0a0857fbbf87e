import type { Client } from 'pg';
import type { StatementRunner, NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from './database.js';
import { TENANT_ROLE, TENANT_SETTING } from './tenant-policies.js';
import { databaseFault } from './database-fault.js';

const ROLE_IS_OURS = {
  name: 'tenant-role-is-ours',
  text: `select coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = $1), false) as ours`,
  values: [TENANT_ROLE],
};

/** Both settings end with the transaction, whatever becomes of it. */
function becomeTenant(tenantId: string, role: string): { name: string; text: string; values: string[] } {
  return {
    name: 'tenant-become',
    text: `select set_config('${TENANT_SETTING}', $1, true), set_config('role', $2, true)`,
    values: [tenantId, role],
  };
}

/** One snapshot, read only, as TENANT_ROLE with the tenant set; as the login itself where that role is not at hand. */
export function tenantTransaction(
  withClient: <T>(act: (client: Client) => Promise<T>) => Promise<T>,
): Database['asTenant'] {
  const known: { role?: string } = {};
  return (tenantId, read) =>
    withClient(async (client) => {
      known.role ??=
        (await client.query<{ ours: boolean }>(ROLE_IS_OURS)).rows[0]?.ours === true ? TENANT_ROLE : 'none';
      await client.query('begin isolation level repeatable read, read only');
      try {
        await client.query(becomeTenant(tenantId, known.role));
        const run: StatementRunner = async <Row extends object>(
          { name, text }: Parameters<StatementRunner>[0],
          values: readonly unknown[],
        ) => (await client.query<Row>({ name, text, values: [...values] })).rows;
        const result = await read(run);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => client.end());
        throw error;
      }
    });
}

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
