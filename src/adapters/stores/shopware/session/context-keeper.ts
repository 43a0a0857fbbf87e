import { BoundedCache } from '../../bounded-cache.js';
import { type StoreApi, type StoreApiSession } from '../api/store-api.js';
import { StoreSessionLost } from '../api/store-fault.js';
import { readContext } from './shop-context.js';

/** Shopware forgets a context 24 h after the last write; reading does not count (FACTS 8.1). */
const RENEW_AFTER_MS = 4 * 3600 * 1000;
const MAX_REMEMBERED = 20_000;

/** Writes to the contexts of live carts from time to time, so that the shop does not forget them. */
export class ContextKeeper {
  readonly #api: StoreApi;
  readonly #now: () => number;
  /** Context token to its last write that this process knows of, Unix milliseconds. */
  readonly #written: BoundedCache<number>;

  constructor(api: StoreApi, now: () => number) {
    this.#api = api;
    this.#now = now;
    this.#written = new BoundedCache({ maxEntries: MAX_REMEMBERED, lifeSeconds: 24 * 3600, now });
  }

  /**
   * Writes to the context if the last known write (else `openedAt`) was four hours ago. It writes the value that is
   * there. Throws StoreSessionLost; after any other failure the next call tries again.
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
