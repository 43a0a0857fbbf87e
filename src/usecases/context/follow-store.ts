import type { ContextWish } from '../../domain/context/session-context.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { SessionContextAccess } from './session-context-access.js';

interface Deps {
  context: SessionContextAccess;
  store: Pick<Store, 'shownContext'>;
  transmissions: Pick<TransmissionRepository, 'find'>;
}

/** A frontend has moved the cart in the shop itself: the context follows, with a new version, and so does what the cart is written in. Undefined: there is nothing to follow. */
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
