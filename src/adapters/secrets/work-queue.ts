import { PunchoutError } from '../../domain/error-codes.js';

/** Whose task it is: `group` (an address) and `lane` (a name) within it. */
export interface TaskOwner {
  group: string;
  lane: string;
}

interface Waiting {
  start: () => void;
  refuse: (reason: Error) => void;
}

type Lanes = Map<string, Waiting[]>;

/**
 * Runs at most `atOnce` tasks and lets at most `waiting` more wait. Groups take turns, and within a group its lanes, so that a group with many tasks
 * waits behind itself alone. When the queue is full, the newest task of the longest group gives way to one of a shorter group; else the task is refused.
 * Refused tasks throw PunchoutError('SERVICE_UNAVAILABLE'), since they would wait longer than anybody does (P14).
 */
export function workQueue(
  atOnce: number,
  waiting: number,
): <T>(owner: TaskOwner, task: () => Promise<T>) => Promise<T> {
  let running = 0;
  let queued = 0;
  /** The group and lane whose turn is next come first. */
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

  /** False: the group of the new task is as long as any. */
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
      // A waiting task takes over this one's place, so `running` stays as it is.
      const waited = next();
      if (waited === undefined) running -= 1;
      else waited.start();
    }
  };
}
