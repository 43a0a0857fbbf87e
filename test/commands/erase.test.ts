import { expect, it } from '@jest/globals';
import { personalData } from '../../src/adapters/postgres/history/personal-data.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { eraseCommand, exportCommand } from '../../src/commands/record-commands.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { describeOnDatabases } from '../contracts/databases.js';

const EMAIL = 'canary@buyer.example';
const LONG_AGO = "now() - interval '401 days'";

describeOnDatabases('punchout erase, and the end of old rows (T63)', (database) => {
  const insert = async (id: string, status: string, email: string): Promise<void> => {
    await database().knex.raw(
      `
      insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request, buyer,
        buyer_cookie, return_url, start_expires_at, expires_at, absolute_expires_at)
      values ('acme', ?, 'erp', 'cxml', 'create', ?, ?, ?, 'cookie', 'https://erp.example',
        now() + interval '1 hour', now() + interval '1 hour', now() + interval '1 hour')`,
      [
        id,
        status,
        JSON.stringify({
          deploymentMode: 'test',
          buyer: { email },
          extrinsics: [{ name: 'UserEmail', value: email }],
          items: [],
        }),
        JSON.stringify({ email }),
      ],
    );
    await database().knex.raw(
      "insert into transfer_payload (tenant_id, transmission_id, payload) values ('acme', ?, ?)",
      [id, JSON.stringify({ email })],
    );
    await database().knex.raw(
      'insert into message_log (tenant_id, transmission_id, direction, kind, content_type, content, at) values ' +
        "('acme', ?, 'in', 'x', 'text/xml', ?, now())",
      [id, email],
    );
  };

  it('removes the address from every table, except for sessions that have not ended; other people stay', async () => {
    const tenants = tenantRepository(database());
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    await insert('acme_ended', 'transferred', EMAIL.toUpperCase());
    await insert('acme_other', 'transferred', 'someone@buyer.example');
    await database().knex.raw(
      "insert into message_log (tenant_id, direction, kind, content_type, content, at) values ('acme', 'in', " +
        "'x', 'text/xml', ?, now())",
      [`refused ${EMAIL}`],
    );
    // A row whose document is not kept, and one of a caller that nobody knows.
    await database().knex.raw(
      'insert into message_log (tenant_id, direction, kind, content_type, content, reason, at) values ' +
        "('acme', 'in', 'x', 'text/xml', '[cut]', ?, now()), ('_installation', 'in', 'x', 'text/xml', ?, null, now())",
      [`From: ${EMAIL}`, EMAIL],
    );
    const lines: string[] = [];
    const run = async (...argv: string[]): Promise<string> => {
      lines.length = 0;
      const command = eraseCommand({
        directory: (act) => act({ tenants, personalData: personalData(database()) } as unknown as Directory),
        print: (line) => void lines.push(line),
        readText: async () => '',
      });
      await command.exitOverride().parseAsync(argv, { from: 'user' });
      return lines.join('\n');
    };
    const exported: string[] = [];
    await exportCommand({
      directory: (act) => act({ tenants, personalData: personalData(database()) } as unknown as Directory),
      print: (line) => void exported.push(line),
      readText: async () => '',
    })
      .exitOverride()
      .parseAsync(['acme', EMAIL], { from: 'user' });
    const { sessions, carts, messages, purchaseOrders } = JSON.parse(exported.join('\n'));
    expect([sessions, carts, messages, purchaseOrders].map((rows) => rows.length)).toEqual([1, 1, 3, 0]);
    expect(sessions[0]).toMatchObject({ session_id: 'acme_ended', buyer: { email: EMAIL.toUpperCase() } });
    expect(exported.join('\n')).not.toContain('someone@buyer.example');
    expect(await run('acme', EMAIL)).toBe('Erased: 1 sessions, 5 documents.');
    const tables = await database().knex.raw<{ rows: { name: string }[] }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = " +
        "'BASE TABLE'",
    );
    for (const { name } of tables.rows) {
      const { rows } = await database().knex.raw<{ rows: { n: number }[] }>(
        `select count(*)::int as n from ${name} x where x::text ilike '%${EMAIL}%'`,
      );
      expect([name, rows[0]?.n]).toEqual([name, 0]);
    }
    expect((await database().knex('transfer_payload').where({ transmission_id: 'acme_other' })).length).toBe(1);
    await insert('acme_live', 'active', EMAIL);
    expect(await run('acme', EMAIL)).toBe(
      'Erased: 0 sessions, 0 documents.\n1 sessions have not ended and were skipped: cancel them, then erase again.',
    );
    await expect(run('acme', 'no-address')).rejects.toThrow('is no e-mail address');
    await expect(run('nobody', EMAIL)).rejects.toThrow('There is no tenant nobody');
  });

  it('ended sessions after 400 days, or the time of their tenant, with cart and context; live ones stay', async () => {
    const { knex } = database();
    await tenantRepository(database()).save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    await knex.raw('delete from transmission; delete from transfer_payload');
    for (const [id, status] of [
      ['acme_sent', 'transferred'],
      ['acme_left', 'expired'],
      ['acme_closed', 'closed'],
      ['acme_live', 'active'],
    ] as const)
      await insert(id, status, EMAIL);
    const age = (days: number): Promise<unknown> =>
      knex.raw(`update transmission set created_at = now() - interval '${days} days'`);
    await knex.raw(
      `insert into session_context (tenant_id, session_id, fields, attributes, version)
        select tenant_id, transmission_id, '{}', '{}', 1 from transmission`,
    );
    const { deleteOldSessions } = personalData(database());
    await age(399);
    expect(await deleteOldSessions(100)).toBe(0);
    await age(401);
    expect([await deleteOldSessions(2), await deleteOldSessions(100)]).toEqual([2, 1]);
    for (const [table, id] of [
      ['transmission', 'transmission_id'],
      ['transfer_payload', 'transmission_id'],
      ['session_context', 'session_id'],
    ] as const)
      expect(await knex(table).select(id)).toEqual([{ [id]: 'acme_live' }]);
    await insert('acme_sent', 'transferred', EMAIL);
    await age(31);
    await knex.raw(`update tenant set settings = '{"sessionDays":30}'`);
    expect(await deleteOldSessions(100)).toBe(1);
    await insert('acme_other', 'transferred', 'someone@buyer.example');
  });

  it('carts after 90 days, audit rows after 400; newer data stay', async () => {
    const { knex } = database();
    await knex.raw(`update transfer_payload set stored_at = ${LONG_AGO} where transmission_id = 'acme_live'`);
    await knex.raw(
      `delete from audit;
      insert into audit (tenant_id, transmission_id, event, actor, at) values ('acme', 'acme_live', 'old', ` +
        `'x', ${LONG_AGO}), ('acme', 'acme_live', 'young', 'x', now())`,
    );
    const { deleteOldCarts, deleteOldAudit } = personalData(database());
    expect([await deleteOldCarts(100), await deleteOldAudit(100)]).toEqual([1, 1]);
    expect(
      (await knex('transfer_payload').select('transmission_id')).map(
        (row: { transmission_id: string }) => row.transmission_id,
      ),
    ).toEqual(['acme_other']);
    expect(
      (await knex('audit').where({ transmission_id: 'acme_live' })).map((row: { event: string }) => row.event),
    ).toEqual(['young']);
  });
});
