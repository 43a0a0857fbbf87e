import { createHash } from 'node:crypto';

export type CallKind = 'set-up' | 'login' | 'add' | 'transfer' | 'logout' | 'look' | 'blocked-page';

/** `refused`: the server refused. `unknown`: no answer, or an uncertain one; the effect may exist or not. */
export type CallOutcome = 'acknowledged' | 'refused' | 'unknown';

/** One call of one client, as seen by that client. The checkers of answers know only these. */
export interface Call {
  kind: CallKind;
  /** Transmission id, or another subject of the call. */
  subject: string;
  /** Name of the server process. */
  process: string;
  startedMs: number;
  endedMs: number;
  outcome: CallOutcome;
  /** HTTP status; 0 without an answer. */
  status: number;
  /** Answers of one form are comparable byte by byte. */
  form?: 'json' | 'page';
  /** SHA-256 of the body. */
  digest?: string;
  /**
   * `add`: quantity and article. `visitor`: cart of an ordinary visitor that took them, because the session had ended.
   */
  added?: { sku: string; quantity: number; visitor?: string };
  /** `blocked-page`, `look`: the result. */
  saw?: string;
}

export class History {
  readonly calls: Call[] = [];
  /** Each distinct body once. */
  readonly #bodies = new Map<string, string>();
  readonly #began = performance.now();

  now(): number {
    return performance.now() - this.#began;
  }

  add(call: Call): Call {
    this.calls.push(call);
    return call;
  }

  keep(body: Buffer): string {
    const digest = createHash('sha256').update(body).digest('hex');
    if (!this.#bodies.has(digest)) this.#bodies.set(digest, body.toString('utf8'));
    return digest;
  }

  bodyOf(digest: string): string {
    return this.#bodies.get(digest) ?? '';
  }

  /** Ids of all transmissions whose call-up was acknowledged. */
  transmissionIds(): string[] {
    return [
      ...new Set(
        this.of('set-up')
          .filter(({ outcome }) => outcome === 'acknowledged')
          .map(({ subject }) => subject),
      ),
    ];
  }

  of(kind: CallKind): Call[] {
    return this.calls.filter((call) => call.kind === kind);
  }
}
