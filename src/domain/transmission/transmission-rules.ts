import { type Outcome, type Refusal, accept, refuse } from '../error-codes.js';
import type { Transmission, Operation } from './transmission.js';
import type { ConnectionSettings } from '../access/connection.js';
import type { SetupRequest } from './setup-request.js';

type LoginVerdict = 'claim' | 'resume';

/**
 * Decides about a login, in the order of architecture.md decision 2 (statuses of agiqon, and of the token).
 * `tokenFits`: the caller compared digests in constant time. `isOwn`: the transmission is the live session of this
 * browser.
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

/** `link_used: false`: the start link expired before any login. */
function expired({ transmissionId, loggedInAt, expiresAt }: Transmission): { ok: false; refusal: Refusal } {
  const details = { session_id: transmissionId, expired_at: expiresAt.toISOString() };
  if (loggedInAt === undefined)
    return refuse('SESSION_EXPIRED', 'The start link was not used in time.', { ...details, link_used: false });
  return refuse('SESSION_EXPIRED', undefined, details);
}

const RANK: Record<Operation, number> = { create: 0, inspect: 1, edit: 2 };

/**
 * Whether a connection whose carts allow `operationAllowed` may open this operation: support for edit implies inspect
 * (cxml.md 6).
 */
export function mayReopen(operationAllowed: Operation | undefined, operation: Operation): boolean {
  return RANK[operation] <= RANK[operationAllowed ?? 'edit'];
}

/**
 * The call-up with the language and currency of its session: its own, else those of the connection. Where neither names
 * one, the store chooses.
 */
export function shoppedIn(
  request: SetupRequest,
  { language, currency }: Pick<ConnectionSettings, 'language' | 'currency'>,
): SetupRequest {
  const wish = { language: said(request.language) ?? said(language), currency: said(request.currency) ?? currency };
  return { ...request, ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) };
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
