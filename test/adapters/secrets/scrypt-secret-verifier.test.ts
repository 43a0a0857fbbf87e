import { describe, expect, it } from '@jest/globals';
import {
  fitsHash,
  hashSecret,
  scryptSecretVerifier,
  workQueue,
} from '../../../src/adapters/secrets/scrypt-secret-verifier.js';

describe('hashSecret', () => {
  it('makes a salted hash of the documented form that matches its secret only', async () => {
    const [one, two] = await Promise.all([hashSecret('pässword'), hashSecret('pässword')]);
    expect(one).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(two).not.toBe(one);
    expect(await fitsHash('pässword', one)).toBe(true);
    expect(await fitsHash('passwörd', one)).toBe(false);
    await expect(fitsHash('x', 'plain text')).rejects.toThrow('not of the form');
  });
});

describe('scryptSecretVerifier (T28)', () => {
  it('accepts a secret that matches any of the hashes, repeatedly, and no other', async () => {
    const verifier = scryptSecretVerifier();
    const hashes = await Promise.all(['old', 'new'].map((secret) => hashSecret(secret)));
    for (const secret of ['old', 'new', 'old', 'new']) expect(await verifier.verify(secret, hashes)).toBe(true);
    for (const secret of ['other', '', 'old ']) expect(await verifier.verify(secret, hashes)).toBe(false);
    expect(await verifier.verify('old', hashes.slice(1))).toBe(false);
    expect(await verifier.verify('old', [])).toBe(false);
  });

  const costOf = (hash: string): string[] => hash.split('$').slice(0, 4);

  /** A verifier that counts its slow hashes. */
  function counting(fitting: string): { verifier: ReturnType<typeof scryptSecretVerifier>; work: () => string[] } {
    let hashes: string[] = [];
    const verifier = scryptSecretVerifier((secret, hash) => {
      hashes.push(hash);
      return Promise.resolve(secret === 'right' && hash === fitting);
    });
    return { verifier, work: () => hashes.splice(0) };
  }

  it('runs no slow hash for a verified secret, and one for the newest', async () => {
    const { verifier, work } = counting('newest');
    expect(await verifier.verify('right', ['newest', 'older'])).toBe(true);
    expect(work()).toEqual(['newest']);
    for (let index = 0; index < 10; index += 1) expect(await verifier.verify('right', ['newest', 'older'])).toBe(true);
    expect(work()).toEqual([]);
  });

  it('a wrong secret always costs two slow hashes: with two hashes, one, or none', async () => {
    const { verifier, work } = counting('none');
    for (const hashes of [['one', 'two'], ['one'], [], []]) {
      expect(await verifier.verify('wrong', hashes, { name: 'a name' })).toBe(false);
      expect(work()).toHaveLength(2);
    }
  });

  it('the decoy for a missing hash costs as much as a hash, matches nothing, and differs between names', async () => {
    const seen: string[] = [];
    const verifier = scryptSecretVerifier((secret, hash) => {
      seen.push(hash);
      return fitsHash(secret, hash);
    });
    const real = await hashSecret('right');
    expect(await verifier.verify('wrong', [], { name: 'one' })).toBe(false);
    expect(await verifier.verify('wrong', [], { name: 'other' })).toBe(false);
    expect(seen.map(costOf)).toEqual([0, 1, 2, 3].map(() => costOf(real)));
    expect(seen.map(({ length }) => length)).toEqual([0, 1, 2, 3].map(() => real.length));
    expect(new Set(seen).size).toBe(4);
  });

  it('with another cost, new hashes and decoys have it, and hashes of the full cost fit as before', async () => {
    const cost = { N: 16, r: 1, p: 1 };
    const seen: string[] = [];
    const verifier = scryptSecretVerifier((secret, hash) => {
      seen.push(hash);
      return fitsHash(secret, hash);
    }, cost);
    const low = await hashSecret('right', cost);
    expect(await verifier.verify('wrong', [low], { name: 'one' })).toBe(false);
    expect(seen.map(costOf)).toEqual([low, low].map(() => ['scrypt', '16', '1', '1']));
    for (const hash of [low, await hashSecret('right')]) expect(await verifier.verify('right', [hash])).toBe(true);
  });

  it('20 simultaneous callers with one wrong secret: unknown names share no more work than known ones', async () => {
    for (const hashesOf of [
      (): string[] => [],
      (index: number): string[] => [`hash ${index}`],
      (index: number): string[] => [`newer ${index}`, `older ${index}`],
    ]) {
      const { verifier, work } = counting('none');
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          verifier.verify('wrong', hashesOf(index), { name: `name ${index}`, address: '192.0.2.1' }),
        ),
      );
      expect(work()).toHaveLength(40);
    }
  });

  it('callers with the same question share the work; too many different ones are refused', async () => {
    const verifier = scryptSecretVerifier();
    const hashes = [await hashSecret('s')];
    expect(await Promise.all(Array.from({ length: 200 }, () => verifier.verify('s', hashes)))).toEqual(
      Array.from({ length: 200 }, () => true),
    );
    const guesses = await Promise.allSettled(
      Array.from({ length: 80 }, (_, index) => verifier.verify(`guess ${index}`, hashes)),
    );
    const refused = guesses.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(80 - 2 - 64);
    expect(refused[0]).toMatchObject({ reason: { code: 'SERVICE_UNAVAILABLE' } });
    expect(await verifier.verify('right again', hashes)).toBe(false);
  }, 60_000);
});

const OWNER = { group: 'address', lane: 'name' };

describe('workQueue', () => {
  it('runs at most the allowed number of tasks, and continues after a failed one', async () => {
    const inTurn = workQueue(2, 10);
    let running = 0;
    let most = 0;
    const task = (fails: boolean) => async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      if (fails) throw new Error('no');
    };
    await Promise.allSettled(Array.from({ length: 12 }, (_, index) => inTurn(OWNER, task(index % 3 === 0))));
    expect({ most, running }).toEqual({ most: 2, running: 0 });
    await inTurn(OWNER, task(false));
  });

  /** A queue whose tasks end one at a time; `order` records the turns. */
  function stepped(
    atOnce: number,
    waiting: number,
  ): { add: (group: string, lane?: string) => Promise<void>; order: string[]; drain: () => Promise<void> } {
    const inTurn = workQueue(atOnce, waiting);
    const order: string[] = [];
    const open: (() => void)[] = [];
    return {
      order,
      add: (group, lane = 'a') =>
        inTurn({ group, lane }, async () => {
          order.push(`${group} ${lane}`);
          await new Promise<void>((resolve) => open.push(resolve));
        }),
      async drain() {
        for (let turn = 0; turn < 1_000; turn += 1) {
          open.shift()?.();
          await new Promise(setImmediate);
        }
      },
    };
  }

  it('560 tasks of one address: those of other addresses come next, and none of them is refused', async () => {
    const { add, order, drain } = stepped(2, 64);
    const attack = Promise.allSettled(Array.from({ length: 560 }, () => add('attacker')));
    const buyers = Promise.all(['buyer 1', 'buyer 2', 'buyer 3'].map((buyer) => add(buyer)));
    await drain();
    await buyers;
    expect((await attack).filter(({ status }) => status === 'fulfilled')).toHaveLength(66 - 3);
    for (const buyer of ['buyer 1 a', 'buyer 2 a', 'buyer 3 a'])
      expect(order.indexOf(buyer)).toBeLessThanOrEqual(2 + 4);
  });

  it('names of one address take turns too', async () => {
    const { add, order, drain } = stepped(1, 64);
    const all = [...Array.from({ length: 20 }, () => add('hub', 'guessed')), add('hub', 'one'), add('hub', 'other')];
    await drain();
    await Promise.all(all);
    expect(order.slice(0, 4)).toEqual(['hub guessed', 'hub guessed', 'hub one', 'hub other']);
  });

  it('a full queue of 64 addresses refuses the next: no address has more', async () => {
    const { add, drain } = stepped(1, 64);
    const all = Promise.allSettled(Array.from({ length: 65 }, (_, index) => add(`${index}`)));
    await expect(add('late')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await drain();
    expect((await all).every(({ status }) => status === 'fulfilled')).toBe(true);
  });
});
