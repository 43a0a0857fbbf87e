import type { ErrorCode } from '../domain/error-codes.js';

/** `UNREACHABLE`: no answer came. `UNREADABLE`: one came, but not ours (a proxy's page, say). */
export type PunchFlowErrorCode = ErrorCode | 'UNREACHABLE' | 'UNREADABLE';

/** A call that was refused, or that did not get through, after all retries. */
export class PunchFlowError extends Error {
  override readonly name = 'PunchFlowError';

  constructor(
    readonly code: PunchFlowErrorCode,
    message: string,
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    /** What the server tells about place and reason: `{ protocol, domain }`, `{ session_id, expired_at }`, `{ field }`… */
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
