import type { Request, Response } from 'express';
import { unlessAway } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { FoundSession, BrowserProof } from '../../usecases/punchout/find-session.js';
import type { ConnectorSession } from '../middleware.js';
import type { BrowserSession } from './browser-session.js';
import type { CookieJar } from './cookie-jar.js';

export interface SessionFinder {
  /** What the database says of this browser's punchout, live or ended; one read for a browser without our cookies: none. */
  find(req: Request, res: Response): Promise<FoundSession | undefined>;
  /** Only a live one; a session that its store has lost is restored from the claim cookie. */
  live(req: Request, res: Response): Promise<ConnectorSession | undefined>;
  /** The browser still shows the session of a punchout that is over: a request that was on its way when the cart left. */
  ended(req: Request, res: Response): Promise<boolean>;
}

interface Deps {
  jar: CookieJar;
  browser: BrowserSession;
  findSession: (proof: BrowserProof) => Promise<FoundSession | undefined>;
  transmissions: Pick<TransmissionRepository, 'touch'>;
  /** Told of requests with a live session. */
  proven: (req: Request) => void;
  /** Called once a minute for a session in use; must not throw. */
  used(transmission: Transmission): void;
}

/** How often a process writes down that a session is used. */
const TOUCH_EVERY_MS = 60_000;
const MOST_TOUCHED = 10_000;

export function sessionFinder({ jar, browser, findSession, transmissions, proven, used }: Deps): SessionFinder {
  const found = new WeakMap<Request, Promise<FoundSession | undefined>>();
  /** The least lately touched first. */
  const touchedAt = new Map<string, number>();

  async function look(req: Request, res: Response): Promise<FoundSession | undefined> {
    return findSession({ session: await browser.read(req, res), claim: jar.read(req, jar.claimName) });
  }

  async function find(req: Request, res: Response): Promise<FoundSession | undefined> {
    if (!jar.knows(req)) return undefined;
    let result = found.get(req);
    if (result === undefined) {
      result = look(req, res);
      found.set(req, result);
    }
    return result;
  }

  /** Counts from the last time in this process. How much time is left is the database's affair: this process's clock may differ from its. */
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
