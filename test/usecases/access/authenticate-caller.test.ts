import { describe, expect, it } from '@jest/globals';
import { agrees, isAmbiguous, ownCredentials } from '../../../src/domain/access/party-match.js';
import { authenticateCxml } from '../../../src/usecases/access/authenticate-caller.js';
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
      secrets: { verify: () => Promise.resolve(false).finally(() => work.push('hash')) },
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
