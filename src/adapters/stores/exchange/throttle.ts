/** Maximum number of remembered limits; the oldest is dropped. */
const MAX_BUCKETS = 1000;
const MAX_WAIT_SECONDS = 300;

/**
 * Remembers which requests the shop has rate-limited, and until when. The caller names the buckets: Shopware limits by
 * route and key.
 */
export class Throttle {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whole seconds left to wait; 0 when requests are allowed. */
  waitSeconds(bucket: string): number {
    const until = this.#until.get(bucket);
    if (until === undefined) return 0;
    const left = Math.ceil((until - this.#now()) / 1000);
    if (left <= 0) this.#until.delete(bucket);
    return Math.max(0, left);
  }

  hold(bucket: string, seconds: number): void {
    this.#until.delete(bucket);
    this.#until.set(bucket, this.#now() + Math.min(Math.max(1, seconds), MAX_WAIT_SECONDS) * 1000);
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= MAX_BUCKETS) return;
      this.#until.delete(oldest);
    }
  }
}

/** Time limit of one store operation, including all its requests. */
export class Deadline {
  readonly #endsAt: number;

  constructor(milliseconds: number) {
    this.#endsAt = performance.now() + milliseconds;
  }

  remainingMs(): number {
    return Math.max(0, Math.floor(this.#endsAt - performance.now()));
  }
}

/**
 * Maximum ids or hits per request: beyond it Shopware answers 400 FRAMEWORK__QUERY_LIMIT_EXCEEDED; Vendure's
 * shopListQueryLimit is the same.
 */
export const MAX_PER_REQUEST = 100;

/** Calls `load` for one chunk after the other. */
export async function inChunks<In, Out>(
  all: readonly In[],
  load: (chunk: In[]) => Promise<Out[]>,
  size: number = MAX_PER_REQUEST,
): Promise<Out[]> {
  const found: Out[] = [];
  for (let start = 0; start < all.length; start += size) found.push(...(await load(all.slice(start, start + size))));
  return found;
}

/**
 * The first `limit` rows of a list, page by page, until one is not full. `read` gets the size of a page and its number
 * from 1.
 */
export async function inPages<Row>(
  limit: number,
  read: (size: number, page: number) => Promise<Row[]>,
): Promise<Row[]> {
  const size = Math.min(limit, MAX_PER_REQUEST);
  const rows: Row[] = [];
  for (let page = 1; rows.length < limit; page += 1) {
    const found = await read(size, page);
    rows.push(...found);
    if (found.length < size) break;
  }
  return rows.slice(0, limit);
}
