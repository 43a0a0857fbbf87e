/**
 * Those of this process who want the same thing go one after the other, first come, first served, instead of asking the database for it again and again.
 * Gives what ends a turn; whoever has waited for `waitMs` goes on all the same.
 */
export function waitingLine(): (key: string, waitMs: number) => Promise<() => void> {
  const lines = new Map<string, Set<() => void>>();
  return (key, waitMs) =>
    new Promise((resolve) => {
      const line = lines.get(key) ?? new Set();
      lines.set(key, line);
      const go = (): void => {
        clearTimeout(timer);
        resolve(() => {
          line.delete(go);
          const [next] = line;
          if (next !== undefined) next();
          else if (lines.get(key) === line) lines.delete(key);
        });
      };
      const timer = setTimeout(go, waitMs);
      line.add(go);
      if (line.size === 1) go();
    });
}
