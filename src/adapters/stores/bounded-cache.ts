const MAX_BYTES = 32 * 1024 * 1024;
/** Counted for each entry in addition to key and value. */
const ENTRY_BYTES = 200;

interface Entry<Value> {
  value: Value;
  goodUntil: number;
  bytes: number;
}

interface Limits {
  maxEntries: number;
  /** Default 32 MiB. */
  maxBytes?: number;
  lifeSeconds: number;
  /** In milliseconds. */
  now: () => number;
}

/**
 * Cache with a lifetime, bounded by number and by bytes: the least recently used value is dropped. A value larger than
 * the whole cache is not kept.
 */
export class BoundedCache<Value> {
  readonly #values = new Map<string, Entry<Value>>();
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #lifeMs: number;
  readonly #now: () => number;
  #bytes = 0;

  constructor({ maxEntries, maxBytes = MAX_BYTES, lifeSeconds, now }: Limits) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#lifeMs = lifeSeconds * 1000;
    this.#now = now;
  }

  /** An estimate. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Value | undefined {
    const found = this.#values.get(key);
    if (found === undefined) return undefined;
    this.#remove(key, found);
    if (this.#now() >= found.goodUntil) return undefined;
    this.#add(key, found);
    return found.value;
  }

  set(key: string, value: Value): void {
    const known = this.#values.get(key);
    if (known !== undefined) this.#remove(key, known);
    this.#add(key, {
      value,
      goodUntil: this.#now() + this.#lifeMs,
      bytes: ENTRY_BYTES + 2 * (key.length + sizeOf(value)),
    });
    if (this.#values.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) return;
    for (const [oldest, entry] of this.#values) {
      if (this.#values.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) return;
      this.#remove(oldest, entry);
    }
  }

  delete(key: string): void {
    const known = this.#values.get(key);
    if (known !== undefined) this.#remove(key, known);
  }

  drop(): void {
    this.#values.clear();
    this.#bytes = 0;
  }

  #add(key: string, entry: Entry<Value>): void {
    this.#values.set(key, entry);
    this.#bytes += entry.bytes;
  }

  #remove(key: string, { bytes }: Entry<Value>): void {
    this.#values.delete(key);
    this.#bytes -= bytes;
  }
}

/** Length of its JSON. */
function sizeOf(value: unknown): number {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'bigint' ? String(part) : part instanceof Map ? [...part] : part,
    ) ?? ''
  ).length;
}
