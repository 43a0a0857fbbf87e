import type { OrderEvent } from '../domain/orders/connect-order.js';
import type { ConnectShops } from '../ports/orders/connect-shops.js';
import type { HookRepository, LeasedHook } from '../ports/orders/hook-repository.js';
import type { HookClient, Subscriber } from './hook-client.js';
import { hookDelaySeconds } from './retry-delay.js';

export interface DeliverDeps {
  hooks: HookRepository;
  shops: Pick<ConnectShops, 'findSigner'>;
  client: HookClient;
  /** Between 0 and 1. */
  random: () => number;
  /** Longer than two requests may take together; a hook of a worker that died is taken by another after this. */
  leaseSeconds: number;
  /** True once the worker is to stop: the request under way is the last. */
  isStopping: () => boolean;
}

export interface Delivered {
  events: number;
  /** A sentence for the engineer. */
  error?: string;
  paused: boolean;
}

const RENEW_AFTER_MS = 4_000;
const BATCH = 50;
/** A turn that took longer ends with its batch, so that others get theirs. */
const TURN_MS = 15_000;
/** As often a subscriber may fall back behind what it had confirmed before it has to wait like one that fails, and until it is paused. */
const REWINDS_AT_ONCE = 3;
const MOST_REWINDS = 30;

/** The subscriber says what cannot be; only a person can know what to do (SECURITY T50). */
class Impossible extends Error {}

/**
 * One turn of one hook (DESIGN decision 13): asks what the subscriber has, then sends the next event, one at a time; each only after
 * the subscriber has said that it has the one before, in its answer to that or when it is asked again. Nothing is ever skipped.
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
    ...(failure === undefined
      ? {}
      : {
          failure: {
            error: failure.message,
            attempts,
            delaySeconds: hookDelaySeconds(attempts, deps.random()),
            progressed: turn.pushed > 0,
            pause: failure instanceof Impossible,
          },
        }),
  });
  return { events: turn.pushed, ...(failure === undefined ? {} : { error: failure.message }), paused };
}

class Turn {
  acked: bigint;
  sent: bigint;
  rewinds: number;
  pushed = 0;
  /** Somebody else has the hook. */
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
    // The subscriber is elsewhere than we thought: what comes next is read again.
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

  /** Undefined: there is nothing more that the hook wants, or the lease is lost. */
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

  /** False: the subscriber does not have it, and has to get it again. */
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

  /** Moves `acked` to what the subscriber says that it has, where that is not what it should have. */
  async #ask(subscriber: Subscriber, expected: bigint): Promise<void> {
    const has = await this.#deps.client.ask(subscriber);
    if (has > this.sent)
      throw new Impossible(`the subscriber says that it has revision ${has}, but nothing beyond ${this.sent} was sent`);
    // What is sent once more is sent whatever the subscriber says that it has beyond it.
    if (has >= expected) this.acked = this.acked < this.#replayUntil ? expected : has;
    else await this.#rewind(has, expected);
  }

  /** Between the two there may be nothing but events that the hook does not want. */
  async #rewind(has: bigint, expected: bigint): Promise<void> {
    this.acked = has;
    const missing = await this.#next();
    if (missing === undefined || BigInt(missing[0]?.revision ?? 0) > expected) return;
    this.rewinds += 1;
    if (this.rewinds > MOST_REWINDS)
      throw new Impossible(`the subscriber has fallen back to revision ${has} again and again`);
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
