import { expect, it } from '@jest/globals';
import { fitsHash } from '../../../src/adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import { settingsOf } from '../../../src/config/connection-settings.js';
import type { Outcome } from '../../../src/domain/error-codes.js';
import type { CredentialName } from '../../../src/ports/access/connection-repository.js';
import { authenticateCxml, authenticateOci } from '../../../src/usecases/access/authenticate-caller.js';
import { connectionChanges } from '../../../src/usecases/manage/change-connection.js';
import { accessChanges } from '../../../src/usecases/manage/connection-secrets.js';
import { connectionReads } from '../../../src/usecases/manage/read-connections.js';
import { inOneTransaction, openRepositories } from '../../../src/wiring/repositories.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import { openTransmission } from '../../contracts/transmissions.js';

const NAME: CredentialName = { kind: 'cxml', domain: 'NetworkId', identity: 'AN-Erp' };
const SETTINGS = { returnOrigins: ['https://erp.example.com'], units: { PCE: 'EA' }, cxml: { encoding: 'base64' } };

describeOnDatabases('connections as operators manage them', (database) => {
  const box = secretBox(['a-key-for-tests-that-is-long-enough']);
  const by = 'key:tests';
  const parts = () => {
    const atomically = inOneTransaction(database(), box);
    const repositories = openRepositories(database(), box);
    return {
      ...repositories,
      changes: connectionChanges({ atomically, completeSettings: settingsOf }),
      access: accessChanges({ atomically }),
      reads: connectionReads(repositories),
    };
  };
  const tenant = async (tenantId: string): Promise<void> =>
    parts().tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
  const made = async (tenantId: string, connectionId = 'erp') => {
    await tenant(tenantId);
    return good(
      await parts().changes.create(
        { tenantId, connectionId, by },
        { name: 'ERP', protocol: 'cxml', settings: SETTINGS, credentials: [NAME], secret: {} },
      ),
    );
  };
  const rowsOf = (tenantId: string) =>
    database().knex('audit').where({ tenant_id: tenantId }).orderBy('audit_id').select('event', 'actor', 'details');

  it('creates once, with a secret that is shown once and never again', async () => {
    const { connection, secret = '' } = await made('created');
    expect(connection).toMatchObject({
      version: expect.any(Number),
      given: SETTINGS,
      settings: { cxml: { encoding: 'base64', version: '1.2.014' } },
      credentials: [{ ...NAME, credentialId: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      secrets: [{ secretId: expect.any(String), recoverable: false }],
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
    const again = await parts().changes.create(
      { tenantId: 'created', connectionId: 'erp', by },
      { name: 'Other', protocol: 'oci', settings: SETTINGS },
    );
    expect(again).toMatchObject({ ok: false, refusal: { code: 'RESOURCE_CONFLICT' } });
    const shown = JSON.stringify([await parts().reads.show('created', 'erp'), await rowsOf('created')]);
    const [hash = ''] = (await parts().connections.findByCredential(NAME))
      .filter((candidate) => candidate.connection.tenantId === 'created')
      .flatMap(({ secretHashes }) => secretHashes);
    expect([await fitsHash(secret, hash), shown.includes(secret), shown.includes(hash)]).toEqual([true, false, false]);
  });

  it('a change names one setting, and nothing else changes: no setting, no name, no secret', async () => {
    const { connection } = await made('merged');
    const { secrets, version } = connection;
    const changed = good(
      await parts().changes.change(
        { tenantId: 'merged', connectionId: 'erp', by, version },
        { settings: { cxml: { version: '1.2.050' }, units: { BX: 'BOX' } } },
      ),
    );
    expect(changed.secret).toBeUndefined();
    expect(changed.connection).toMatchObject({
      name: 'ERP',
      given: { ...SETTINGS, units: { PCE: 'EA', BX: 'BOX' }, cxml: { encoding: 'base64', version: '1.2.050' } },
      secrets,
    });
    expect(changed.connection.version).toBeGreaterThan(version);
    const back = good(
      await parts().changes.change(
        { tenantId: 'merged', connectionId: 'erp', by },
        { settings: { cxml: { encoding: null }, units: null } },
      ),
    );
    expect(back.connection.given).toEqual({ returnOrigins: SETTINGS.returnOrigins, cxml: { version: '1.2.050' } });
    expect(back.connection.settings.cxml.encoding).toBe('urlencoded');
    const same = good(await parts().changes.change({ tenantId: 'merged', connectionId: 'erp', by }, { name: 'ERP' }));
    expect(same.connection.version).toBe(back.connection.version);
    expect((await rowsOf('merged')).map(({ event }) => event)).toEqual([
      'connection-created',
      'connection-changed',
      'connection-changed',
    ]);
  });

  it('a new profile brings its presets, where nobody has named a value', async () => {
    await tenant('profiled');
    const of = { tenantId: 'profiled', connectionId: 'sap', by };
    await parts().changes.create(of, {
      name: 'SAP',
      protocol: 'oci',
      settings: { returnOrigins: ['https://s.example'] },
    });
    const changed = good(await parts().changes.change(of, { settings: { profile: 'sap-oci4' } }));
    expect(changed.connection.settings.oci.alwaysPassThrough).toBe(true);
    expect(await parts().changes.change(of, { settings: { profile: 'ariba' } })).toMatchObject({
      refusal: { code: 'INVALID_REQUEST', reason: 'The profile ariba is for cxml, not for oci.' },
    });
  });

  it('of two changes of one version the second is refused and changes nothing', async () => {
    const { connection } = await made('raced');
    const of = { tenantId: 'raced', connectionId: 'erp', by, version: connection.version };
    const outcomes = await Promise.all(['one', 'two', 'three'].map((name) => parts().changes.change(of, { name })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.code === 'VERSION_CONFLICT')).toHaveLength(2);
    expect((await rowsOf('raced')).map(({ event }) => event)).toEqual(['connection-created', 'connection-changed']);
  });

  it('two secrets are alive; one is taken back by its id', async () => {
    await made('secrets');
    const of = { tenantId: 'secrets', connectionId: 'erp', by };
    const second = good(await parts().access.addSecret(of, { text: 'the second secret' })).connection;
    expect([second.secrets.length, second.secrets[0]?.recoverable]).toEqual([2, false]);
    const third = good(await parts().access.addSecret(of, { keep: 'recoverable' }));
    expect([third.connection.secrets.length, third.connection.secrets[0]?.recoverable]).toEqual([2, true]);
    expect(third.connection.secrets[1]?.secretId).toBe(second.secrets[0]?.secretId);
    const left = good(await parts().access.removeSecret(of, second.secrets[0]?.secretId ?? '')).connection;
    expect(left.secrets).toEqual([third.connection.secrets[0]]);
    expect(await parts().access.removeSecret(of, second.secrets[0]?.secretId ?? '')).toMatchObject({
      refusal: { code: 'RESOURCE_NOT_FOUND' },
    });
    expect(await parts().access.addSecret(of, { text: ' ' })).toMatchObject({
      refusal: { reason: 'The secret is empty.' },
    });
  });

  it('credentials are added once and removed; those of another protocol are refused', async () => {
    await made('names');
    const of = { tenantId: 'names', connectionId: 'erp', by };
    const more: CredentialName = { kind: 'cxml', domain: 'DUNS', identity: '123' };
    const added = good(await parts().access.addCredential(of, more)).connection;
    const again = good(await parts().access.addCredential(of, more)).connection;
    expect([again.credentials.length, again.version]).toEqual([2, added.version]);
    const id = added.credentials.find(({ domain }) => domain === 'DUNS')?.credentialId ?? '';
    expect(good(await parts().access.removeCredential(of, id)).connection.credentials).toHaveLength(1);
    expect(await parts().connections.findByCredential(more)).toEqual([]);
    expect(await parts().access.removeCredential(of, id)).toMatchObject({ refusal: { code: 'RESOURCE_NOT_FOUND' } });
    expect(await parts().access.addCredential(of, { kind: 'oci', domain: '', identity: 'x' })).toMatchObject({
      refusal: { code: 'INVALID_REQUEST' },
    });
  });

  it('a disabled connection is refused like an unknown one, until it is enabled', async () => {
    const { secret = '' } = await made('paused');
    const { connections, changes } = parts();
    const verifier = { recalls: () => false, verify: () => Promise.resolve(false) };
    const deps = {
      connections,
      secrets: verifier,
      guesses: { begin: () => Promise.resolve({ end: () => undefined }) },
      demoEnabled: false,
    } as unknown as Parameters<typeof authenticateCxml>[0];
    const caller = (identity: string) => ({
      from: [{ domain: 'NetworkId', identity }],
      to: [],
      sender: [{ domain: 'NetworkId', identity }],
      sharedSecrets: [{ domain: 'NetworkId', identity, secret }],
    });
    const of = { tenantId: 'paused', connectionId: 'erp', by };
    // Other tests have connections with this credential.
    await database().knex('connection_credential').whereNot({ tenant_id: 'paused' }).delete();
    const disabled = good(await changes.change(of, { disabled: true })).connection;
    expect(disabled.disabledAt).toBeInstanceOf(Date);
    expect(good(await changes.change(of, { disabled: true })).connection.version).toBe(disabled.version);
    const refusals = await Promise.all(
      ['AN-Erp', 'nobody'].map((identity) => authenticateCxml(deps)(caller(identity))),
    );
    const [known, unknown] = refusals.map((outcome) => (outcome.ok ? undefined : outcome.refusal));
    expect([known?.code, known?.reason]).toEqual([unknown?.code, unknown?.reason]);
    expect(known?.note).toBe('From: connection erp is disabled (punchout connection enable)');
    expect(unknown?.note).toContain('no connection has the credential');
    const enabled = good(await changes.change(of, { disabled: false })).connection;
    expect(enabled.disabledAt).toBeUndefined();
    const noted = await authenticateCxml(deps)(caller('AN-Erp'));
    expect(noted).toMatchObject({ refusal: { note: 'Sender: the SharedSecret is wrong' } });

    await changes.create(
      { ...of, connectionId: 'sap' },
      {
        name: 'SAP',
        protocol: 'oci',
        settings: SETTINGS,
        credentials: [{ kind: 'oci', domain: '', identity: 'sap-user' }],
        secret: {},
      },
    );
    await changes.change({ ...of, connectionId: 'sap' }, { disabled: true });
    expect(await authenticateOci(deps)({ username: 'sap-user', password: 'x' })).toMatchObject({
      refusal: { note: 'connection sap is disabled (punchout connection enable)' },
    });
  });

  it('is removed with its credentials and secrets, but not while sessions are live', async () => {
    await made('removed');
    const of = { tenantId: 'removed', connectionId: 'erp', by };
    const { transmissions, changes, connections, reads } = parts();
    const live = await openTransmission(transmissions, { tenantId: 'removed', connectionId: 'erp' });
    expect(await changes.remove(of)).toMatchObject({
      refusal: { code: 'RESOURCE_CONFLICT', reason: expect.stringContaining('has 1 live session:') },
    });
    await transmissions.end(live, 'cancelled', by);
    expect(await changes.remove(of)).toMatchObject({ ok: true });
    const found = await connections.findByCredential(NAME);
    expect(found.filter(({ connection }) => connection.tenantId === 'removed')).toEqual([]);
    expect(await reads.show('removed', 'erp')).toMatchObject({ refusal: { code: 'RESOURCE_NOT_FOUND' } });
    expect((await rowsOf('removed')).at(-1)).toMatchObject({ event: 'connection-removed', actor: by });
    const rows = await database().query<{ n: number }>(
      { name: 'left', text: `select count(*)::int as n from connection_secret where tenant_id = $1` },
      ['removed'],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('of a middleware the secrets are its api_keys', async () => {
    await tenant('rocket');
    const of = { tenantId: 'rocket', connectionId: 'mid', by };
    const { changes, access } = parts();
    const settings = { returnOrigins: ['https://m.example.com'], repost: { templateUsers: ['u'] } };
    const first = good(await changes.create(of, { name: 'M', protocol: 'repost', settings, secret: {} }));
    expect([first.connection.secrets.length, first.secret?.length]).toEqual([1, 43]);
    await tenant('thief');
    const taken = await changes.create(
      { tenantId: 'thief', connectionId: 'mid', by },
      { name: 'T', protocol: 'repost', settings, secret: { text: first.secret } },
    );
    expect(taken).toMatchObject({ refusal: { code: 'RESOURCE_CONFLICT', reason: expect.stringContaining('in use') } });
    expect(await parts().connections.entry('thief', 'mid')).toBeUndefined();
    const id = first.connection.secrets[0]?.secretId ?? '';
    expect(good(await access.removeSecret(of, id)).connection.secrets).toEqual([]);
  });

  it('unknown connections name the nearest; ids of another tenant are unknown; lists go by id', async () => {
    await made('near', 'erp-germany');
    await made('near', 'erp-spain');
    const { reads } = parts();
    expect(await reads.show('near', 'erp-gemrany')).toMatchObject({
      refusal: { reason: 'There is no connection near/erp-gemrany; did you mean erp-germany?' },
    });
    await tenant('far');
    expect(await reads.show('far', 'erp-germany')).toMatchObject({
      refusal: { reason: 'There is no connection far/erp-germany.' },
    });
    const page = await reads.list('near', { limit: 1 });
    expect([page.connections.map(({ connectionId }) => connectionId), page.next]).toEqual([
      ['erp-germany'],
      'erp-germany',
    ]);
    const rest = await reads.list('near', { limit: 1, after: page.next });
    expect([rest.connections[0]?.connectionId, rest.next]).toEqual(['erp-spain', undefined]);
  });
});

function good<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.reason}`);
  return outcome.value;
}
