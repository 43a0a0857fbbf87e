import { createHmac, randomBytes } from 'node:crypto';
import type { Guess } from '../../ports/access/guess-limits.js';
import type { SecretVerifier } from '../../ports/access/secret-verifier.js';
import { fitsHash, hashSecret } from './scrypt-hash.js';
import { workQueue } from './work-queue.js';

/** A caller that has proven itself waits behind nobody for a working day. A secret that is replaced fits no hash any more. */
const REMEMBERED_MS = 12 * 3_600_000;
const MAX_REMEMBERED = 10_000;
/** T28: a slow hash takes a core for its time; more than two at once would starve everything else. */
const AT_ONCE = 2;
const WAITING = 64;

/**
 * Checks secrets against slow hashes, each pair once in twelve hours: what fitted is remembered as an HMAC under a key
 * that dies with the process. Addresses take turns, and the names of one address. Throws PunchoutError('SERVICE_UNAVAILABLE') when more than 64 checks wait.
 */
export function scryptSecretVerifier(): SecretVerifier {
  const key = randomBytes(32);
  const decoy = hashSecret(randomBytes(32).toString('base64url'));
  const inTurn = workQueue(AT_ONCE, WAITING);
  const fitting = new Map<string, number>();
  const underWay = new Map<string, Promise<boolean>>();

  const markOf = (secret: string, hash: string): string => createHmac('sha256', key).update(hash).update('\0').update(secret).digest('base64url');

  const isRemembered = (mark: string): boolean => {
    const until = fitting.get(mark);
    if (until !== undefined && until <= performance.now()) fitting.delete(mark);
    return until !== undefined && until > performance.now();
  };

  const remember = (mark: string): void => {
    if (fitting.size >= MAX_REMEMBERED) {
      // A tenth at once: finding the first entry of a Map is not free.
      for (const oldest of fitting.keys()) {
        if (fitting.size <= MAX_REMEMBERED * 0.9) break;
        fitting.delete(oldest);
      }
    }
    fitting.set(mark, performance.now() + REMEMBERED_MS);
  };

  /** Callers that ask the same at the same time share one piece of work. */
  const check = (secret: string, hash: string, mark: string, { address = '', name }: Pick<Guess, 'name' | 'address'>): Promise<boolean> => {
    const current = underWay.get(mark);
    if (current !== undefined) return current;
    const work = inTurn({ group: address, lane: name }, () => fitsHash(secret, hash)).finally(() => underWay.delete(mark));
    underWay.set(mark, work);
    return work;
  };

  return {
    recalls: (secret, hashes) => hashes.some((hash) => isRemembered(markOf(secret, hash))),
    async verify(secret, hashes, guess = { name: '' }) {
      const marked = hashes.map((hash) => ({ hash, mark: markOf(secret, hash) }));
      if (marked.some(({ mark }) => isRemembered(mark))) return true;
      if (marked.length === 0) {
        const hash = await decoy;
        await check(secret, hash, markOf(secret, hash), guess);
        return false;
      }
      let fits = false;
      for (const { hash, mark } of marked) {
        if (!(await check(secret, hash, mark, guess))) continue;
        remember(mark);
        fits = true;
      }
      return fits;
    },
  };
}
