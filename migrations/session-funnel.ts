import type { Migration } from './migration.js';

/**
 * Roll-ups of the funnel: how many sessions of an hour or a day (UTC, of the call-up) and a connection came how far. As
 * for sales (sales-figures.ts), a fact is written with the step and deleted by the statement that folds it, so that
 * roll-ups plus facts are exact in any snapshot. A trigger writes the facts: several statements take these steps, and
 * the previous version of the program goes on while this one starts. Sessions without a buyer are not counted, test
 * punchouts among them; which of the other older ones had none is not known.
 */
export const sessionFunnel: Migration = {
  name: '106-session-funnel',
  up: (knex) =>
    knex.raw(`
      alter table transmission add column uncounted boolean not null default false;
      update transmission set uncounted = true where test_id is not null;
      create table funnel_fact (
        tenant_id text not null,
        fact_id bigint generated always as identity,
        hour timestamptz not null,
        connection_id text not null,
        call_ups integer not null,
        logins integer not null,
        transfers integer not null,
        orders integer not null,
        -- Time of the call-up whose cart was sent.
        last_transfer timestamptz,
        primary key (tenant_id, fact_id)
      );
      create table funnel_hour (
        tenant_id text not null,
        hour timestamptz not null,
        connection_id text not null,
        call_ups bigint not null,
        logins bigint not null,
        transfers bigint not null,
        orders bigint not null,
        last_transfer timestamptz,
        primary key (tenant_id, hour, connection_id)
      );
      create table funnel_day (
        tenant_id text not null,
        day date not null,
        connection_id text not null,
        call_ups bigint not null,
        logins bigint not null,
        transfers bigint not null,
        orders bigint not null,
        last_transfer timestamptz,
        primary key (tenant_id, day, connection_id)
      );
      -- Takes back what the old row counted, and counts the new one.
      create function count_in_funnel() returns trigger language plpgsql as $$
      begin
        insert into funnel_fact (tenant_id, hour, connection_id, call_ups, logins, transfers, orders, last_transfer)
        select r.tenant_id, date_trunc('hour', r.created_at, 'UTC'), r.connection_id, sum(r.n), sum(r.n * r.login),
          sum(r.n * r.transfer), sum(r.n * r.ordered),
          max(r.created_at) filter (where r.n = 1 and r.transfer = 1)
        from (
          select -1 as n, old.tenant_id, old.created_at, old.connection_id,
            (old.logged_in_at is not null)::int as login,
            (old.status in ('transferred', 'order_created'))::int as transfer,
            (old.status = 'order_created')::int as ordered
          where tg_op <> 'INSERT' and not old.uncounted
          union all
          select 1, new.tenant_id, new.created_at, new.connection_id, (new.logged_in_at is not null)::int,
            (new.status in ('transferred', 'order_created'))::int, (new.status = 'order_created')::int
          where tg_op <> 'DELETE' and not new.uncounted
        ) r
        group by 1, 2, 3
        having (sum(r.n), sum(r.n * r.login), sum(r.n * r.transfer), sum(r.n * r.ordered)) <> (0, 0, 0, 0);
        return null;
      end $$;
      create trigger transmission_funnel
        after insert or delete or update of status, logged_in_at, created_at, connection_id, uncounted on transmission
        for each row execute function count_in_funnel();
      insert into funnel_hour (tenant_id, hour, connection_id, call_ups, logins, transfers, orders, last_transfer)
      select tenant_id, date_trunc('hour', created_at, 'UTC'), connection_id, count(*), count(logged_in_at),
        count(*) filter (where status in ('transferred', 'order_created')),
        count(*) filter (where status = 'order_created'),
        max(created_at) filter (where status in ('transferred', 'order_created'))
      from transmission group by 1, 2, 3;
      insert into funnel_day (tenant_id, day, connection_id, call_ups, logins, transfers, orders, last_transfer)
      select tenant_id, (hour at time zone 'UTC')::date, connection_id, sum(call_ups), sum(logins), sum(transfers),
        sum(orders), max(last_transfer)
      from funnel_hour group by 1, 2, 3;
      -- Refused requests of a time, without those before.
      create index message_log_refused_at on message_log (tenant_id, at) where code is not null and direction = 'in'`),
};
