import { describe, expect, it } from '@jest/globals';
import { agrees, isAmbiguous, ownCredentials } from '../../../src/domain/access/party-match.js';
import { guessLimits } from '../../../src/adapters/rate-limits/rate-limits.js';
import { scryptSecretVerifier } from '../../../src/adapters/secrets/scrypt-secret-verifier.js';
import { authenticateClient } from '../../../src/usecases/access/authenticate-client.js';
import { authenticateCxml, authenticateOci } from '../../../src/usecases/access/authenticate-caller.js';
import { connectionOf } from '../../contracts/connection-repository.contract.js';

const named = (domain: string, identity: string, type?: string) => ({
  domain,
  identity,
  ...(type === undefined ? {} : { type }),
});

describe('parties (cxml.md 2.4 to 2.6)', () => {
  it("cxml.md 2.6: a marketplace's name counts only if there is no other", () => {
    expect(ownCredentials([named('NetworkId', 'hub', 'marketplace'), named('NetworkId', 'member')])).toEqual([
      named('NetworkId', 'member'),
    ]);
    expect(ownCredentials([named('NetworkId', 'hub', 'MARKETPLACE')])).toEqual([
      named('NetworkId', 'hub', 'MARKETPLACE'),
    ]);
  });

  it('cxml.md 2.5: two values of one domain are refused', () => {
    expect(
      [
        [named('DUNS', '1'), named('duns', '2')],
        [named('DUNS', '1'), named('Duns', '1 ')],
        [named('DUNS', '1'), named('NetworkId', '2')],
      ].map(isAmbiguous),
    ).toEqual([true, false, false]);
  });

  it.each([
    [[], [named('DUNS', '9')], true],
    [[named('DUNS', '1')], [named('duns', '1')], true],
    [[named('DUNS', '1')], [], false],
    [[named('DUNS', '1')], [named('NetworkId', '1')], false],
    [[named('DUNS', '1')], [named('DUNS', '1'), named('NetworkId', '7')], true],
    [[named('DUNS', '1')], [named('DUNS', '1'), named('DUNS', '2')], false],
    [[named('DUNS', '1'), named('DUNS', '2')], [named('DUNS', '2')], true],
    [[named('DUNS', '1'), named('NetworkId', '7')], [named('DUNS', '1'), named('NetworkId', '8')], false],
  ])('cxml.md 2.5: expected %j, named %j: %s', (expected, party, wanted) => {
    expect(agrees(expected, party)).toBe(wanted);
  });
});

describe('T28: an identity with two secrets, one, or none, and an unknown one cost the same work', () => {
  /** Work of one call-up as `identity`: look-ups by kind, slow hashes, secrets tried with a MAC. */
  async function workOf(
    identity: string,
    call: (deps: Parameters<typeof authenticateCxml>[0], note: (what: string) => void) => Promise<{ ok: boolean }>,
  ): Promise<string[]> {
    const work: string[] = [];
    const note = (what: string): void => void work.push(what);
    const SECRETS: Record<string, string[]> = { two: ['newer', 'older'], one: ['only'], none: [] };
    const connection = connectionOf('firma', identity, {});
    const known = {
      connection: {
        ...connection,
        settings: { ...connection.settings, cxml: { ...connection.settings.cxml, allowMac: true } },
      },
      identity,
    };
    const verifier = scryptSecretVerifier(() => Promise.resolve(false).finally(() => note('slow hash')));
    const outcome = await call(
      {
        connections: {
          findByCredential: (name) =>
            Promise.resolve(
              name.identity in SECRETS ? [{ ...known, secretHashes: SECRETS[name.identity] ?? [] }] : [],
            ).finally(() => note('look-up')),
          recoverableSecrets: (_, connectionId) =>
            Promise.resolve(SECRETS[connectionId] ?? []).finally(() => note('sealed secrets')),
        },
        secrets: verifier,
        guesses: guessLimits(),
        demoEnabled: false,
      },
      note,
    );
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'INVALID_CREDENTIALS' } });
    return work.toSorted();
  }

  const IDENTITIES = ['two', 'one', 'none', 'unknown'];
  const party = (identity: string) => [named('NetworkId', identity)];

  it.each(['wrong secret', 'no secret', 'CredentialMac', 'CredentialMac and wrong secret', 'four wrong secrets'])(
    'cXML: %s',
    async (kind) => {
      const secrets =
        kind === 'four wrong secrets' ? ['1', '2', '3', '4'] : kind.includes('wrong secret') ? ['wrong'] : [];
      const works: string[][] = [];
      for (const identity of IDENTITIES) {
        works.push(
          await workOf(identity, (deps, note) =>
            authenticateCxml(deps)({
              from: party(identity),
              to: [],
              sender: party(identity),
              sharedSecrets: secrets.map((secret) => ({ ...named('NetworkId', identity), secret })),
              ...(kind.includes('Mac') ? { madeWith: () => (note('MAC'), false) } : {}),
            }),
          ),
        );
      }
      expect(works[0]?.filter((what) => what === 'slow hash')).toHaveLength(
        kind === 'CredentialMac' ? 0 : 2 * Math.max(1, secrets.length),
      );
      expect(works[0]?.filter((what) => what === 'MAC')).toHaveLength(kind.includes('Mac') ? 2 : 0);
      expect(works).toEqual(works.map(() => works[0]));
    },
  );

  it('OCI, with one reading and with several', async () => {
    for (const others of [0, 2]) {
      const works: string[][] = [];
      for (const identity of IDENTITIES)
        works.push(
          await workOf(identity, (deps) =>
            authenticateOci(deps)({
              username: identity,
              password: 'wrong',
              others: Array.from({ length: others }, () => ({ username: identity, password: 'also wrong' })),
            }),
          ),
        );
      expect(works[0]).toContain('slow hash');
      expect(works).toEqual(works.map(() => works[0]));
    }
  });

  it('clients of the token endpoint', async () => {
    const counts = [];
    for (const hashes of [['newer', 'older'], ['only'], [], undefined]) {
      let slow = 0;
      const client = { tenantId: 'firma', clientId: 'c', name: 'c', scopes: [], demo: false };
      const authenticate = authenticateClient({
        clients: { find: () => Promise.resolve(hashes === undefined ? undefined : { client, secretHashes: hashes }) },
        secrets: scryptSecretVerifier(() => Promise.resolve(false).finally(() => (slow += 1))),
        guesses: guessLimits(),
        demoEnabled: false,
      });
      expect(await authenticate('c', 'wrong')).toMatchObject({ ok: false, refusal: { code: 'INVALID_CREDENTIALS' } });
      counts.push(slow);
    }
    expect(counts).toEqual([2, 2, 2, 2]);
  });

  it('a secret of one of two connections with the same name opens that one', async () => {
    const [one, other] = ['one', 'other'].map((id) => ({
      connection: connectionOf('firma', id, {}),
      identity: 'shared',
      secretHashes: [`hash of ${id}`],
    }));
    const authenticate = authenticateOci({
      connections: {
        findByCredential: () => Promise.resolve([one, other].flatMap((found) => found ?? [])),
        recoverableSecrets: () => Promise.resolve([]),
      },
      secrets: scryptSecretVerifier((secret, hash) => Promise.resolve(hash === `hash of ${secret}`)),
      guesses: guessLimits(),
      demoEnabled: false,
    });
    for (const id of ['other', 'one', 'other'])
      expect(await authenticate({ username: 'shared', password: id })).toMatchObject({
        ok: true,
        value: { connectionId: id },
      });
    expect((await authenticate({ username: 'shared', password: 'neither' })).ok).toBe(false);
  });
});

describe('names that are too long to be registered', () => {
  const long = 'x'.repeat(256);
  const fits = 'x'.repeat(255);
  async function workOf(
    call: (deps: Parameters<typeof authenticateCxml>[0]) => Promise<{ ok: boolean }>,
  ): Promise<string[]> {
    const work: string[] = [];
    const outcome = await call({
      connections: {
        findByCredential: () => Promise.resolve([]).finally(() => work.push('look-up')),
        recoverableSecrets: () => Promise.resolve([]),
      },
      secrets: { recalls: () => false, verify: () => Promise.resolve(false).finally(() => work.push('hash')) },
      guesses: guessLimits(),
      demoEnabled: false,
    });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'INVALID_CREDENTIALS' } });
    return work;
  }
  const cxml = (from: { domain: string; identity: string }, sender = from) =>
    workOf((deps) =>
      authenticateCxml(deps)({ from: [from], to: [], sender: [sender], sharedSecrets: [{ ...sender, secret: 's' }] }),
    );

  it('are refused before any look-up and hash: OCI user names, identities, domains, Sender', async () => {
    expect(await workOf((deps) => authenticateOci(deps)({ username: long, password: 'p' }))).toEqual([]);
    expect(await cxml(named('NetworkId', long))).toEqual([]);
    expect(await cxml(named(long, 'a'))).toEqual([]);
    expect(await cxml(named('NetworkId', 'a'), named('NetworkId', long))).toEqual([]);
  });

  it('255 characters are looked up', async () => {
    expect(await workOf((deps) => authenticateOci(deps)({ username: fits, password: 'p' }))).toEqual([
      'look-up',
      'hash',
    ]);
    expect(await cxml(named(fits, fits))).toContain('look-up');
  });
});
