import type { Request, Response } from 'express';
import { unlessAway } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { FoundSession, BrowserProof } from '../../usecases/punchout/find-session.js';
import { learn } from '../exchange-facts.js';
import type { ConnectorSession } from '../middleware.js';
import type { BrowserSession } from './browser-session.js';
import type { CookieJar } from './cookie-jar.js';
import { perRequest } from './per-request.js';

export interface SessionFinder {
  /**
   * State of this browser's punchout in the database, live or ended. Costs one read; none for a browser without our
   * cookies.
   */
  find(req: Request, res: Response): Promise<FoundSession | undefined>;
  /** Finds live sessions only. If the session store lost the session, the claim cookie restores it. */
  live(req: Request, res: Response): Promise<ConnectorSession | undefined>;
  /** True if the browser still shows the session of a finished punchout: the request was sent before the cart left. */
  ended(req: Request, res: Response): Promise<boolean>;
}

interface Deps {
  jar: CookieJar;
  browser: BrowserSession;
  findSession: (proof: BrowserProof) => Promise<FoundSession | undefined>;
  transmissions: Pick<TransmissionRepository, 'touch'>;
  /** Called for requests with a live session. */
  proven: (req: Request) => void;
  /** Called once a minute for a session in use; must not throw. */
  used(transmission: Transmission): void;
}

/** Minimum time between two touches of a session by one process. */
const TOUCH_EVERY_MS = 60_000;
const MOST_TOUCHED = 10_000;

export function sessionFinder({ jar, browser, findSession, transmissions, proven, used }: Deps): SessionFinder {
  const found = perRequest<Promise<FoundSession | undefined>>('punchout session');
  /** Ordered by time of the last touch, oldest first. */
  const touchedAt = new Map<string, number>();

  async function look(req: Request, res: Response): Promise<FoundSession | undefined> {
    const session = await findSession({ session: await browser.read(req, res), claim: jar.read(req, jar.claimName) });
    if (session !== undefined) learn(res, { session: session.transmission });
    return session;
  }

  async function find(req: Request, res: Response): Promise<FoundSession | undefined> {
    if (!jar.knows(req)) return undefined;
    let result = found.get(res);
    if (result === undefined) {
      result = look(req, res);
      found.set(res, result);
    }
    return result;
  }

  /**
   * Measures from the last touch in this process. The database decides how much time is left, because this process's
   * clock may differ.
   */
  function isTouchDue(transmissionId: string): boolean {
    const now = performance.now();
    if (now - (touchedAt.get(transmissionId) ?? -Infinity) < TOUCH_EVERY_MS) return false;
    const [oldest] = touchedAt.keys();
    if (touchedAt.size >= MOST_TOUCHED && oldest !== undefined) touchedAt.delete(oldest);
    touchedAt.delete(transmissionId);
    touchedAt.set(transmissionId, now);
    return true;
  }

  return {
    find,
    async ended(req, res) {
      if (jar.read(req, jar.sessionName) === undefined) return false;
      const session = await find(req, res);
      return session !== undefined && session.transmission.status !== 'active';
    },
    async live(req, res) {
      const session = await find(req, res);
      if (session === undefined || session.transmission.status !== 'active') return undefined;
      const { transmission, connection, byClaim } = session;
      proven(req);
      if (byClaim) await browser.bind(req, res, transmission);
      if (isTouchDue(transmission.transmissionId)) {
        used(transmission);
        if (transmission.expiresAt < transmission.absoluteExpiresAt)
          await transmissions.touch(transmission, connection.settings.idleMinutes).catch(unlessAway);
      }
      return { transmission, connection };
    },
  };
}
