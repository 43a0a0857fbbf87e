import type { SharedTurns } from '../../../../ports/store/store-extras.js';

/** Longest wait for other requests. Afterwards the request proceeds: a hanging shop must not stop the buyer. */
const WAIT_MS = 1_500;

type Kind = 'read' | 'write';

interface Queue {
  reading: number;
  writing: number;
  waiting: { kind: Kind; go: () => void }[];
}

/**
 * Orders the requests to the shop with the token of a cart. Shopware may load and save the cart in each of them, even
 * in one that only reads a product, so a write that ends between the two is lost, although the shop has confirmed it
 * (measured on 6.6.7.1: every third write parallel to a read). Hence reads run together and a write runs alone: in this
 * process first come, first served, and among all processes with `shared` turns.
 */
export class CartTurns {
  readonly #shared: SharedTurns | undefined;
  readonly #waitMs: number;
  readonly #queues = new Map<string, Queue>();

  constructor(shared?: SharedTurns, waitMs = WAIT_MS) {
    this.#shared = shared;
    this.#waitMs = waitMs;
  }

  /** Runs `act` in its turn. `act` must not request a turn for the same cart. */
  async run<T>(cartId: string, kind: Kind, act: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(cartId) ?? { reading: 0, writing: 0, waiting: [] };
    this.#queues.set(cartId, queue);
    const giveUpAt = performance.now() + this.#waitMs;
    if (queue.waiting.length > 0 || !isFree(queue, kind)) await this.#wait(queue, kind);
    else enter(queue, kind);
    let leaveShared: (() => void) | undefined;
    try {
      if (this.#shared !== undefined)
        leaveShared = await this.#shared.enter(cartId, kind, giveUpAt - performance.now());
      return await act();
    } finally {
      leaveShared?.();
      leave(queue, kind);
      if (queue.reading + queue.writing + queue.waiting.length === 0) this.#queues.delete(cartId);
    }
  }

  #wait(queue: Queue, kind: Kind): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        queue.waiting.splice(queue.waiting.indexOf(waiter), 1);
        enter(queue, kind);
        resolve();
      };
      const waiter = { kind, go };
      const timer = setTimeout(go, this.#waitMs);
      queue.waiting.push(waiter);
    });
  }
}

function isFree({ reading, writing }: Queue, kind: Kind): boolean {
  return writing === 0 && (kind === 'read' || reading === 0);
}

function enter(queue: Queue, kind: Kind): void {
  queue[kind === 'read' ? 'reading' : 'writing'] += 1;
}

function leave(queue: Queue, kind: Kind): void {
  queue[kind === 'read' ? 'reading' : 'writing'] -= 1;
  for (let [next] = queue.waiting; next !== undefined && isFree(queue, next.kind); [next] = queue.waiting) next.go();
}
