import { describe, expect, it } from '@jest/globals';
import { agrees, isAmbiguous, ownCredentials } from '../../../src/domain/access/party-match.js';
import { guessLimits } from '../../../src/adapters/rate-limits/guess-limits.js';
import { authenticateCxml, authenticateOci } from '../../../src/usecases/access/authenticate-caller.js';
import { connectionOf } from '../../contracts/connection-repository.contract.js';

const named = (domain: string, identity: string, type?: string) => ({ domain, identity, ...(type === undefined ? {} : { type }) });

describe('parties (RULES 2.4 to 2.6)', () => {
  it('RULES 2.6: a marketplace\'s name counts only where there is no other', () => {
    expect(ownCredentials([named('NetworkId', 'hub', 'marketplace'), named('NetworkId', 'member')])).toEqual([named('NetworkId', 'member')]);
    expect(ownCredentials([named('NetworkId', 'hub', 'MARKETPLACE')])).toEqual([named('NetworkId', 'hub', 'MARKETPLACE')]);
  });

  it('RULES 2.5: two values of one domain are one too many', () => {
    expect([[named('DUNS', '1'), named('duns', '2')], [named('DUNS', '1'), named('Duns', '1 ')], [named('DUNS', '1'), named('NetworkId', '2')]].map(isAmbiguous)).toEqual([true, false, false]);
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
  ])('RULES 2.5: expected %j, named %j: %s', (expected, party, wanted) => {
    expect(agrees(expected, party)).toBe(wanted);
  });
});

describe('authenticateCxml', () => {
  it('SECURITY T28: an unknown name costs the same work as a wrong secret, by secret and by CredentialMac', async () => {
    const work: string[] = [];
    const connection = connectionOf('firma', 'one', {});
    const known = { connection: { ...connection, settings: { ...connection.settings, cxml: { ...connection.settings.cxml, allowMac: true } } }, identity: 'known', secretHashes: ['hash'] };
    const authenticate = authenticateCxml({
      connections: {
        findByCredential: ({ identity }) => Promise.resolve(identity === 'known' ? [known] : []),
        recoverableSecrets: () => Promise.resolve(['secret']).finally(() => work.push('secrets')),
      },
      secrets: { recalls: () => false, verify: () => Promise.resolve(false).finally(() => work.push('hash')) },
        guesses: guessLimits(),
      demoEnabled: false,
    });
    const workOf = async (identity: string, madeWith?: () => boolean): Promise<string[]> => {
      work.length = 0;
      const party = [named('NetworkId', identity)];
      expect((await authenticate({ from: party, to: [], sender: party, sharedSecrets: [{ ...named('NetworkId', identity), secret: 'wrong' }], ...(madeWith === undefined ? {} : { madeWith }) })).ok).toBe(false);
      return [...work];
    };
    expect(await workOf('unknown')).toEqual(await workOf('known'));
    expect(await workOf('unknown', () => false)).toEqual(await workOf('known', () => false));
  });
});

describe('names that are too long to be registered', () => {
  const long = 'x'.repeat(256);
  const fits = 'x'.repeat(255);
  async function workOf(call: (deps: Parameters<typeof authenticateCxml>[0]) => Promise<{ ok: boolean }>): Promise<string[]> {
    const work: string[] = [];
    const outcome = await call({
      connections: { findByCredential: () => Promise.resolve([]).finally(() => work.push('look-up')), recoverableSecrets: () => Promise.resolve([]) },
      secrets: { recalls: () => false, verify: () => Promise.resolve(false).finally(() => work.push('hash')) },
        guesses: guessLimits(),
      demoEnabled: false,
    });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'INVALID_CREDENTIALS' } });
    return work;
  }
  const cxml = (from: { domain: string; identity: string }, sender = from) => workOf((deps) => authenticateCxml(deps)({ from: [from], to: [], sender: [sender], sharedSecrets: [{ ...sender, secret: 's' }] }));

  it('are refused before any look-up and any hash: OCI user names, identities, domains, those of the Sender', async () => {
    expect(await workOf((deps) => authenticateOci(deps)({ username: long, password: 'p' }))).toEqual([]);
    expect(await cxml(named('NetworkId', long))).toEqual([]);
    expect(await cxml(named(long, 'a'))).toEqual([]);
    expect(await cxml(named('NetworkId', 'a'), named('NetworkId', long))).toEqual([]);
  });

  it('255 characters are looked up', async () => {
    expect(await workOf((deps) => authenticateOci(deps)({ username: fits, password: 'p' }))).toEqual(['look-up', 'hash']);
    expect(await cxml(named(fits, fits))).toContain('look-up');
  });
});
