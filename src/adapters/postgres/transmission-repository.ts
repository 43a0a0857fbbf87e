import type { TransmissionRepository } from '../../ports/transmission-repository.js';
import type { Database } from './database.js';
import { transmissionClaims } from './transmissions/claim-transmission.js';
import { createTransmission } from './transmissions/create-transmission.js';
import { transmissionEnds } from './transmissions/end-transmission.js';
import { transmissionReads } from './transmissions/find-transmission.js';
import { transferTransmission } from './transmissions/transfer-transmission.js';
import { writeCart } from './transmissions/write-cart.js';

/** Every verb one named statement, except a cart write (two, around the shop's call) and a transfer's miss. */
export function transmissionRepository(database: Database): TransmissionRepository {
  return {
    create: createTransmission(database),
    ...transmissionReads(database),
    ...transmissionClaims(database),
    writeCart: writeCart(database),
    transfer: transferTransmission(database),
    ...transmissionEnds(database),
  };
}
