/** Values with a life time, the least recently used gives way. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, { value: Value; goodUntil: number }>();
  readonly #maxEntries: number;
  readonly #lifeMs: number;
  readonly #now: () => number;

  /** `now` in milliseconds. */
  constructor({ maxEntries, lifeSeconds, now }: { maxEntries: number; lifeSeconds: number; now: () => number }) {
    this.#maxEntries = maxEntries;
    this.#lifeMs = lifeSeconds * 1000;
    this.#now = now;
  }

  get(key: string): Value | undefined {
    const found = this.#values.get(key);
    if (found === undefined) return undefined;
    this.#values.delete(key);
    if (this.#now() >= found.goodUntil) return undefined;
    this.#values.set(key, found);
    return found.value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, { value, goodUntil: this.#now() + this.#lifeMs });
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#maxEntries) return;
      this.#values.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  drop(): void {
    this.#values.clear();
  }
}
