import type { Transmission } from '../domain/transmission.js';
import type { LineResult, Store } from '../ports/store.js';
import type { TransmissionRepository } from '../ports/transmission-repository.js';

/** Puts the lines of an edit or inspect call-up into its fresh cart; the results tell what could not be restored as asked. */
export function restoreItems(deps: { transmissions: TransmissionRepository; store: Store }): (transmission: Transmission) => Promise<LineResult[]> {
  return async (transmission) => {
    const { cart } = transmission;
    if (cart === undefined || transmission.request.items.length === 0) return [];
    const written = await deps.transmissions.writeCart(transmission, () => deps.store.addLines(cart, transmission.request.items));
    return written.ok ? written.value : [];
  };
}
