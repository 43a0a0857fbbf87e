import { performance } from 'node:perf_hooks';
import type { Pool } from 'undici';

export interface Call {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  count: number;
  wrong: number;
}

/** undici's low-level interface, so that the driver costs as little as possible. */
export function send(pool: Pool, { method = 'GET', path, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answer: Answer = { status: 0, headers: {}, text: '' };
    const decoder = new TextDecoder();
    pool.dispatch(
      { method, path, headers: headers ?? null, body: body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, status, received) {
          answer.status = status;
          answer.headers = received;
        },
        onResponseData(_controller, chunk) {
          answer.text += decoder.decode(chunk, { stream: true });
        },
        onResponseEnd() {
          resolve(answer);
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

/**
 * Closed loop: each connection sends its next request after the last answer. `next` returns undefined when no item is
 * left.
 */
export async function load(
  pool: Pool,
  {
    next,
    accept,
    connections,
    ms,
  }: { next: () => Call | undefined; accept: (answer: Answer) => boolean; connections: number; ms: number },
): Promise<LoadResult> {
  const latencies: number[] = [];
  let wrong = 0;
  const startedAt = performance.now();
  const until = startedAt + ms;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const call = next();
        if (call === undefined) return;
        const sentAt = performance.now();
        try {
          if (!accept(await send(pool, call))) wrong += 1;
        } catch {
          wrong += 1;
        }
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = Float64Array.from(latencies).sort();
  const quantile = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    perSecond: latencies.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    count: latencies.length,
    wrong,
  };
}
