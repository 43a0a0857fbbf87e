import { digestOf, newSecret, sameDigest } from '../../domain/digest.js';
import { type ErrorCode, type Outcome, PunchoutError, accept, refuse } from '../../domain/error-codes.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import { loginVerdict } from '../../domain/transmission/transmission-rules.js';
import { transmissionKeyOf, type Transmission, type TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import { differencesOf, type RestoredItem } from '../../domain/cart/restore-report.js';
import type { JobQueue } from '../../ports/job-queue.js';
import type { Store } from '../../ports/store/store.js';
import type { StartTokens } from '../../ports/access/tokens.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { limitAttempts } from '../access/limit-attempts.js';
import { readyCart } from './ready-cart.js';
import { awaitsRestoring } from './restore-items.js';

interface Deps {
  transmissions: TransmissionRepository;
  connections: ConnectionRepository;
  store: Store;
  jobs: Pick<JobQueue, 'add'>;
  tokens: Pick<StartTokens, 'shown'>;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface LoginAttempt {
  transmissionId: string;
  token: string | undefined;
  /** The browser's live transmission: the requested one, or another. */
  current: Transmission | undefined;
  /** The buyer chose "end that session and continue". */
  endCurrent: boolean;
  /** The buyer clicked "continue", or a program asked for JSON. */
  clicked: boolean;
  /** The request may come from a program that only checks links. */
  byProgram: boolean;
  /**
   * Called with the new claim cookie's value as soon as the claim is stored: the browser can come back even if a later
   * step fails.
   */
  keepClaim(claimSecret: string, transmission: Transmission): void;
}

/**
 * The login needs a click first: the connection requires one, or a program may have opened the link. Nothing was
 * changed.
 */
export const CLICK_NEEDED = 'click_needed';

export interface LoggedIn {
  transmission: Transmission;
  /** Path or URL in the shop. */
  landing: string;
  /** Results for the lines of an edit or inspect call-up. */
  restored: RestoredItem[];
  /** This login restored lines, and some differ: the buyer must be told. */
  differs: boolean;
  /** Lines are still being restored: our own page shows when they are there. */
  restoring: boolean;
}

/** After this time the worker checks whether it has to finish the restoring. */
const RESTORE_BY_WORKER_SECONDS = 10;
/** Maximum audit rows per minute for refused logins, for each reason: of one transmission, and of a whole tenant. */
const MOST_REFUSALS = 20;
const MOST_REFUSALS_OF_TENANT = 6_000;

/** Agiqon's login: claims a transmission for the first browser, opens its cart and returns the landing page. */
export function logIn(deps: Deps): (attempt: LoginAttempt) => Promise<Outcome<LoggedIn | typeof CLICK_NEEDED>> {
  const ready = readyCart(deps);
  const refusals = limitAttempts<{ key: TransmissionKey; code: ErrorCode }>({
    summarise: ({ key, code }, times) =>
      void deps.transmissions.audit(key, 'login_refused', { code, times: String(times) }).catch(() => undefined),
  });

  /** One row for each of the first refusals of a minute, one row for all others. */
  async function noteRefusal(key: TransmissionKey, code: ErrorCode): Promise<void> {
    if (
      refusals.admit(0, [
        { key: `${key.transmissionId} ${code}`, rows: MOST_REFUSALS, subject: { key, code } },
        { key: key.tenantId, rows: MOST_REFUSALS_OF_TENANT, subject: { key, code } },
      ])
    )
      await deps.transmissions.audit(key, 'login_refused', { code });
  }

  /** A cart that takes longer than a moment to restore is finished in the background. The buyer sees a waiting page. */
  async function filled(transmission: Transmission): Promise<Transmission> {
    try {
      return await ready(transmission);
    } catch (error) {
      const live =
        error instanceof PunchoutError && error.code === 'CART_CHANGING'
          ? await deps.transmissions.find(transmission)
          : undefined;
      if (live === undefined || !awaitsRestoring(live)) throw error;
      await deps.jobs.add(
        { tenantId: live.tenantId, kind: 'restore-cart', input: { transmissionId: live.transmissionId } },
        RESTORE_BY_WORKER_SECONDS,
      );
      return live;
    }
  }

  return async (attempt) => {
    const key = transmissionKeyOf(attempt.transmissionId);
    if (key === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    const transmission = await deps.transmissions.find(key);
    if (transmission === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    const tokenDigest =
      attempt.token === undefined ? undefined : await deps.tokens.shown(transmission.transmissionId, attempt.token);
    const verdict = loginVerdict(transmission, {
      tokenFits:
        transmission.tokenDigest === undefined ||
        (tokenDigest !== undefined && sameDigest(transmission.tokenDigest, tokenDigest)),
      isOwn: attempt.current?.transmissionId === transmission.transmissionId,
    });
    if (!verdict.ok) {
      await noteRefusal(key, verdict.refusal.code);
      return verdict;
    }
    if (verdict.value === 'resume') {
      return accept(await loggedIn(deps.store, await filled(transmission), transmission));
    }

    const connection = await deps.connections.find(transmission.tenantId, transmission.connectionId);
    if (connection === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    if ((connection.settings.continuePage || attempt.byProgram) && !attempt.clicked) return accept(CLICK_NEEDED);
    const { current } = attempt;
    if (current !== undefined && connection.settings.onActiveSession === 'reject' && !attempt.endCurrent)
      return refuse('SESSION_ACTIVE');
    const claimSecret = newSecret();
    const claimed = await deps.transmissions.claim(key, {
      claimDigest: digestOf(claimSecret),
      idleMinutes: connection.settings.idleMinutes,
      tokenDigest: transmission.tokenDigest === undefined ? undefined : tokenDigest,
    });
    if (claimed === undefined) {
      await noteRefusal(key, 'START_LINK_USED');
      return refuse('START_LINK_USED');
    }
    attempt.keepClaim(claimSecret, claimed);
    if (current !== undefined && (await deps.transmissions.end(current, 'closed', 'replaced')))
      deps.emit('logout', { transmission: current });
    const live = await filled(claimed);
    deps.emit('login', { transmission: live });
    return accept(await loggedIn(deps.store, live, claimed));
  };
}

async function loggedIn(store: Store, live: Transmission, before: Transmission): Promise<LoggedIn> {
  const { restored = [] } = live;
  return {
    transmission: live,
    landing: await landingOf(store, live),
    restored,
    differs: before.restored === undefined && differencesOf(restored).length > 0,
    restoring: live.status === 'active' && awaitsRestoring(live),
  };
}

/**
 * Cart for edit and inspect, product for SelectedItem or DETAIL, hits for SOURCING, else home (architecture.md decision
 * 2).
 */
async function landingOf(store: Store, transmission: Transmission): Promise<string> {
  if (transmission.operation !== 'create' && transmission.request.items.length > 0) return store.cartPath;
  const { selectedItem, oci } = transmission.request;
  if (oci?.function === 'SOURCING' && oci.searchString !== undefined && store.searchPath !== undefined)
    return store.searchPath(oci.searchString);
  if (selectedItem === undefined) return store.homePath;
  return (await store.productPath(selectedItem, transmission)) ?? store.homePath;
}
