import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { SecretVerifier } from '../../ports/access/guess-limits.js';
import { PunchoutError } from '../../domain/error-codes.js';

/** For a working day, a verified caller does not wait for other callers. A replaced secret matches no hash any more. */
const REMEMBERED_MS = 12 * 3_600_000;
const MAX_REMEMBERED = 10_000;
/** T28: a slow hash uses a whole core; more than two at once would starve everything else. */
const AT_ONCE = 2;
const WAITING = 64;

/** Connections and clients have at most two secrets: every failed check costs this many slow hashes, for any name. */
const LEAST_HASHES = 2;

/** Cost of a new hash; each hash names its own. */
export interface HashCost {
  /** Power of two above 1. */
  N: number;
  r: number;
  p: number;
}

/** About 16 MiB and 30 to 60 ms per hash. */
export const HASH_COST: HashCost = { N: 16_384, r: 8, p: 1 };

/**
 * Checks secrets against slow hashes, each pair once in twelve hours: a match is cached as an HMAC under a key that
 * exists in this process only. Addresses take turns, and so do the names of one address. A wrong secret costs the same
 * for two hashes, one or none, if these have the `cost`. Throws PunchoutError('SERVICE_UNAVAILABLE') when more than 64
 * checks wait. `fits`: the slow hash, for tests that count calls.
 */
export function scryptSecretVerifier(
  fits: (secret: string, hash: string) => Promise<boolean> = fitsHash,
  cost = HASH_COST,
): SecretVerifier {
  const key = randomBytes(32);
  const inTurn = workQueue(AT_ONCE, WAITING);
  const fitting = new Map<string, number>();
  const underWay = new Map<string, Promise<boolean>>();

  const markOf = (secret: string, ...hashes: string[]): string =>
    createHmac('sha256', key).update(hashes.join('\0')).update('\0').update(secret).digest('base64url');

  /**
   * Matches no secret. Each name has its own decoy: for unknown names, concurrent callers share no more work than for
   * known names.
   */
  const decoyOf = (name: string, index: number): string =>
    unfittingHash(createHmac('sha384', key).update(`${index}\0${name}`).digest(), cost);

  const isRemembered = (mark: string): boolean => {
    const until = fitting.get(mark);
    if (until !== undefined && until <= performance.now()) fitting.delete(mark);
    return until !== undefined && until > performance.now();
  };

  const remember = (mark: string): void => {
    if (fitting.size >= MAX_REMEMBERED) {
      // A tenth at a time: finding the first entry of a Map has a cost.
      for (const oldest of fitting.keys()) {
        if (fitting.size <= MAX_REMEMBERED * 0.9) break;
        fitting.delete(oldest);
      }
    }
    fitting.set(mark, performance.now() + REMEMBERED_MS);
  };

  async function check(secret: string, hashes: readonly string[]): Promise<boolean> {
    for (const hash of hashes) {
      if (!(await fits(secret, hash))) continue;
      remember(markOf(secret, hash));
      return true;
    }
    return false;
  }

  return {
    recalls: (secret, hashes) => hashes.some((hash) => isRemembered(markOf(secret, hash))),
    async verify(secret, hashes, { address = '', name } = { name: '' }) {
      if (hashes.some((hash) => isRemembered(markOf(secret, hash)))) return true;
      const decoys = Array.from({ length: Math.max(0, LEAST_HASHES - hashes.length) }, (_, index) =>
        decoyOf(name, index),
      );
      const checked = [...hashes, ...decoys];
      const mark = markOf(secret, ...checked);
      // Concurrent callers with the same question share one check.
      const work =
        underWay.get(mark) ??
        inTurn({ group: address, lane: name }, () => check(secret, checked)).finally(() => underWay.delete(mark));
      underWay.set(mark, work);
      return work;
    },
  };
}

/** Owner of a task: `group` (an address) and `lane` (a name) within it. */
interface TaskOwner {
  group: string;
  lane: string;
}

interface Waiting {
  start: () => void;
  refuse: (reason: Error) => void;
}

type Lanes = Map<string, Waiting[]>;

/**
 * Runs at most `atOnce` tasks and queues at most `waiting` more. Groups take turns, and so do the lanes of a group, so
 * a group with many tasks delays only itself. When the queue is full, the newest task of the longest group is refused
 * in favour of one of a shorter group; else the new task is refused. Refused tasks throw
 * PunchoutError('SERVICE_UNAVAILABLE'), since they would exceed the maximum wait (P14).
 */
export function workQueue(
  atOnce: number,
  waiting: number,
): <T>(owner: TaskOwner, task: () => Promise<T>) => Promise<T> {
  let running = 0;
  let queued = 0;
  /** Ordered by turn: the next group and lane come first. */
  const groups = new Map<string, Lanes>();

  const refusal = (): Error =>
    new PunchoutError('SERVICE_UNAVAILABLE', 'Too many secrets are being checked at the moment.');

  function add({ group, lane }: TaskOwner, entry: Waiting): void {
    let lanes = groups.get(group);
    if (lanes === undefined) groups.set(group, (lanes = new Map()));
    const tasks = lanes.get(lane);
    if (tasks === undefined) lanes.set(lane, [entry]);
    else tasks.push(entry);
    queued += 1;
  }

  function next(): Waiting | undefined {
    const [group] = groups.entries();
    if (group === undefined) return undefined;
    const [name, lanes] = group;
    const [lane] = lanes.entries();
    groups.delete(name);
    if (lane === undefined) return next();
    const [laneName, tasks] = lane;
    const task = tasks.shift();
    lanes.delete(laneName);
    if (tasks.length > 0) lanes.set(laneName, tasks);
    if (lanes.size > 0) groups.set(name, lanes);
    queued -= 1;
    return task;
  }

  /** False: no group is longer than that of the new task. */
  function makeRoom(group: string): boolean {
    const lengthOf = (lanes: Lanes | undefined): number =>
      [...(lanes?.values() ?? [])].reduce((sum, tasks) => sum + tasks.length, 0);
    const [longest] = [...groups].toSorted(([, a], [, b]) => lengthOf(b) - lengthOf(a));
    if (longest === undefined || lengthOf(longest[1]) <= lengthOf(groups.get(group)) + 1) return false;
    const [lane] = [...longest[1]].toSorted(([, a], [, b]) => b.length - a.length);
    const last = lane?.[1].pop();
    if (last === undefined || lane === undefined) return false;
    if (lane[1].length === 0) longest[1].delete(lane[0]);
    queued -= 1;
    last.refuse(refusal());
    return true;
  }

  return async (owner, task) => {
    if (running >= atOnce) {
      if (queued >= waiting && !makeRoom(owner.group)) throw refusal();
      await new Promise<void>((start, refuse) => add(owner, { start, refuse }));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      // A waiting task takes this task's place, so `running` does not change.
      const waited = next();
      if (waited === undefined) running -= 1;
      else waited.start();
    }
  };
}

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const HASH = /^scrypt\$(\d{1,6})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** Slow hash of a chosen secret, for storage: `scrypt$N$r$p$salt$hash`, both in base64url. */
export async function hashSecret(secret: string, cost = HASH_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return textOf(salt, await derive(secret, salt, KEY_BYTES, cost), cost);
}

/** A hash that matches no secret and costs as much as a real one; `random`: 48 secret random bytes. */
function unfittingHash(random: Buffer, cost: HashCost): string {
  return textOf(random.subarray(0, SALT_BYTES), random.subarray(SALT_BYTES), cost);
}

function textOf(salt: Buffer, key: Buffer, { N, r, p }: HashCost): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time. Throws on text that `hashSecret` did not make. */
export async function fitsHash(secret: string, hash: string): Promise<boolean> {
  const match = HASH.exec(hash);
  if (match === null) throw new Error('A stored secret hash is not of the form scrypt$N$r$p$salt$hash.');
  const [, N = '', r = '', p = '', salt = '', key = ''] = match;
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(secret, Buffer.from(salt, 'base64url'), expected.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(derived, expected);
}

function derive(secret: string, salt: Buffer, bytes: number, cost: HashCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, bytes, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
