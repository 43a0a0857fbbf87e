import type { Request, RequestHandler, Response } from 'express';
import session, { type Session, type SessionData, type Store as SessionStore } from 'express-session';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { Logger } from '../../ports/logger.js';
import type { CookieJar } from './cookie-jar.js';

declare module 'express-session' {
  interface SessionData {
    /** The transmission that this browser is bound to, and the login (epoch) that bound it. */
    connector?: SessionBinding;
  }
}

export type SessionBinding = TransmissionKey & { epoch: number };

/**
 * Runs express-session only for requests that need it. If the session store loses a session, the claim cookie restores
 * it.
 */
export interface BrowserSession {
  read(req: Request, res: Response): Promise<SessionBinding | undefined>;
  /** Binds a session id that no other request has had (no fixation), and saves it before the answer is sent. */
  bind(req: Request, res: Response, binding: SessionBinding): Promise<void>;
  clear(req: Request, res: Response): Promise<void>;
}

interface Options {
  store: SessionStore;
  jar: CookieJar;
  /** Keys for the session cookie. The first one signs, all of them verify. */
  secrets: string[];
  idleMinutes: number;
  log: Logger;
}

type LiveSession = Session & Partial<SessionData>;

export function browserSession({ store, jar, secrets, idleMinutes, log }: Options): BrowserSession {
  const attributes = { ...jar.attributes, maxAge: idleMinutes * 60_000 };
  const run: RequestHandler = session({
    store,
    secret: secrets,
    name: jar.sessionName,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: attributes,
  });
  const shadows = new WeakMap<Request, Request>();

  /** Undefined: the session store does not answer; continue without a session. */
  async function load(req: Request, res: Response): Promise<Request | undefined> {
    let shadow = shadows.get(req);
    if (shadow === undefined) {
      shadow = shadowOf(req, jar.attributes.secure === true);
      shadows.set(req, shadow);
      try {
        await settled((done) => {
          if (shadow !== undefined) void run(shadow, res, done);
        });
      } catch (error) {
        log.warn({ err: error }, 'session store does not answer');
      }
    }
    return sessionOf(shadow) === undefined ? undefined : shadow;
  }

  async function attempt(what: string, act: (done: (error?: unknown) => void) => void): Promise<void> {
    try {
      await settled(act);
    } catch (error) {
      log.warn({ err: error }, `session could not be ${what}`);
    }
  }

  return {
    async read(req, res) {
      if (jar.read(req, jar.sessionName) === undefined) return undefined;
      const shadow = await load(req, res);
      return shadow === undefined ? undefined : sessionOf(shadow)?.connector;
    },
    async bind(req, res, { tenantId, transmissionId, epoch }) {
      const shadow = await load(req, res);
      if (shadow === undefined) return;
      // Without a cookie the id was made for this request, and renewing it would only cost two more writes.
      if (jar.read(req, jar.sessionName) !== undefined)
        await attempt('renewed', (done) => sessionOf(shadow)?.regenerate(done));
      const fresh = sessionOf(shadow);
      if (fresh === undefined) return;
      fresh.connector = { tenantId, transmissionId, epoch };
      await attempt('saved', (done) => fresh.save(done));
    },
    async clear(req, res) {
      if (jar.read(req, jar.sessionName) === undefined) return;
      const shadow = await load(req, res);
      if (shadow !== undefined) await attempt('destroyed', (done) => sessionOf(shadow)?.destroy(done));
      jar.clear(res, jar.sessionName);
    },
  };
}

/**
 * express-session writes `req.session`, which belongs to the host shop. So it gets a wrapper that reads through to the
 * real request. With a public https URL the browser's connection is always secure, whatever proxies are in front, and
 * express-session checks `req.secure`.
 */
function shadowOf(req: Request, secure: boolean): Request {
  const own = { writable: true, configurable: true, enumerable: true, value: undefined };
  const shadow = Object.create(req, { session: own, sessionID: own, sessionStore: own }) as Request;
  if (secure) Object.defineProperty(shadow, 'secure', { value: true });
  return shadow;
}

function sessionOf(shadow: Request): LiveSession | undefined {
  return shadow.session;
}

async function settled(act: (done: (error?: unknown) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    act((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('session store failed'));
    });
  });
}
