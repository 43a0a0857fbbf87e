import { type Outcome, accept, refuse } from '../error-codes.js';
import type { Transmission } from './transmission.js';

export type LoginVerdict = 'claim' | 'resume';

/**
 * What a login may do, in the order of DESIGN decision 2 (source 000's statuses, and the token's).
 * `tokenFits`: the caller compared digests in constant time. `isOwn`: it is the live session of the browser that asks.
 */
export function loginVerdict(transmission: Transmission, browser: { tokenFits: boolean; isOwn: boolean }): Outcome<LoginVerdict> {
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
      return refuse('SESSION_EXPIRED', undefined, { session_id: transmission.transmissionId, expired_at: transmission.expiresAt.toISOString() });
    case 'active':
      return resumes ? accept('resume') : refuse('START_LINK_USED');
    case 'open':
      return transmission.startExpired ? refuse('SESSION_EXPIRED', 'The start link was not used in time.', { session_id: transmission.transmissionId, expired_at: transmission.startExpiresAt.toISOString() }) : accept('claim');
  }
}
