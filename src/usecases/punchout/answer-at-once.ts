import type { Connection } from '../../domain/access/connection.js';
import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, PunchoutError, accept, refuse } from '../../domain/error-codes.js';
import type { SetupRequest } from '../../domain/transmission/setup-request.js';
import { transmissionKeyOf, type Transmission } from '../../domain/transmission/transmission.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { LineRequest, Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { pageTokens } from '../transfer/return-page.js';
import { type ReturnAddressDeps, returnUrlRefusal } from '../transfer/return-addresses.js';
import type { CallUp, Started } from './start-punchout.js';
import type { TransferCommand } from '../transfer/transfer-cart.js';

interface Deps extends ReturnAddressDeps {
  transmissions: Pick<TransmissionRepository, 'claim' | 'attachCart' | 'writeCart' | 'find' | 'end' | 'takePayload'>;
  connections: Pick<ConnectionRepository, 'find'>;
  store: Store;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  transfer: (command: TransferCommand) => Promise<Outcome<TransferPayload>>;
  /** Keys for the tokens in answer addresses: the first signs, all are accepted. */
  tokenKeys: readonly string[];
}

/** The answer to a call-up that opens no shop. */
export interface InstantAnswer {
  payload: TransferPayload;
  transmission: Transmission;
  connection: Connection;
  /** Token for the one-time address of the answer. */
  token: string;
}

/** Hits of a connection that names no other number. */
const USUAL_HITS = 100;

/** True for call-ups that are answered at once: VALIDATE and BACKGROUND_SEARCH (oci.md 2). */
export function wantsAnswerAtOnce({ oci }: Pick<SetupRequest, 'oci'>): boolean {
  return oci?.function === 'VALIDATE' || oci?.function === 'BACKGROUND_SEARCH';
}

export interface InstantAnswers {
  /**
   * Uses the ordinary steps, so that it is stored, audited and cleaned up like any transfer. A product that no longer
   * exists gives a form without items.
   */
  answer(callUp: CallUp): Promise<Outcome<InstantAnswer>>;
  /**
   * The stored answer. Returned once, within five minutes. Refuses with START_TOKEN_INVALID, START_LINK_USED,
   * RETURN_URL_REFUSED, TRANSMISSION_NOT_FOUND.
   */
  take(transmissionId: string, token: string | undefined): Promise<Outcome<InstantAnswer>>;
}

export function instantAnswers(deps: Deps): InstantAnswers {
  const { transmissions, store } = deps;
  const tokens = pageTokens(deps.tokenKeys, 'answer');

  async function fill(transmission: Transmission, mostHits: number): Promise<Transmission> {
    const live = await transmissions.attachCart(transmission, await store.openCart(transmission));
    if (live?.cart === undefined)
      throw new PunchoutError('SERVICE_UNAVAILABLE', 'the session of a call-up ended before its answer');
    const { cart } = live;
    const wanted = await wantedLines(store, transmission, mostHits);
    if (
      wanted.length > 0 &&
      !(await transmissions.writeCart(live, () => store.addLines(cart, wanted, { untouched: true }))).ok
    )
      throw new PunchoutError('CART_CHANGING');
    return (await transmissions.find(live)) ?? live;
  }

  return {
    async answer(callUp) {
      const { function: name } = callUp.request.oci ?? {};
      if (name === 'BACKGROUND_SEARCH' && store.search === undefined)
        return refuse('OPERATION_NOT_SUPPORTED', 'This shop has no search that answers BACKGROUND_SEARCH.');
      const started = await deps.start({ ...callUp, uncounted: true });
      if (!started.ok) return started;
      const { connection } = callUp;
      const { transmission: open } = started.value;
      let transmission = open;
      let outcome: Outcome<TransferPayload> | undefined;
      try {
        const claimed = await transmissions.claim(open, {
          tokenDigest: open.tokenDigest,
          claimDigest: digestOf(newSecret()),
          idleMinutes: connection.settings.idleMinutes,
        });
        if (claimed === undefined)
          throw new PunchoutError('SERVICE_UNAVAILABLE', 'the call-up could not be claimed for its own answer');
        transmission = await fill(claimed, connection.settings.oci.searchHits ?? USUAL_HITS);
        outcome = await deps.transfer({
          transmission,
          connection,
          emptyConfirmed: true,
          changesConfirmed: true,
          uncounted: true,
          untouched: true,
        });
      } finally {
        if (outcome?.ok !== true) await transmissions.end(transmission, 'closed', 'system');
      }
      return outcome.ok
        ? accept({
            payload: outcome.value,
            transmission,
            connection,
            token: tokens.tokenFor(transmission.transmissionId),
          })
        : outcome;
    },

    async take(transmissionId, token) {
      const key = transmissionKeyOf(transmissionId);
      if (key === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (token === undefined || !tokens.fits(token, transmissionId)) return refuse('START_TOKEN_INVALID');
      const transmission = await transmissions.find(key);
      const connection =
        transmission === undefined
          ? undefined
          : await deps.connections.find(transmission.tenantId, transmission.connectionId);
      if (transmission === undefined || connection === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      const { protocol, returnUrl } = transmission;
      const refused = returnUrlRefusal(deps, { connection, protocol, url: returnUrl });
      if (refused !== undefined) return refused;
      const payload = await transmissions.takePayload(key);
      return payload === undefined
        ? refuse('START_LINK_USED', 'This answer was already shown, and it is shown only once: call up again.')
        : accept({ payload, transmission, connection, token });
    },
  };
}

/** The product to validate in its quantity, or one of each hit. The shop rounds up to a quantity that it sells. */
async function wantedLines(
  store: Store,
  { tenantId, request: { oci, language, currency } }: Transmission,
  mostHits: number,
): Promise<LineRequest[]> {
  const { productId, quantity = '1', searchString = '' } = oci ?? {};
  if (oci?.function === 'VALIDATE') return productId === undefined ? [] : [{ supplierPartId: productId, quantity }];
  const wish = { language, currency, tenantId };
  return ((await store.search?.(searchString, mostHits, wish)) ?? []).map((item) => ({ ...item, quantity: '1' }));
}
