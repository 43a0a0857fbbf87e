import type { Transmission } from '../domain/transmission.js';
import type { Store } from '../ports/store.js';
import type { TransmissionRepository } from '../ports/transmission-repository.js';
import { awaitsRestoring, restoreItems } from './restore-items.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'attachCart' | 'writeCart' | 'find' | 'markRestored'>;
  store: Pick<Store, 'openCart' | 'addLines' | 'readCart'>;
}

/**
 * A live transmission with its own fresh cart and, for edit and inspect, the asked-for lines in it. What a login could not finish
 * (the shop did not answer, the process died) is finished by whoever needs the cart next. Costs nothing once it is done.
 */
export function readyCart(deps: Deps): (transmission: Transmission) => Promise<Transmission> {
  const restore = restoreItems(deps);
  return async (transmission) => {
    const { status, cart } = transmission;
    if (status !== 'active' || (cart !== undefined && !awaitsRestoring(transmission))) return transmission;
    const live = cart === undefined ? await deps.transmissions.attachCart(transmission, await deps.store.openCart(transmission)) : transmission;
    if (live?.cart === undefined || !awaitsRestoring(live)) return live ?? transmission;
    await restore(live, live.cart);
    return (await deps.transmissions.find(live)) ?? live;
  };
}
