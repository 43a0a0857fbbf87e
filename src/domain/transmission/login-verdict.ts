import { type Outcome, type Refusal, accept, refuse } from '../error-codes.js';
import type { Transmission } from './transmission.js';

export type LoginVerdict = 'claim' | 'resume';

/**
 * What a login may do, in the order of DESIGN decision 2 (source 000's statuses, and the token's).
 * `tokenFits`: the caller compared digests in constant time. `isOwn`: it is the live session of the browser that asks.
 */
export function loginVerdict(
  transmission: Transmission,
  browser: { tokenFits: boolean; isOwn: boolean },
): Outcome<LoginVerdict> {
  const resumes = browser.isOwn && transmission.status === 'active';
  if (!browser.tokenFits && !resumes) return refuse('START_TOKEN_INVALID');
  switch (transmission.status) {
    case 'cancelled':
      return refuse('SESSION_CANCELLED');
    case 'transferred':
      return refuse('SESSION_TRANSFERRED');
    case 'order_created':
      return refuse('ORDER_CREATED');
    case 'closed':
      return refuse('SESSION_CLOSED');
    case 'expired':
      return expired(transmission);
    case 'active':
      return resumes ? accept('resume') : refuse('START_LINK_USED');
    case 'open':
      return transmission.startExpired ? expired(transmission) : accept('claim');
  }
}

/** `link_used: false`: the start link ran out before anybody logged in. */
function expired({ transmissionId, loggedInAt, expiresAt }: Transmission): { ok: false; refusal: Refusal } {
  const details = { session_id: transmissionId, expired_at: expiresAt.toISOString() };
  if (loggedInAt === undefined)
    return refuse('SESSION_EXPIRED', 'The start link was not used in time.', { ...details, link_used: false });
  return refuse('SESSION_EXPIRED', undefined, details);
}
