/** What must be closed at the end, or when a later step of the start fails. */
export interface Closing {
  add(close: () => unknown): void;
  /** In the reverse order of opening, each even if another fails. Throws the first fault. */
  run(): Promise<void>;
}

export function closing(): Closing {
  const steps: (() => unknown)[] = [];
  return {
    add: (close) => void steps.push(close),
    async run() {
      const faults: unknown[] = [];
      for (const close of steps.splice(0).toReversed()) {
        try {
          await close();
        } catch (error) {
          faults.push(error);
        }
      }
      if (faults.length > 0) throw faults[0];
    },
  };
}
