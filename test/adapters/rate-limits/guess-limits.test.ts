import { describe, expect, it } from '@jest/globals';
import { localCounter, sharedCounter } from '../../../src/adapters/rate-limits/shared-counter.js';
import { connectRedis } from '../../../src/adapters/sessions/redis-connection.js';
import type { GuessLimits } from '../../../src/ports/access/guess-limits.js';
import { until } from '../../support/until.js';
import { describeOnRedis } from '../sessions/describe-on-redis.js';
import { startRedis } from '../sessions/redis-servers.js';
import { guessLimits } from '../../../src/adapters/rate-limits/rate-limits.js';
import { digestOf } from '../../../src/domain/digest.js';
import {
  type CxmlCaller,
  type OciLogin,
  authenticateCxml,
  authenticateOci,
} from '../../../src/usecases/access/authenticate-caller.js';
import { authenticateClient } from '../../../src/usecases/access/authenticate-client.js';
import { connectionOf } from '../../contracts/connection-repository.contract.js';

const ATTACKER = '203.0.113.9';
const BUYER = '198.51.100.7';

/** Every caller's secret is "right". Counts slow hashes. */
function world(): {
  hashes: () => number;
  pass: (ms: number) => void;
  oci: (username: string, password: string, address?: string, others?: OciLogin[]) => Promise<string>;
  call: (caller: Pick<CxmlCaller, 'sharedSecrets' | 'madeWith'>) => Promise<string>;
  cxml: (identity: string, secret: string, address: string) => Promise<string>;
  mac: (identity: string, fits: boolean, address: string) => Promise<string>;
  client: (id: string, secret: string, address: string) => Promise<string>;
} {
  let hashes = 0;
  let now = 0;
  const proven = new Set<string>();
  const deps = {
    connections: {
      findByCredential: async ({ identity }: { identity: string }) => [
        {
          connection: {
            ...connectionOf('firma', identity, {}),
            settings: {
              ...connectionOf('firma', identity, {}).settings,
              cxml: { ...connectionOf('firma', identity, {}).settings.cxml, allowMac: true },
            },
          },
          identity,
          secretHashes: [identity],
        },
      ],
      recoverableSecrets: async () => ['right'],
    },
    secrets: {
      recalls: (secret: string, known: readonly string[]) => proven.has(`${secret} ${known.join()}`),
      async verify(secret: string, known: readonly string[]) {
        hashes += 1;
        await new Promise(setImmediate);
        if (secret === 'right') proven.add(`${secret} ${known.join()}`);
        return secret === 'right';
      },
    },
    guesses: guessLimits(() => now),
    demoEnabled: false,
  };
  const codeOf = (outcome: { ok: true } | { ok: false; refusal: { code: string } }): string =>
    outcome.ok ? 'in' : outcome.refusal.code;
  const party = (identity: string): Pick<CxmlCaller, 'from' | 'to' | 'sender'> => ({
    from: [{ domain: 'd', identity }],
    to: [],
    sender: [],
  });
  const clients = {
    find: async (clientId: string) => ({
      client: { clientId, tenantId: 't', name: '', scopes: [], demo: false, createdAt: new Date() } as never,
      secretHashes: [clientId],
    }),
  };
  return {
    hashes: () => hashes,
    pass: (ms) => void (now += ms),
    oci: async (username, password, address = ATTACKER, others = []) =>
      codeOf(await authenticateOci(deps)({ username, password, address, others })),
    call: async (caller) => codeOf(await authenticateCxml(deps)({ ...party('known'), ...caller, address: ATTACKER })),
    cxml: async (identity, secret, address) =>
      codeOf(
        await authenticateCxml(deps)({
          ...party(identity),
          sharedSecrets: [{ domain: 'd', identity, secret }],
          address,
        }),
      ),
    mac: async (identity, fits, address) =>
      codeOf(await authenticateCxml(deps)({ ...party(identity), sharedSecrets: [], madeWith: () => fits, address })),
    client: async (id, secret, address) => codeOf(await authenticateClient({ ...deps, clients })(id, secret, address)),
  };
}
const counted = (codes: readonly string[]): Record<string, number> =>
  codes.reduce<Record<string, number>>((sums, code) => ({ ...sums, [code]: (sums[code] ?? 0) + 1 }), {});

describe('wrong secrets', () => {
  it('560 guesses at once cost 10 hashes; after a minute 10 more', async () => {
    const { oci, hashes, pass } = world();
    expect(
      counted(await Promise.all(Array.from({ length: 560 }, (_, index) => oci('known', `guess ${index}`)))),
    ).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 550 });
    expect(hashes()).toBe(10);
    pass(60_000);
    expect(
      counted(await Promise.all(Array.from({ length: 50 }, (_, index) => oci('known', `guess ${index}`)))),
    ).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 40 });
  });

  it('guesses for many names cost 60 hashes per minute and address', async () => {
    const { oci, hashes } = world();
    const codes: string[] = [];
    for (let index = 0; index < 500; index += 1) codes.push(await oci(`name ${index}`, 'wrong'));
    expect([counted(codes), hashes()]).toEqual([{ INVALID_CREDENTIALS: 60, RATE_LIMITED: 440 }, 60]);
  });

  it('cXML secrets, CredentialMacs and OAuth clients are limited in the same way', async () => {
    for (const kind of ['cxml', 'mac', 'client'] as const) {
      const called = world();
      const attempt = (): Promise<string> =>
        kind === 'mac' ? called.mac('known', false, ATTACKER) : called[kind]('known', 'wrong', ATTACKER);
      const codes = await Promise.all(Array.from({ length: 100 }, attempt));
      expect([kind, counted(codes)]).toEqual([kind, { INVALID_CREDENTIALS: 10, RATE_LIMITED: 90 }]);
    }
  });

  it('a call-up is one guess, even with several secrets or readings', async () => {
    const secrets = world();
    const readings = world();
    const wrong = ['a', 'b', 'c', 'd'];
    const others = wrong.map((password) => ({ username: ' Known ', password }));
    const [bySecret, byReading] = await Promise.all([
      Promise.all(
        Array.from({ length: 15 }, () =>
          secrets.call({
            sharedSecrets: wrong.map((secret) => ({ domain: 'd', identity: 'known', secret })),
            madeWith: () => false,
          }),
        ),
      ),
      Promise.all(Array.from({ length: 15 }, () => readings.oci('known', 'wrong', ATTACKER, others))),
    ]);
    for (const codes of [bySecret, byReading])
      expect(counted(codes)).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 5 });
    expect([secrets.hashes(), readings.hashes()]).toEqual([40, 50]);
  });

  it('a reading under another name does not bypass the limit of a name', async () => {
    const { oci } = world();
    const codes: string[] = [];
    for (let index = 0; index < 20; index += 1)
      codes.push(await oci(`decoy ${index}`, 'wrong', ATTACKER, [{ username: 'known', password: `guess ${index}` }]));
    expect(counted(codes)).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 10 });
  });

  it('a recently verified secret is not limited, even if others are wrong', async () => {
    const { cxml, call } = world();
    expect(await cxml('known', 'right', ATTACKER)).toBe('in');
    for (let index = 0; index < 30; index += 1) await cxml('known', 'wrong', ATTACKER);
    const sharedSecrets = ['wrong', 'right'].map((secret) => ({ domain: 'd', identity: 'known', secret }));
    expect(await call({ sharedSecrets })).toBe('in');
  });

  it('the owner of the name is not locked out: from another address, or after a recent success', async () => {
    const { oci, cxml, hashes } = world();
    expect([await oci('known', 'right', ATTACKER), await cxml('partner', 'right', BUYER)]).toEqual(['in', 'in']);
    for (let index = 0; index < 300; index += 1)
      await oci(index % 2 === 0 ? 'known' : `other ${index}`, `wrong ${index}`);
    const before = hashes();
    expect([await oci('known', 'right', ATTACKER), await oci('known', 'right', BUYER)]).toEqual(['in', 'in']);
    expect(hashes()).toBe(before);
    expect([await oci('fresh', 'right', BUYER), await oci('fresh', 'right', BUYER)]).toEqual(['in', 'in']);
  });

  it('right secrets are never counted, in any number from one address', async () => {
    const { oci } = world();
    expect(
      counted(await Promise.all(Array.from({ length: 200 }, (_, index) => oci(`tenant ${index}`, 'right')))),
    ).toEqual({ in: 200 });
  });

  it('200 simultaneous call-ups with the same right secret are all accepted, without an earlier success', async () => {
    for (const kind of ['oci', 'cxml', 'client'] as const) {
      const called = world();
      expect([
        kind,
        counted(await Promise.all(Array.from({ length: 200 }, () => called[kind]('known', 'right', BUYER)))),
      ]).toEqual([kind, { in: 200 }]);
    }
  });

  it('an unknown address is not limited', async () => {
    const { oci } = world();
    const limits = guessLimits();
    for (let index = 0; index < 50; index += 1)
      expect(await limits.begin({ name: 'a', secret: `${index}` })).not.toHaveProperty('waitSeconds');
    expect(await oci(digestOf('x').slice(0, 20), 'right')).toBe('in');
  });

  it('100,000 addresses use the memory of 50,000', async () => {
    const limits = guessLimits();
    for (let index = 0; index < 100_000; index += 1) {
      const begun = await limits.begin({
        name: 'n'.repeat(600),
        secret: 's',
        address: `2001:db8:${index.toString(16)}::/64`,
      });
      if ('end' in begun) begun.end(false);
    }
    expect(await limits.begin({ name: 'x', secret: 's', address: 'new' })).toHaveProperty('end');
  });
});

describeOnRedis('wrong secrets in Redis', () => {
  async function tries(
    limits: readonly GuessLimits[],
    count: number,
    address: string,
    name: (index: number) => string,
  ): Promise<number> {
    let begun = 0;
    for (let index = 0; index < count; index += 1) {
      const guess = await limits[index % limits.length]?.begin({ name: name(index), address, secret: `${index}` });
      if (guess === undefined || !('end' in guess)) continue;
      begun += 1;
      guess.end(false);
    }
    return begun;
  }

  it('three processes share the limits; right secrets do not count; without Redis each counts by itself', async () => {
    const redis = await startRedis();
    const counters = [1, 2, 3].map(() =>
      sharedCounter(() => connectRedis(`redis://127.0.0.1:${redis.port}`), localCounter(), 10_000),
    );
    try {
      // If Redis is not connected yet, the first burst is counted by the process alone for five seconds.
      await until(async () =>
        (await Promise.all(counters.map((counter) => counter.add('warm')))).every(({ hits }) => hits > counters.length),
      );
      const limits = counters.map((counter) => guessLimits(undefined, counter));
      expect(await tries(limits, 90, 'a', () => 'name')).toBe(10);
      const many = await tries(limits, 300, 'b', (index) => `name ${index}`);
      // The record for the address may be a moment late.
      expect(many).toBeGreaterThanOrEqual(60);
      expect(many).toBeLessThanOrEqual(66);
      for (let index = 0; index < 40; index += 1) {
        const guess = await limits[index % 3]?.begin({ name: 'right', address: 'c', secret: `${index}` });
        expect(guess).toHaveProperty('end');
        if (guess !== undefined && 'end' in guess) guess.end(true);
        await counters[0]?.read('settle');
      }
      redis.process.kill('SIGSTOP');
      expect(await tries(limits, 90, 'd', () => 'name')).toBe(30);
    } finally {
      for (const counter of counters) counter.close();
      await redis.stop();
    }
  }, 60_000);
});
