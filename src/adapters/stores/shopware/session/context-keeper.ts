import { BoundedCache } from '../../bounded-cache.js';
import { type StoreApi, type StoreApiSession } from '../api/store-api.js';
import { StoreSessionLost } from '../api/store-fault.js';
import { readContext } from './shop-context.js';

/** Shopware forgets a context 24 h after its last write, however often it is read (FACTS 8.1). */
const RENEW_AFTER_MS = 4 * 3600 * 1000;
const MAX_REMEMBERED = 20_000;

/** Keeps the contexts of live carts from running out, by writing to them now and then. */
export class ContextKeeper {
  readonly #api: StoreApi;
  readonly #now: () => number;
  /** Context token -> when this process knows it was written, Unix milliseconds. */
  readonly #written: BoundedCache<number>;

  constructor(api: StoreApi, now: () => number) {
    this.#api = api;
    this.#now = now;
    this.#written = new BoundedCache({ maxEntries: MAX_REMEMBERED, lifeSeconds: 24 * 3600, now });
  }

  /**
   * Writes to the context when four hours have passed since its last write that this process knows of, `openedAt` where it knows of none. The value
   * written is the one that is there. Throws StoreSessionLost; any other failure is left to the next call.
   */
  async keep(session: StoreApiSession & { contextToken: string }, openedAt: number | undefined): Promise<void> {
    const { contextToken } = session;
    const last = this.#written.get(contextToken) ?? openedAt ?? Number.NEGATIVE_INFINITY;
    if (this.#now() - last < RENEW_AFTER_MS) return;
    this.wrote(contextToken);
    try {
      const { currencyId } = await readContext(this.#api, session);
      await this.#api.read(session, { method: 'PATCH', path: '/context', body: { currencyId } });
    } catch (fault) {
      this.#written.set(contextToken, last);
      if (fault instanceof StoreSessionLost) throw fault;
    }
  }

  wrote(contextToken: string): void {
    this.#written.set(contextToken, this.#now());
  }
}
