import { expect, it } from '@jest/globals';
import { DEFAULT_ACCESS_POLICY } from '../../src/domain/access/tenant.js';
import type { Connection } from '../../src/domain/access/connection.js';
import type {
  ConnectionRepository,
  CredentialName,
  TenantRepository,
} from '../../src/ports/access/connection-repository.js';

export function connectionOf(tenantId: string, connectionId: string, change: Partial<Connection> = {}): Connection {
  return {
    tenantId,
    connectionId,
    name: 'Käufer AG',
    protocol: 'cxml',
    demo: false,
    settings: {
      returnOrigins: ['https://erp.example.com'],
      frameAncestors: [],
      startLinkSeconds: 300,
      ...DEFAULT_ACCESS_POLICY,
      onActiveSession: 'reject',
      continuePage: false,
      language: 'de',
      units: { PCE: 'EA' },
      defaultClassification: { domain: 'UNSPSC', code: '43210000' },
      cxml: {
        supplier: { domain: 'DUNS', identity: '1' },
        to: [],
        version: '1.2.014',
        encoding: 'urlencoded',
        fieldNames: 'cxml',
        frameTarget: '_parent',
      },
      oci: {
        allowGet: false,
        allowSapEvent: false,
        parameters: { username: 'USERNAME', password: 'PASSWORD', hookUrl: 'HOOK_URL' },
        startIndex: 1,
        charset: 'utf-8',
        splitHookUrl: false,
        alwaysPassThrough: false,
        shippingAsLine: false,
      },
    },
    ...change,
  };
}

/** `hashes` come from the caller's own function: `hash of ${secret}`. */
export function connectionRepositoryContract(
  open: () => { connections: ConnectionRepository; tenants: TenantRepository },
): void {
  const tenant = async (tenantId: string): Promise<void> =>
    open().tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
  const name = (identity: string, change: Partial<CredentialName> = {}): CredentialName => ({
    kind: 'cxml',
    domain: 'NetworkId',
    identity,
    ...change,
  });

  it('saves, replaces, finds and lists a tenant’s own connections', async () => {
    const { connections } = open();
    await tenant('alpha');
    await tenant('beta');
    const saved = connectionOf('alpha', 'one');
    await connections.save(saved);
    await connections.save(connectionOf('alpha', 'two'));
    await connections.save(connectionOf('beta', 'one', { name: 'other' }));
    expect(await connections.find('alpha', 'one')).toEqual(saved);
    expect(await connections.find('beta', 'two')).toBeUndefined();
    const renamed = connectionOf('alpha', 'one', { name: 'new', demo: true, protocol: 'oci' });
    await connections.save(renamed);
    expect(await connections.list('alpha')).toEqual([renamed, connectionOf('alpha', 'two')]);
  });

  it('finds all connections of a credential, case-insensitively, and never by its parts', async () => {
    const { connections } = open();
    await tenant('hub');
    for (const id of ['aa', 'bb', 'cc']) await connections.save(connectionOf('hub', id));
    await connections.addCredential('hub', 'aa', name('Buyer@Example.com'));
    await connections.addCredential('hub', 'aa', name('buyer@example.com'));
    await connections.addCredential('hub', 'bb', name('buyer@example.com'));
    await connections.addCredential('hub', 'cc', name('ANNE', { kind: 'oci', domain: '' }));
    const ids = async (credential: CredentialName) =>
      (await connections.findByCredential(credential)).map(({ connection }) => connection.connectionId);
    expect(await ids(name('BUYER@example.COM', { domain: 'networkid' }))).toEqual(['aa', 'bb']);
    expect(await ids(name('anne', { kind: 'oci', domain: '' }))).toEqual(['cc']);
    expect(await ids(name('anne', { domain: '' }))).toEqual([]);
    expect(await ids(name('buyer@example.com', { domain: '' }))).toEqual([]);
    expect(await ids(name('', { domain: 'NetworkIdbuyer@example.com' }))).toEqual([]);
  });

  it('keeps at most two secrets, hashed; a third replaces the older one', async () => {
    const { connections } = open();
    await tenant('gamma');
    await connections.save(connectionOf('gamma', 'one'));
    await connections.addCredential('gamma', 'one', name('gamma'));
    const hashes = async () => (await connections.findByCredential(name('gamma')))[0]?.secretHashes;
    expect(await hashes()).toEqual([]);
    for (const secret of ['a', 'b', 'c', 'd', 'e']) await connections.addSecret('gamma', 'one', secret);
    expect(await hashes()).toEqual(['hash of e', 'hash of d']);
    await Promise.all(['f', 'g', 'h', 'i'].map((secret) => connections.addSecret('gamma', 'one', secret)));
    expect((await hashes())?.length).toBeLessThanOrEqual(2);
  });

  it('returns the identity as registered, and only secrets that were added as recoverable', async () => {
    const { connections } = open();
    await tenant('sealed');
    for (const id of ['aa', 'bb']) await connections.save(connectionOf('sealed', id));
    await connections.addCredential('sealed', 'aa', name('SealedBuyer'));
    expect((await connections.findByCredential(name('sealedbuyer'))).map(({ identity }) => identity)).toEqual([
      'SealedBuyer',
    ]);
    await connections.addSecret('sealed', 'aa', 'hashed');
    expect(await connections.recoverableSecrets('sealed', 'aa')).toEqual([]);
    await connections.addSecret('sealed', 'aa', 'first', 'recoverable');
    expect(await connections.recoverableSecrets('sealed', 'aa')).toEqual(['first']);
    await connections.addSecret('sealed', 'aa', 'second', 'recoverable');
    expect(await connections.recoverableSecrets('sealed', 'aa')).toEqual(['second', 'first']);
    await connections.addSecret('sealed', 'aa', 'hashed again');
    expect(await connections.recoverableSecrets('sealed', 'aa')).toEqual(['second']);
    expect(await connections.recoverableSecrets('sealed', 'bb')).toEqual([]);
  });

  it('oci.md 1: lists the parameter names of OCI connections, each set once', async () => {
    const { connections } = open();
    await tenant('names');
    const chosen = { username: 'KUNDE', password: 'PW', hookUrl: 'HOOK_URL' };
    const { settings } = connectionOf('names', 'usual');
    await connections.save(connectionOf('names', 'usual', { protocol: 'oci' }));
    for (const id of ['aa', 'bb'])
      await connections.save(
        connectionOf('names', id, {
          protocol: 'oci',
          settings: { ...settings, oci: { ...settings.oci, parameters: chosen } },
        }),
      );
    await connections.save(
      connectionOf('names', 'cc', {
        settings: { ...settings, oci: { ...settings.oci, parameters: { ...chosen, username: 'CXML' } } },
      }),
    );
    expect((await connections.listParameterNames()).filter(({ username }) => username !== 'USERNAME')).toEqual([
      chosen,
    ]);
  });

  it('throws for a connection that does not exist', async () => {
    await expect(open().connections.addSecret('alpha', 'nobody', 's')).rejects.toThrow();
    await expect(open().connections.addCredential('alpha', 'nobody', name('x'))).rejects.toThrow();
  });
}
