import { type Outcome, accept, isAway, refuse } from '../../domain/error-codes.js';
import type { MessageLog } from '../../ports/transmission/message-log.js';
import type { EventPage, EventReads, EventSignal, EventWish, LiveEvent } from '../../ports/transmission/live-events.js';

interface Deps {
  events: EventReads;
  /** Writes what this process has noted. */
  messages: Pick<MessageLog, 'flush'>;
  signal: EventSignal;
  /** The process drains: every tail ends. */
  isStopping: () => boolean;
  /** Milliseconds between two looks without a signal. */
  lookEveryMs?: number;
}

export interface FollowWish {
  tenantId: string;
  /** Who follows, `operator:…` or `key:…`; each may have a few tails. */
  holder: string;
  /** The place to go on from; without it, from now on. */
  after?: string | undefined;
  refusedOnly: boolean;
  /** Asked before events are given, and every few seconds: false ends the tail. */
  mayFollow: () => Promise<boolean>;
}

export interface PageWish extends EventWish {
  tenantId: string;
  /** The place to go on from; without it, the newest events. */
  after?: string | undefined;
}

/**
 * What a tail gives. `gap`: the place to go on from is unknown or too old, so events may be missing. `idle`: nothing
 * has happened for some time.
 */
export interface TailStep {
  kind: 'events' | 'gap' | 'idle';
  events?: readonly LiveEvent[];
  place: string;
}

/** Steps are read when they are asked for: a slow reader keeps one page in memory, and nobody else waits for it. */
export interface EventTail extends AsyncIterable<TailStep> {
  /** Ends the tail, also while it waits. */
  close(): void;
}

export interface EventTails {
  /** What happened, oldest first. Refuses with INVALID_REQUEST if the place is unknown or more than an hour old. */
  page(wish: PageWish): Promise<Outcome<EventPage>>;
  /** Refuses with RATE_LIMITED above the number of open tails. */
  follow(wish: FollowWish): Promise<Outcome<EventTail>>;
  /** Ends all tails. */
  close(): void;
}

/** Tails of one holder at once. */
export const MOST_OF_HOLDER = 5;
const MOST_OF_TENANT = 25;
const MOST_OF_PROCESS = 100;
/** Events of one step. */
const PAGE = 100;
const LOOK_EVERY_MS = 5_000;
/** Least time between two reads of one tail, however many signals come. */
const REST_MS = 250;
const IDLE_MS = 15_000;
const CHECK_MS = 5_000;
/** How soon a tail notices that the process drains. */
const TICK_MS = 1_000;

/** The live events of tenants, for as many readers as the bounds allow. */
export function eventTails({ events, messages, signal, isStopping, lookEveryMs = LOOK_EVERY_MS }: Deps): EventTails {
  const open = new Set<Tail>();
  let reading: Promise<unknown> = Promise.resolve();
  let leave: (() => void) | undefined;
  let ticking: NodeJS.Timeout | undefined;

  /** One read or check at a time: tails never take more than one connection from the buyers. */
  function inTurn<T>(read: () => Promise<T>): Promise<T> {
    const result = reading.then(read);
    reading = result.catch(() => undefined);
    return result;
  }

  function opened(tail: Tail): void {
    open.add(tail);
    leave ??= signal.listen(() => {
      for (const each of open) each.look();
    });
    ticking ??= setInterval(() => {
      for (const each of open) each.tick();
    }, TICK_MS).unref();
  }

  function closed(tail: Tail): void {
    if (!open.delete(tail) || open.size > 0) return;
    leave?.();
    leave = undefined;
    clearInterval(ticking);
    ticking = undefined;
  }

  return {
    async page({ tenantId, after, ...wish }) {
      await messages.flush();
      const page = await (after === undefined ? events.latest(tenantId, wish) : events.after(tenantId, after, wish));
      return page === undefined
        ? refuse('INVALID_REQUEST', 'after is not an id of an event here, or it is more than an hour old.', {
            field: 'after',
          })
        : accept(page);
    },
    async follow(wish) {
      const place = wish.after ?? (await inTurn(() => nowOf(events, wish.tenantId)));
      const of = (fits: (tail: Tail) => boolean): number => [...open].filter(fits).length;
      const isFull =
        open.size >= MOST_OF_PROCESS ||
        of(({ wish: { tenantId } }) => tenantId === wish.tenantId) >= MOST_OF_TENANT ||
        of(({ wish: { tenantId, holder } }) => tenantId === wish.tenantId && holder === wish.holder) >= MOST_OF_HOLDER;
      if (isFull)
        return refuse('RATE_LIMITED', `Too many streams of events are open; ${MOST_OF_HOLDER} may be at once.`, {
          retry_after_seconds: 30,
        });
      const tail = new Tail(wish, place, { events, isStopping, lookEveryMs, inTurn, closed });
      opened(tail);
      return accept(tail);
    },
    close() {
      for (const tail of open) tail.close();
    },
  };
}

interface TailDeps extends Pick<Required<Deps>, 'events' | 'isStopping' | 'lookEveryMs'> {
  inTurn: <T>(read: () => Promise<T>) => Promise<T>;
  closed: (tail: Tail) => void;
}

class Tail implements EventTail {
  readonly wish: FollowWish;
  readonly #deps: TailDeps;
  #place: string;
  #isOpen = true;
  #isTold = true;
  #readAt = -Infinity;
  #checkedAt = -Infinity;
  #wake: (() => void) | undefined;

  constructor(wish: FollowWish, place: string, deps: TailDeps) {
    this.wish = wish;
    this.#place = place;
    this.#deps = deps;
  }

  close(): void {
    this.#isOpen = false;
    this.#wake?.();
    this.#deps.closed(this);
  }

  /** There may be new events. */
  look(): void {
    this.#isTold = true;
    this.#wake?.();
  }

  tick(): void {
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TailStep, void, undefined> {
    let saidAt = performance.now();
    try {
      while (this.#isOpen && !this.#deps.isStopping()) {
        if ((await this.#mayFollow(CHECK_MS)) === false) return;
        const read = this.#isDue() ? await this.#read() : undefined;
        // The right may have ended during the read, so it is checked again before events are given.
        const may = read?.kind === 'events' ? await this.#mayFollow(0) : true;
        if (may === false) return;
        if (read !== undefined && may === true) {
          this.#place = read.place;
          if (read.kind !== 'idle') {
            saidAt = performance.now();
            yield read;
          }
        }
        if (performance.now() - saidAt >= IDLE_MS) {
          saidAt = performance.now();
          yield { kind: 'idle', place: this.#place };
        }
        await this.#told();
      }
    } finally {
      this.close();
    }
  }

  /** Undefined as for `#inTurn`. A right that was found within `maxAgeMs` is not asked for again. */
  async #mayFollow(maxAgeMs: number): Promise<boolean | undefined> {
    if (performance.now() - this.#checkedAt < maxAgeMs) return true;
    const may = await this.#inTurn(this.wish.mayFollow);
    if (may !== undefined) this.#checkedAt = performance.now();
    return may;
  }

  #isDue(): boolean {
    const restedMs = performance.now() - this.#readAt;
    return restedMs >= (this.#isTold ? REST_MS : this.#deps.lookEveryMs);
  }

  async #read(): Promise<TailStep | undefined> {
    this.#isTold = false;
    this.#readAt = performance.now();
    const { tenantId, refusedOnly } = this.wish;
    const { events } = this.#deps;
    const place = this.#place;
    return this.#inTurn(async () => {
      const page = await events.after(tenantId, place, { limit: PAGE, refusedOnly });
      if (page === undefined) return { kind: 'gap', place: await nowOf(events, tenantId) };
      if (page.more) {
        this.#isTold = true;
        this.#readAt = -Infinity;
      }
      return { kind: page.events.length === 0 ? 'idle' : 'events', events: page.events, place: page.place };
    });
  }

  /** Undefined: the database is away, or the tail was closed while it waited. */
  #inTurn<T>(act: () => Promise<T>): Promise<T | undefined> {
    return unlessAwayNow(() => this.#deps.inTurn(async () => (this.#isOpen ? act() : undefined)));
  }

  /** Waits until a read is due, or until the tail must check whether it has ended. */
  async #told(): Promise<void> {
    if (!this.#isOpen || this.#isDue()) return;
    const restMs = this.#isTold ? REST_MS - (performance.now() - this.#readAt) : undefined;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (restMs !== undefined) timer = setTimeout(resolve, restMs);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }
}

/** The place after all that is visible now. */
async function nowOf(events: EventReads, tenantId: string): Promise<string> {
  return (await events.latest(tenantId, { limit: 1, refusedOnly: true })).place;
}

async function unlessAwayNow<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!isAway(error)) throw error;
    return undefined;
  }
}
