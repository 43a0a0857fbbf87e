import { setTimeout } from 'node:timers/promises';
import type { LeasedHook, ConnectShops, HookRepository } from '../ports/orders/connect-shops.js';
import type { Logger } from '../ports/logger.js';
import { places, hookDelaySeconds } from './bounds.js';
import type { Worker } from './worker.js';
import type { OrderEvent } from '../domain/orders/connect-order.js';
import type { HookClient, Subscriber } from './hook-client.js';

interface Deps extends Omit<DeliverDeps, 'isStopping' | 'random'> {
  /** Called after each turn. */
  delivered: (hook: LeasedHook, turn: Delivered) => void;
  /** Maximum number of hooks served in parallel. */
  atOnce?: number | undefined;
  log: Logger;
}

/** A slow hook takes one slot and does not block others. */
const PLACES = 128;
/** Per tenant, so that slow subscribers of one tenant do not block the others. */
const SHARE_OF_TENANT = 1 / 2;
const PAUSE_MS = 500;
/** Pause while there is work. */
const BUSY_PAUSE_MS = 20;
const AFTER_FAULT_MS = 1_000;

/**
 * Serves hooks with pending events, tenants in turn, until it is stopped. Several processes may run it at the same
 * time.
 */
export function startHookDeliveries({ hooks, delivered, atOnce = PLACES, log, ...rest }: Deps): Worker {
  const stopping = new AbortController();
  const deps: DeliverDeps = { hooks, ...rest, random: Math.random, isStopping: () => stopping.signal.aborted };
  const held = places(atOnce, Math.ceil(atOnce * SHARE_OF_TENANT));

  async function serve(hook: LeasedHook): Promise<void> {
    const facts = { tenant: hook.tenantId, shop: hook.shopId, hook: hook.hookId };
    try {
      const turn = await deliverHook(deps, hook);
      delivered(hook, turn);
      if (turn.paused)
        log.error(
          { ...facts, reason: turn.error },
          'ALARM: a hook is paused, its events wait for `punchout hooks resume`',
        );
      else if (turn.error !== undefined)
        log.warn({ ...facts, reason: turn.error }, 'a hook failed, will be tried again');
    } catch (error) {
      log.warn({ err: error, ...facts }, 'a hook could not be served, its lease runs out');
    }
  }

  async function takeSome(): Promise<number> {
    const taken = await hooks.take(held.free(), deps.leaseSeconds, held.shares());
    for (const hook of taken) held.hold(hook.tenantId, serve(hook));
    return taken.length;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = PAUSE_MS;
      try {
        if (held.free() === 0 || (await takeSome()) > 0) pauseMs = BUSY_PAUSE_MS;
      } catch (error) {
        log.warn({ err: error }, 'hooks could not be taken');
        pauseMs = AFTER_FAULT_MS;
      }
      await setTimeout(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await held.allFree();
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface DeliverDeps {
  hooks: HookRepository;
  shops: Pick<ConnectShops, 'findSigner'>;
  client: HookClient;
  /** Between 0 and 1. */
  random: () => number;
  /** Longer than two requests together. After a crash, another worker takes the hook when the lease ends. */
  leaseSeconds: number;
  /** True when the worker must stop: the current request is the last. */
  isStopping: () => boolean;
}

export interface Delivered {
  events: number;
  /** An error text for the engineer. */
  error?: string;
  paused: boolean;
}

const RENEW_AFTER_MS = 4_000;
const BATCH = 50;
/** A turn that takes longer ends after its batch, so that other hooks are served. */
const TURN_MS = 15_000;
/**
 * Number of times that a subscriber may fall back behind its confirmed revision. After that it waits like a failing
 * one, and is finally paused.
 */
const REWINDS_AT_ONCE = 3;
const MOST_REWINDS = 30;

/** The subscriber reports an impossible revision; only an operator can decide (T50). */
class Impossible extends Error {}

/**
 * One turn of one hook (architecture.md decision 13): asks for the subscriber's revision, then sends one event at a
 * time. The next event is sent only after the subscriber has confirmed the previous one, in its answer or when asked
 * again. Nothing is ever skipped.
 */
export async function deliverHook(deps: DeliverDeps, hook: LeasedHook): Promise<Delivered> {
  const turn = new Turn(deps, hook);
  let failure: Error | undefined;
  try {
    await turn.run();
  } catch (error) {
    failure = error instanceof Error ? error : new Error('failed');
  }
  if (turn.isLost) return { events: turn.pushed, paused: false };
  const attempts = (turn.pushed > 0 ? 0 : hook.attempts) + 1;
  const paused = await deps.hooks.settle(hook, {
    ackedRevision: String(turn.acked),
    sentRevision: String(turn.sent),
    rewinds: turn.rewinds,
    failure:
      failure === undefined
        ? undefined
        : {
            error: failure.message,
            attempts,
            delaySeconds: hookDelaySeconds(attempts, deps.random()),
            progressed: turn.pushed > 0,
            pause: failure instanceof Impossible,
          },
  });
  return { events: turn.pushed, error: failure?.message, paused };
}

class Turn {
  acked: bigint;
  sent: bigint;
  rewinds: number;
  pushed = 0;
  /** Another worker has the hook. */
  isLost = false;
  readonly #deps: DeliverDeps;
  readonly #hook: LeasedHook;
  readonly #replayUntil: bigint;
  readonly #startedAt = performance.now();
  #renewedAt = performance.now();

  constructor(deps: DeliverDeps, hook: LeasedHook) {
    this.#deps = deps;
    this.#hook = hook;
    this.acked = BigInt(hook.ackedRevision);
    this.sent = BigInt(hook.sentRevision);
    this.rewinds = hook.rewinds;
    this.#replayUntil = BigInt(hook.replayUntil ?? 0);
  }

  async run(): Promise<void> {
    let batch = await this.#next();
    if (batch === undefined) return;
    const subscriber = await this.#subscriber();
    const thought = this.acked;
    await this.#ask(subscriber, thought);
    // The subscriber is at another revision than expected: read the next events again.
    if (this.acked !== thought) batch = await this.#next();
    while (batch !== undefined) {
      for (const event of batch) {
        if (this.#deps.isStopping() || !(await this.#keepLease())) return;
        if (!(await this.#push(subscriber, event))) break;
      }
      if (performance.now() - this.#startedAt > TURN_MS) return;
      batch = await this.#next();
    }
  }

  /** Undefined: no further event matches the hook, or the lease is lost. */
  async #next(): Promise<OrderEvent[] | undefined> {
    const batch = await this.#deps.hooks.next(this.#hook, String(this.acked), BATCH, this.#deps.leaseSeconds);
    this.#renewedAt = performance.now();
    if (batch === undefined) {
      this.isLost = true;
      return undefined;
    }
    if (batch.events.length > 0) return batch.events;
    this.acked = BigInt(batch.lastRevision);
    return undefined;
  }

  async #subscriber(): Promise<Subscriber> {
    const { url, shopId } = this.#hook;
    const signer = await this.#deps.shops.findSigner(shopId);
    if (signer === undefined || signer.keys.length === 0) throw new Error('the shop has no active key to sign with');
    return { url, shopId, keys: signer.keys, deliveryKey: signer.signing.deliveryKey };
  }

  /** False: the subscriber does not have the event and must get it again. */
  async #push(subscriber: Subscriber, event: OrderEvent): Promise<boolean> {
    const revision = BigInt(event.revision);
    if (revision <= this.acked) return true;
    if (revision > this.sent) this.sent = revision;
    const has = await this.#deps.client.push(subscriber, event);
    if (has === undefined || has < revision || has > this.sent) {
      // "Before any new events are sent to the server it is checked that the previous event(s) were received."
      await this.#ask(subscriber, revision);
      if (this.acked < revision) return false;
    }
    if (this.acked < revision) this.acked = revision;
    this.rewinds = 0;
    this.pushed += 1;
    return true;
  }

  /** Sets `acked` to the subscriber's revision if that is not the expected one. */
  async #ask(subscriber: Subscriber, expected: bigint): Promise<void> {
    const has = await this.#deps.client.ask(subscriber);
    if (has > this.sent)
      throw new Impossible(`the subscriber reports revision ${has}, but nothing after ${this.sent} was sent`);
    // A replay sends all events, even those that the subscriber already reports.
    if (has >= expected) this.acked = this.acked < this.#replayUntil ? expected : has;
    else await this.#rewind(has, expected);
  }

  /** Counts a rewind, unless the hook wants none of the events in between. */
  async #rewind(has: bigint, expected: bigint): Promise<void> {
    this.acked = has;
    const missing = await this.#next();
    if (missing === undefined || BigInt(missing[0]?.revision ?? 0) > expected) return;
    this.rewinds += 1;
    if (this.rewinds > MOST_REWINDS) throw new Impossible(`the subscriber keeps falling back to revision ${has}`);
    if (this.rewinds > REWINDS_AT_ONCE) throw new Error(`the subscriber has fallen back to revision ${has}`);
  }

  async #keepLease(): Promise<boolean> {
    if (performance.now() - this.#renewedAt < RENEW_AFTER_MS) return true;
    if (!(await this.#deps.hooks.renew(this.#hook, this.#deps.leaseSeconds))) {
      this.isLost = true;
      return false;
    }
    this.#renewedAt = performance.now();
    return true;
  }
}
