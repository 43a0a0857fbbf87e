import { expect, it } from '@jest/globals';
import { sessionFunnel } from '../../../src/adapters/postgres/history/session-funnel.js';
import type { ConnectionFunnel } from '../../../src/ports/transmission/session-search.js';
import { describeOnDatabases } from '../../contracts/databases.js';

/** Sessions of three days and three connections in every state, one in ten without a buyer. */
const SEED = `
  insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
    buyer_cookie, return_url, created_at, start_expires_at, expires_at, absolute_expires_at, logged_in_at, uncounted)
  select 't' || n % 2, 't' || n % 2 || '_' || lpad(n::text, 26, '0'), 'c' || n % 3, 'cxml', 'create',
    (array['open', 'active', 'transferred', 'order_created', 'expired', 'closed', 'cancelled'])[1 + n % 7], '{}',
    n::text, '', '2024-05-01T00:00:00Z'::timestamptz + n * interval '7 minutes', now(), now(), now(),
    case when n % 7 not in (0, 4) then now() end, n % 10 = 0
  from generate_series(1, 600) n`;

const RECOUNT = {
  name: 'recount-funnel',
  text: `
    select connection_id as "connectionId", count(*)::int as "callUps", count(logged_in_at)::int as logins,
      (count(*) filter (where status in ('transferred', 'order_created')))::int as transfers,
      (count(*) filter (where status = 'order_created'))::int as orders,
      max(created_at) filter (where status in ('transferred', 'order_created')) as "lastTransfer"
    from transmission where tenant_id = $1 and created_at >= $2 and created_at < $3 and not uncounted
    group by 1 order by 1`,
};
const RANGES = [
  ['whole days', '2024-05-01T00:00:00Z', '2024-05-04T00:00:00Z'],
  ['parts of two days and a whole one', '2024-05-01T13:21:00Z', '2024-05-03T04:00:00.001Z'],
  ['a part of one day', '2024-05-02T10:00:00Z', '2024-05-02T11:30:00Z'],
  ['parts of two days', '2024-05-01T22:00:00Z', '2024-05-02T02:00:00Z'],
  ['one day', '2024-05-02T00:00:00Z', '2024-05-03T00:00:00Z'],
  ['nothing', '2024-05-03T00:00:00Z', '2024-05-01T00:00:00Z'],
] as const;

describeOnDatabases('the funnel', (database) => {
  it('equals a recount of the rows, before, between and after folding, whatever steps sessions take', async () => {
    const funnel = sessionFunnel(database());
    const equals = async (): Promise<void> => {
      for (const [name, from, before] of RANGES)
        for (const tenantId of ['t0', 't1']) {
          const range = [new Date(from), new Date(before)] as const;
          const counted = await funnel.read(tenantId, { from: range[0], before: range[1] });
          const rows = await database().query<ConnectionFunnel>(RECOUNT, [tenantId, ...range]);
          const recounted = rows.map(({ lastTransfer, ...row }) =>
            (lastTransfer as Date | null) === null ? row : { ...row, lastTransfer },
          );
          expect([name, tenantId, counted]).toEqual([name, tenantId, recounted]);
        }
      const from = new Date('2024-05-01T13:21:00Z');
      const untilNow = await funnel.read('t0', { from });
      expect(untilNow).toEqual(await funnel.read('t0', { from, before: new Date('2024-05-05T00:00:00Z') }));
    };
    await database().knex.raw(SEED);
    await equals();
    expect(await funnel.fold(251)).toBe(251);
    await equals();
    while ((await funnel.fold(500)) > 0);
    await equals();
    for (const change of [
      `update transmission set status = 'active', logged_in_at = now() where status = 'open'`,
      `update transmission set status = 'transferred' where status = 'active' and buyer_cookie like '%1'`,
      `update transmission set status = 'order_created' where status = 'transferred' and buyer_cookie like '%3'`,
      `update transmission set status = 'expired' where status = 'active'`,
    ]) {
      await database().knex.raw(change);
      await equals();
      await funnel.fold(40);
      await equals();
    }
    const days = { from: new Date('2024-05-01T00:00:00Z'), before: new Date('2024-05-04T00:00:00Z') };
    const figures = await funnel.read('t0', days);
    await database().knex.raw(`delete from transmission where status = 'closed'`);
    expect(await funnel.read('t0', days)).toEqual(figures);
  });

  it('a step is one fact, and a change that is no step is none', async () => {
    await database().knex.raw('delete from funnel_fact');
    const one = `transmission_id in (select transmission_id from transmission where status = 'expired'
      and not uncounted limit 1)`;
    await database().knex.raw(`update transmission set status = 'cancelled', expires_at = now() where ${one}`);
    await database().knex.raw(`update transmission set expires_at = now()`);
    expect((await database().knex.raw<{ rows: object[] }>('select * from funnel_fact')).rows).toEqual([]);
    await database().knex.raw(`update transmission set status = 'transferred' where ${one}`);
    expect((await database().knex.raw<{ rows: object[] }>('select * from funnel_fact')).rows).toMatchObject([
      { call_ups: 0, logins: 0, transfers: 1, orders: 0 },
    ]);
  });
});
