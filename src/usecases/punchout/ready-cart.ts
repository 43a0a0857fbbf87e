import { PunchoutError } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { awaitsRestoring, restoreItems } from './restore-items.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'attachCart' | 'writeCart' | 'find' | 'markRestored'>;
  store: Pick<Store, 'openCart' | 'addLines' | 'readCart' | 'redeemCode' | 'keepCart'>;
}

/** How long a request waits for lines to be restored. A request has 3 s in total (P5). */
const PATIENCE_MS = 1_000;

/**
 * Returns a live transmission with its own new cart and, for edit and inspect, the requested lines in it. If a login
 * could not finish this (the shop did not answer, the process died), the next request that needs the cart does. No cost
 * once it is done. If a large cart is still being restored after a second, this throws PunchoutError('CART_CHANGING')
 * and the restoring continues.
 */
export function readyCart(deps: Deps, patienceMs = PATIENCE_MS): (transmission: Transmission) => Promise<Transmission> {
  const restore = restoreItems(deps);
  const underWay = new Map<string, Promise<unknown>>();
  return async (transmission) => {
    const { status, cart, transmissionId } = transmission;
    if (status === 'active' && cart !== undefined) await deps.store.keepCart?.(cart);
    if (status !== 'active' || (cart !== undefined && !awaitsRestoring(transmission))) return transmission;
    const live =
      cart === undefined
        ? await deps.transmissions.attachCart(transmission, await deps.store.openCart(transmission))
        : transmission;
    if (live?.cart === undefined || !awaitsRestoring(live)) return live ?? transmission;
    const work =
      underWay.get(transmissionId) ?? restore(live, live.cart).finally(() => underWay.delete(transmissionId));
    underWay.set(transmissionId, work);
    await within(work, patienceMs);
    return (await deps.transmissions.find(live)) ?? live;
  };
}

async function within(work: Promise<unknown>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new PunchoutError('CART_CHANGING', 'the lines of the cart are still being restored')),
      patienceMs,
    );
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
