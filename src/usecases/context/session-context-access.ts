import type { Outcome } from '../../domain/error-codes.js';
import type { ContextWish, SessionContext } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { ChangeContext } from './change-context.js';
import type { ReadContext } from './read-context.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

/** The context of a live session, for the shop's own pages. */
export interface SessionContextAccess {
  /** Undefined until the session has a cart. */
  read(session: { transmission: Transmission }): Promise<SessionContext | undefined>;
  /** Changes shop, cart and context together, at any version; completely or not at all. */
  change(session: { transmission: Transmission }, wish: ContextWish): Promise<Outcome<SessionContext>>;
}

export function contextOfSession({ read, change }: { read: ReadContext; change: ChangeContext }): SessionContextAccess {
  return {
    read: ({ transmission: { tenantId, transmissionId } }) => read(tenantId, transmissionId),
    change: ({ transmission: { tenantId, transmissionId } }, wish) =>
      change({ tenantId, sessionId: transmissionId, wish, anyVersion: true, actor: 'shop' }),
  };
}

interface Deps {
  context: SessionContextAccess;
  store: Pick<Store, 'shownContext'>;
  transmissions: Pick<TransmissionRepository, 'find'>;
}

/**
 * A frontend changed the cart's context in the shop itself. The context follows with a new version, and so does the
 * cart's currency and language. Undefined: there is nothing to follow.
 */
export function followStore({
  context,
  store,
  transmissions,
}: Deps): (session: { transmission: Transmission }) => Promise<Outcome<unknown> | undefined> {
  return async (session) => {
    const transmission = await transmissions.find(session.transmission);
    if (transmission?.cart === undefined || store.shownContext === undefined) return undefined;
    const { currency, language, country } = await store.shownContext(transmission.cart);
    const fields = (await context.read({ transmission }))?.fields;
    const shown: ContextWish = { currency, language, targetLocation: country };
    const wish = Object.fromEntries(
      Object.entries(shown).filter(
        ([name, value]) => value !== undefined && value !== fields?.[name as keyof typeof fields],
      ),
    );
    return Object.keys(wish).length === 0 ? undefined : context.change({ transmission }, wish);
  };
}
