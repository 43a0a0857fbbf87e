import { mergeSettings } from '../../domain/access/merge-settings.js';
import type { Connection, ConnectionDocument } from '../../domain/access/connection.js';
import type { AccessPolicy } from '../../domain/access/tenant.js';
import type { Cart } from '../../domain/cart/cart.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { type Replay, type TriedCart, compareTried } from '../../domain/replay/replay.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import { type Transmission, transmissionKeyOf } from '../../domain/transmission/transmission.js';
import type { ConnectionEntry, ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { TryCart } from '../../ports/transmission/cart-trial.js';
import type { CartLabel, FoundCart, SentCarts } from '../../ports/transmission/sent-carts.js';
import type { HistoryMark } from '../../ports/transmission/session-history.js';
import { type ReturnAddressDeps, returnUrlRefusal } from '../transfer/return-addresses.js';
import { withCustomFields } from '../transfer/transfer-given-cart.js';
import { unknownConnection } from './read-connections.js';

interface Deps extends ReturnAddressDeps {
  connections: Pick<ConnectionRepository, 'entry' | 'list'>;
  sentCarts: SentCarts;
  /** Completes settings by the presets of their profile and by defaults, or refuses them. */
  completeSettings: (given: object, protocol: Protocol) => Outcome<ConnectionDocument>;
  tryCart: TryCart;
  sampleCart: (currency?: string) => Cart;
  sampleTransmission: (connection: Connection) => Transmission;
}

interface Of {
  tenantId: string;
  connectionId: string;
}

/** Edited settings. Without any, the saved ones. */
export interface SettingsEdit {
  /** Merged into those that were given (domain/access/merge-settings.ts). */
  settings?: object | undefined;
  /** In place of all that were given. */
  allSettings?: object | undefined;
}

/** Which cart: one that is given, one that was sent, or a sample. */
export interface CartChoice {
  cart?: Cart | undefined;
  /** The session whose cart is meant. */
  sessionId?: string | undefined;
}

export interface SettingsTrial {
  /** The document that a cart gives with these settings. Nothing is stored. */
  preview(of: Of, edit: SettingsEdit, choice: CartChoice): Promise<Outcome<TriedCart>>;
  /**
   * The last carts of the connection, newest first, through the saved and the edited settings. Stops when `signal` is
   * aborted, and after half a minute. One replay runs at a time.
   */
  replay(
    of: Of,
    edit: SettingsEdit,
    wish: { limit: number; signal?: AbortSignal | undefined },
  ): Promise<Outcome<Replay>>;
  /** The carts that can be chosen for a preview, newest first. */
  carts(of: Of, limit: number): Promise<CartLabel[]>;
}

/** The most carts of one replay. */
export const MOST_REPLAYED = 500;
/** Carts that are in memory at the same time. */
const BATCH = 10;
const LONGEST_MS = 30_000;
/** One runs and one waits: an engineer who starts a second replay no longer waits for the first. */
const MOST_OF_TENANT = 2;
/** Changed carts that an answer lists, and the characters that they may have together. */
const MOST_LISTED = 50;
const MOST_CHARACTERS = 1_000_000;

export function settingsTrial(deps: Deps): SettingsTrial {
  let last: Promise<unknown> = Promise.resolve();
  /** How many replays each tenant has, running and waiting. */
  const underWay = new Map<string, number>();

  async function edited(of: Of, edit: SettingsEdit): Promise<Outcome<{ saved: ConnectionEntry; edited: Connection }>> {
    const saved = await deps.connections.entry(of.tenantId, of.connectionId);
    if (saved === undefined) return unknownConnection(deps.connections, of.tenantId, of.connectionId);
    if (edit.settings === undefined && edit.allSettings === undefined) return accept({ saved, edited: saved });
    const given = edit.allSettings ?? mergeSettings(saved.given, edit.settings ?? {});
    const completed = deps.completeSettings(given, saved.protocol);
    if (!completed.ok) return completed;
    return accept({ saved, edited: { ...saved, settings: { ...policyOf(saved), ...completed.value } } });
  }

  function tried(connection: Connection, { transmission, sent }: FoundCart): TriedCart {
    const { cart, categoryNumbers, given, payloadId } = sent;
    const event = {
      transmission,
      connection: given === undefined ? connection : withCustomFields(connection),
      cart,
      categoryNumbers: categoryNumbers === undefined ? undefined : new Map(categoryNumbers),
      given,
    };
    return deps.tryCart(event, payloadId);
  }

  /** With the edited settings; refused too if the cart could no longer go where it went. */
  function triedEdited(saved: Connection, connection: Connection, found: FoundCart): TriedCart {
    const result = tried(connection, found);
    const { protocol, returnUrl: url } = found.transmission;
    const isLost =
      returnUrlRefusal(deps, { connection: saved, protocol, url }) === undefined &&
      returnUrlRefusal(deps, { connection, protocol, url }) !== undefined;
    return isLost ? { ...result, refused: 'The return URL is not among returnOrigins any more.' } : result;
  }

  async function replayed(
    of: Of,
    edit: SettingsEdit,
    { limit, signal }: { limit: number; signal?: AbortSignal | undefined },
  ): Promise<Outcome<Replay>> {
    const both = await edited(of, edit);
    if (!both.ok) return both;
    const { saved, edited: after } = both.value;
    const replay: Replay = {
      version: saved.version,
      replayed: 0,
      changed: 0,
      refused: 0,
      mended: 0,
      carts: [],
      cartsLeftOut: 0,
      complete: true,
    };
    const giveUpAt = performance.now() + LONGEST_MS;
    let room = MOST_CHARACTERS;
    let mark: HistoryMark | undefined;
    do {
      const left = limit - replay.replayed;
      const page = await deps.sentCarts.last(of.tenantId, of.connectionId, {
        limit: Math.min(BATCH, left),
        after: mark,
      });
      for (const found of page.carts) {
        // Lets the requests of buyers run between two carts.
        await new Promise(setImmediate);
        signal?.throwIfAborted();
        if (performance.now() > giveUpAt) return accept({ ...replay, complete: false });
        const difference = compareTried(tried(saved, found), triedEdited(saved, after, found));
        replay.replayed += 1;
        if (difference === undefined) continue;
        replay.changed += 1;
        if (difference.refusedBefore === undefined && difference.refusedAfter !== undefined) replay.refused += 1;
        if (difference.refusedBefore !== undefined && difference.refusedAfter === undefined) replay.mended += 1;
        const size = JSON.stringify(difference).length;
        if (replay.carts.length < MOST_LISTED && size <= room) {
          room -= size;
          replay.carts.push({ transmissionId: found.transmission.transmissionId, sentAt: found.sentAt, ...difference });
        } else replay.cartsLeftOut += 1;
      }
      mark = page.next;
    } while (mark !== undefined && replay.replayed < limit);
    return accept(replay);
  }

  return {
    async preview(of, edit, { cart, sessionId }) {
      const both = await edited(of, edit);
      if (!both.ok) return both;
      const connection = both.value.edited;
      if (sessionId === undefined) {
        const transmission = deps.sampleTransmission(connection);
        const event = { transmission, connection, cart: cart ?? deps.sampleCart(connection.settings.currency) };
        return accept(deps.tryCart(event, SAMPLE_ID));
      }
      const key = { tenantId: of.tenantId, transmissionId: sessionId };
      const found = transmissionKeyOf(sessionId) === undefined ? undefined : await deps.sentCarts.find(key);
      if (found === undefined || found.transmission.connectionId !== of.connectionId)
        return refuse(
          'RESOURCE_NOT_FOUND',
          'The cart of this session is not kept, or the session has another connection.',
        );
      return accept(triedEdited(both.value.saved, connection, found));
    },
    async replay(of, edit, wish) {
      const others = underWay.get(of.tenantId) ?? 0;
      if (others >= MOST_OF_TENANT)
        return refuse('RATE_LIMITED', 'Replays of this tenant are under way; try again when they are done.', {
          retry_after_seconds: LONGEST_MS / 1_000,
        });
      underWay.set(of.tenantId, others + 1);
      const turn = last.then(() => {
        wish.signal?.throwIfAborted();
        return replayed(of, edit, wish);
      });
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        const left = (underWay.get(of.tenantId) ?? 1) - 1;
        if (left === 0) underWay.delete(of.tenantId);
        else underWay.set(of.tenantId, left);
      }
    },
    carts: ({ tenantId, connectionId }, limit) => deps.sentCarts.list(tenantId, connectionId, limit),
  };
}

const SAMPLE_ID = `${Date.UTC(2026, 0, 1)}.preview@preview.invalid`;

/** The parts that a tenant sets too; they change no document. */
function policyOf({ settings }: Connection): AccessPolicy {
  const { idleMinutes, absoluteMinutes, startToken, allowedAddresses, requestsPerMinute, requestsPerAddress } =
    settings;
  return { idleMinutes, absoluteMinutes, startToken, allowedAddresses, requestsPerMinute, requestsPerAddress };
}
