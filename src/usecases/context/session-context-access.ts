import type { Outcome } from '../../domain/error-codes.js';
import type { ContextWish, SessionContext } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { ChangeContext } from './change-context.js';
import type { ReadContext } from './read-context.js';

/** The context of a live session, for the shop's own pages. */
export interface SessionContextAccess {
  /** Undefined while the session has no cart. */
  read(session: { transmission: Transmission }): Promise<SessionContext | undefined>;
  /** Changes the shop, the cart and the context together, whatever version it has; all that is wished or nothing. */
  change(session: { transmission: Transmission }, wish: ContextWish): Promise<Outcome<SessionContext>>;
}

export function contextOfSession({ read, change }: { read: ReadContext; change: ChangeContext }): SessionContextAccess {
  return {
    read: ({ transmission: { tenantId, transmissionId } }) => read(tenantId, transmissionId),
    change: ({ transmission: { tenantId, transmissionId } }, wish) =>
      change({ tenantId, sessionId: transmissionId, wish, anyVersion: true, actor: 'shop' }),
  };
}
