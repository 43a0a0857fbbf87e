import type { Knex } from 'knex';
import type { Client } from 'pg';
import type { StatementRunner, NamedStatement } from '../../../ports/statement-runner.js';
import { type Database, databaseFault } from './database.js';

/**
 * Owns nothing, cannot log in, may only read. The role belongs to the whole cluster; its rights are granted per
 * database.
 */
const TENANT_ROLE = 'punchout_tenant';
/** Holds the tenant of the current transaction. */
const TENANT_SETTING = 'punchout.tenant';

/** Tables of tenants without a policy. */
const UNGUARDED = `
  select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_tenant')`;

/** As a condition in SQL: `guardTenantTables` has nothing to do. */
export const TENANTS_ARE_GUARDED = `not exists (${UNGUARDED})
  and exists (select from pg_roles where rolname = '${TENANT_ROLE}' and pg_has_role(oid, 'member'))`;

/**
 * Adds row-level security to the tenant predicates (T39). In every table with a `tenant_id`, TENANT_ROLE sees only the
 * rows of the tenant that its transaction has set, and no rows where none is set. Reads of several rows use that role
 * (`asTenant`). Hot statements, which address one row by its whole key or by a 256-bit digest, and the
 * statements of the worker, which serves all tenants, run as the owner of the tables, to whom policies do not apply.
 * Runs after each migration and covers every new table. Where the login may not create roles, an administrator does
 * (`create role punchout_tenant nologin; grant punchout_tenant to <login>`); until then only the predicates protect.
 */
export async function guardTenantTables(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$
    declare unguarded regclass;
    begin
      begin
        if not exists (select from pg_roles where rolname = '${TENANT_ROLE}') then
          create role ${TENANT_ROLE} nologin;
        end if;
        if not pg_has_role(current_user, '${TENANT_ROLE}', 'member') then
          execute format('grant ${TENANT_ROLE} to %I', current_user);
        end if;
      -- No right to do so, or another database of the cluster has just done it.
      exception when insufficient_privilege or duplicate_object or unique_violation or undefined_object then null;
      end;
      if not exists (select from pg_roles where rolname = '${TENANT_ROLE}') then return; end if;
      for unguarded in
        ${UNGUARDED}
      loop
        execute format('alter table %s enable row level security', unguarded);
        execute format('create policy own_tenant on %s for select to ${TENANT_ROLE}
          using (tenant_id = current_setting(''${TENANT_SETTING}'', true))', unguarded);
        execute format('grant select on %s to ${TENANT_ROLE}', unguarded);
      end loop;
    end $$`);
}

const ROLE_IS_OURS = {
  name: 'tenant-role-is-ours',
  text: `select coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = $1), false) as ours`,
  values: [TENANT_ROLE],
};

/** Both settings end with the transaction, on commit and on rollback. */
function becomeTenant(tenantId: string, role: string): { name: string; text: string; values: string[] } {
  return {
    name: 'tenant-become',
    text: `select set_config('${TENANT_SETTING}', $1, true), set_config('role', $2, true)`,
    values: [tenantId, role],
  };
}

/** Becomes the login again, within the transaction. */
const BECOME_LOGIN = {
  name: 'tenant-leave',
  text: `select set_config('role', 'none', true), set_config('${TENANT_SETTING}', '', true)`,
};

type WithClient = <T>(act: (client: Client) => Promise<T>) => Promise<T>;

/** How a database runs statements together, in one transaction each time. */
export function transactions(withClient: WithClient): Pick<Database, 'asTenant' | 'transaction'> {
  const known: { role?: string } = {};
  /** Runs as the login where TENANT_ROLE is missing. */
  const becomeTenantOf = async (client: Client, tenantId: string): Promise<void> => {
    known.role ??= (await client.query<{ ours: boolean }>(ROLE_IS_OURS)).rows[0]?.ours === true ? TENANT_ROLE : 'none';
    await client.query(becomeTenant(tenantId, known.role));
  };
  return {
    asTenant: (tenantId, read) =>
      withClient(async (client) => {
        await client.query('begin isolation level repeatable read, read only');
        try {
          await becomeTenantOf(client, tenantId);
          const result = await read(runnerOf(client));
          await client.query('commit');
          return result;
        } catch (error) {
          await client.query('rollback').catch(() => client.end());
          throw error;
        }
      }),
    async transaction(write) {
      const outcome = await withClient(async (client) => {
        const run: StatementRunner = async <Row extends object>(
          statement: NamedStatement,
          values: readonly unknown[],
        ) => {
          try {
            return await runnerOf(client)<Row>(statement, values);
          } catch (error) {
            throw databaseFault(error);
          }
        };
        // After an error the transaction ends, and the role with it.
        const asTenant: Database['asTenant'] = async (tenantId, read) => {
          await becomeTenantOf(client, tenantId);
          const result = await read(run);
          await client.query(BECOME_LOGIN);
          return result;
        };
        await client.query('begin');
        try {
          const value = await write({ query: run, asTenant });
          await run({ name: 'commit', text: 'commit' }, []);
          return { ok: true as const, value };
        } catch (error) {
          await client.query('rollback').catch(() => client.end());
          return { ok: false as const, error };
        }
      });
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    },
  };
}

function runnerOf(client: Client): StatementRunner {
  return async <Row extends object>({ name, text }: NamedStatement, values: readonly unknown[]) =>
    (await client.query<Row>({ name, text, values: [...values] })).rows;
}
