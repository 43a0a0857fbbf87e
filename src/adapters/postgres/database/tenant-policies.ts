import type { Knex } from 'knex';

/** Owns nothing, cannot log in, may only read; known to the whole cluster, its rights are those of each database. */
export const TENANT_ROLE = 'punchout_tenant';
/** The tenant of the transaction under way. */
export const TENANT_SETTING = 'punchout.tenant';

/**
 * Row-level security behind the tenant predicates (SECURITY T39). Every table with a `tenant_id` lets TENANT_ROLE see the rows of
 * the tenant that its transaction has set, and none where it has set none. Reads of several rows put on that role
 * (tenant-transaction.ts). The hot statements, which address one row by its whole key or by a 256-bit digest, and the worker's, which
 * serve all tenants, run as the tables' owner, to whom policies do not apply.
 * Runs after each migration and guards whatever table is new. Where the login may not create roles, an administrator does
 * (`create role punchout_tenant nologin; grant punchout_tenant to <login>`); until then the predicates stand alone.
 */
export async function guardTenantTables(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$
    declare unguarded regclass;
    begin
      begin
        if not exists (select from pg_roles where rolname = '${TENANT_ROLE}') then create role ${TENANT_ROLE} nologin; end if;
        if not pg_has_role(current_user, '${TENANT_ROLE}', 'member') then execute format('grant ${TENANT_ROLE} to %I', current_user); end if;
      -- Not ours to do, or another database of the cluster did it this moment.
      exception when insufficient_privilege or duplicate_object or unique_violation or undefined_object then null;
      end;
      if not exists (select from pg_roles where rolname = '${TENANT_ROLE}') then return; end if;
      for unguarded in
        select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_tenant')
      loop
        execute format('alter table %s enable row level security', unguarded);
        execute format('create policy own_tenant on %s for select to ${TENANT_ROLE} using (tenant_id = current_setting(''${TENANT_SETTING}'', true))', unguarded);
        execute format('grant select on %s to ${TENANT_ROLE}', unguarded);
      end loop;
    end $$`);
}
