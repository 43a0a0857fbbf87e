import { expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { storedMessages } from '../../../src/adapters/postgres/history/stored-messages.js';
import { INSTALLATION } from '../../../src/ports/transmission/message-log.js';
import { sessionHistory } from '../../../src/adapters/postgres/history/session-history.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import type { StatementRunner } from '../../../src/ports/statement-runner.js';
import { connectionRepository } from '../../../src/adapters/postgres/access/connection-repository.js';
import { sites } from '../../../src/adapters/postgres/context/session-contexts.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import { openRepositories } from '../../../src/wiring/repositories.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { openTransmission } from '../../contracts/transmissions.js';
import { newTransmissionId } from '../../../src/domain/transmission/transmission.js';

/** The same database, with every tenant predicate removed from reads of a tenant. */
function withoutTenantPredicates(database: Database): { database: Database; changed: string[] } {
  const changed: string[] = [];
  const asTenant: Database['asTenant'] = (tenantId, read) =>
    database.asTenant(tenantId, (query) => {
      const blind: StatementRunner = (statement, values) => {
        const text = statement.text.replaceAll(/(?:\w\.)?tenant_id = \$1/g, '$1::text is not null');
        if (text !== statement.text) changed.push(statement.name);
        return query({ name: `blind-${statement.name}`, text }, values);
      };
      return read(blind);
    });
  return { database: { ...database, asTenant }, changed };
}

describeOnDatabases('row-level security (T39)', (database) => {
  it('without the tenant predicate, rows of another tenant are still invisible', async () => {
    const transmissions = transmissionRepository(database());
    const mine = await openTransmission(transmissions, { tenantId: 'mine', transmissionId: newTransmissionId('mine') });
    const theirs = await openTransmission(transmissions, {
      tenantId: 'theirs',
      transmissionId: newTransmissionId('theirs'),
    });
    const blind = withoutTenantPredicates(database());
    const history = sessionHistory(blind.database);

    const page = await history.list('mine', {}, { limit: 100, skip: 0 });
    expect([page.sessions.map(({ transmissionId }) => transmissionId), page.total]).toEqual([[mine.transmissionId], 1]);
    const found = await history.findMany('mine', [mine.transmissionId, theirs.transmissionId]);
    expect(found.map(({ transmissionId }) => transmissionId)).toEqual([mine.transmissionId]);
    expect(blind.changed).toEqual([
      'session-history-any-any',
      'session-history-any-any-count',
      'session-history-find-many',
    ]);

    // The predicates were removed and the rows exist: their owner finds them.
    const owner = sessionHistory({
      asTenant: (_, read) =>
        read((statement, values) =>
          database().query(
            {
              name: `owner-${statement.name}`,
              text: statement.text.replaceAll(/(?:\w\.)?tenant_id = \$1/g, '$1::text is not null'),
            },
            values,
          ),
        ),
    });
    expect((await owner.list('mine', {}, { limit: 100, skip: 0 })).total).toBe(2);
  });

  it('so are messages of another tenant, and of callers that nobody knows', async () => {
    const row = {
      direction: 'in',
      kind: 'x',
      content_type: 'text/plain',
      content: 'x',
      code: 'INVALID_XML',
      at: new Date(),
    };
    for (const owner of ['mine', 'theirs', INSTALLATION])
      await database()
        .knex('message_log')
        .insert({ tenant_id: owner, payload_id: owner, reference: 'AAAAAAAAAA', ...row });
    const blind = withoutTenantPredicates(database());
    const messages = storedMessages(blind.database);
    for (const owner of ['mine', INSTALLATION]) {
      const found = await messages.list(owner, { refused: true, reference: 'AAAAAAAAAA' }, { limit: 10 });
      expect(found.messages.map(({ payloadId }) => payloadId)).toEqual([owner]);
    }
    expect(blind.changed).toHaveLength(2);
  });

  it('so are connections, credentials, secrets, keys, clients, shops and sites of another tenant', async () => {
    const hash = async (secret: string): Promise<string> => `hash of ${secret}`;
    const box = secretBox(['a-secret-of-thirty-two-characters']);
    const own = openRepositories(database(), box);
    for (const [nth, tenantId] of ['rls-mine', 'rls-theirs'].entries()) {
      await own.tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
      const checked = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
      if (!checked.ok) throw new Error(checked.refusal.reason);
      const named = { tenantId, connectionId: 'erp', name: tenantId };
      await connectionRepository(database(), hash, box).save({
        ...named,
        protocol: 'cxml',
        demo: false,
        settings: checked.value,
      });
      await own.connections.addCredential(tenantId, 'erp', { kind: 'cxml', domain: 'DUNS', identity: tenantId });
      await connectionRepository(database(), hash, box).addSecret(tenantId, 'erp', 'secret');
      await own.middlewareKeys.add(tenantId, 'erp', `key of ${tenantId}`);
      const key = { tenantId, keyId: `key-${nth}`, name: tenantId, scopes: ['admin' as const], demo: false };
      await own.apiKeys.save({ ...key, digest: `digest ${nth}`, createdAt: new Date() });
      await own.oauthClients.save({ tenantId, clientId: tenantId, name: tenantId, scopes: [], demo: false });
      await own.connectShops.save({ tenantId, shopId: 9001 + nth, role: 'supplier', name: tenantId, demo: false });
      await own.sites.save({
        ...{ tenantId, siteCode: 'main', name: tenantId, country: 'DE', currency: 'EUR' },
        ...{ currencies: ['EUR'], languages: ['de'], isDefault: true },
      });
    }
    const blind = withoutTenantPredicates(database());
    const lists = openRepositories(blind.database, box);
    const found = await Promise.all([
      lists.connections.list('rls-mine'),
      lists.connections.entries('rls-mine', { limit: 10 }),
      lists.connections.credentials('rls-mine', 'erp'),
      lists.connections.secrets('rls-mine', 'erp'),
      lists.middlewareKeys.list('rls-mine', 'erp'),
      lists.apiKeys.list('rls-mine'),
      lists.oauthClients.list('rls-mine'),
      lists.connectShops.list('rls-mine'),
      lists.sites.list('rls-mine'),
    ]);
    expect(found.map((rows) => rows.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(blind.changed).toHaveLength(found.length);
  });

  it('within a transaction a tenant reads what it has changed, and the next statement is the login again', async () => {
    const count = { name: 'count-sites', text: 'select count(*)::int as held from site' };
    const role = { name: 'role-now', text: 'select current_user = session_user as login' };
    const seen = await database().transaction(async ({ query, asTenant }) => {
      const repository = sites({ ...database(), query, asTenant });
      const site = { tenantId: 'rls-mine', siteCode: 'second', name: 'Second', country: 'DE', currency: 'EUR' };
      await repository.save({ ...site, currencies: ['EUR'], languages: ['de'], isDefault: false });
      const mine = await asTenant('rls-mine', (read) => read<{ held: number }>(count, []));
      const theirs = await asTenant('rls-theirs', (read) => read<{ held: number }>(count, []));
      return [mine[0]?.held, theirs[0]?.held, (await query<{ login: boolean }>(role, []))[0]?.login];
    });
    expect(seen).toEqual([2, 1, true]);
  });

  it('every table with a tenant is guarded, and shows no rows without a tenant', async () => {
    const tables = await database().query<{ name: string; guarded: boolean }>(
      {
        name: 'guarded',
        text: `
      select c.relname as name,
        c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid) as guarded
      from pg_class c
      where c.relkind in ('r', 'p') and exists (select from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`,
      },
      [],
    );
    expect(tables.length).toBeGreaterThan(12);
    expect(tables.filter(({ guarded }) => !guarded)).toEqual([]);
    const seen = await database().asTenant(
      '',
      async (query) =>
        (await query<{ seen: number }>({ name: 'seen', text: 'select count(*)::int as seen from transmission' }, []))[0]
          ?.seen,
    );
    expect(seen).toBe(0);
  });

  it('may only read', async () => {
    await expect(
      database().asTenant('mine', (query) =>
        query({ name: 'spoil', text: `update transmission set status = 'closed'` }, []),
      ),
    ).rejects.toThrow(/permission denied|read-only/);
  });

  it('leaves no role and no tenant on the connection', async () => {
    await database().asTenant('mine', async () => 1);
    await expect(database().asTenant('mine', async () => Promise.reject(new TypeError('broken')))).rejects.toThrow(
      'broken',
    );
    const [now] = await database().query<{ login: boolean; tenant: string }>(
      {
        name: 'now',
        text: `select current_user = session_user as login,
          coalesce(current_setting('punchout.tenant', true), '') as tenant`,
      },
      [],
    );
    expect(now).toEqual({ login: true, tenant: '' });
  });
});
