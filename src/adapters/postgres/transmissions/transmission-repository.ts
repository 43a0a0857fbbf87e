import type { TransmissionRepository } from '../../../ports/transmission/transmission-repository.js';
import type { Database } from '../database/database.js';
import { transmissionClaims } from './claim-transmission.js';
import { createTransmission } from './create-transmission.js';
import { transmissionEnds } from './end-transmission.js';
import { transmissionReads } from './find-transmission.js';
import { shownCarts } from './shown-cart.js';
import { transferTransmission } from './transfer-transmission.js';
import { writeCart } from './write-cart.js';

/**
 * Every method is one named statement, except a cart write (two, around the call to the shop) and a failed transfer.
 */
export function transmissionRepository(database: Database): TransmissionRepository {
  return {
    create: createTransmission(database),
    ...transmissionReads(database),
    ...transmissionClaims(database),
    writeCart: writeCart(database),
    ...shownCarts(database),
    transfer: transferTransmission(database),
    ...transmissionEnds(database),
  };
}
