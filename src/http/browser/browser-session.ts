import type { Request, RequestHandler, Response } from 'express';
import session, { type Session, type SessionData, type Store as SessionStore } from 'express-session';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { Logger } from '../../ports/logger.js';
import type { CookieJar } from './cookie-jar.js';
import { perRequest } from './per-request.js';

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
  const isSecure = jar.attributes.secure === true;
  const opened = perRequest<Promise<SessionRequest>>('browser session');

  /** Its session is undefined if the session store does not answer: continue without one. */
  async function open(req: Request, res: Response): Promise<SessionRequest> {
    const request = new SessionRequest(req, isSecure);
    try {
      await settled((done) => void run(request as unknown as Request, res, done));
    } catch (error) {
      log.warn({ err: error }, 'session store does not answer');
    }
    return request;
  }

  function load(req: Request, res: Response): Promise<SessionRequest> {
    let request = opened.get(res);
    if (request === undefined) opened.set(res, (request = open(req, res)));
    return request;
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
      return (await load(req, res)).session?.connector;
    },
    async bind(req, res, { tenantId, transmissionId, epoch }) {
      const request = await load(req, res);
      const given = request.session;
      // Without a cookie the id was made for this request, and renewing it would only cost two more writes.
      if (given !== undefined && jar.read(req, jar.sessionName) !== undefined)
        await attempt('renewed', (done) => given.regenerate(done));
      const fresh = request.session;
      if (fresh === undefined) return;
      fresh.connector = { tenantId, transmissionId, epoch };
      await attempt('saved', (done) => fresh.save(done));
    },
    async clear(req, res) {
      if (jar.read(req, jar.sessionName) === undefined) return;
      const { session: current } = await load(req, res);
      if (current !== undefined) await attempt('destroyed', (done) => current.destroy(done));
      jar.clear(res, jar.sessionName);
    },
  };
}

/**
 * The request as express-session sees it: all that it reads of one, and what it writes to it. It gets this object since
 * `req.session` of the real request belongs to the host shop. An object made with `Object.create(req)` would do too,
 * but V8 reads an object more slowly once it is a prototype.
 */
class SessionRequest {
  session: LiveSession | undefined;
  sessionID: string | undefined;
  sessionStore: SessionStore | undefined;
  readonly url: string;
  readonly originalUrl: string;
  readonly headers: Request['headers'];
  readonly connection: Request['socket'];

  constructor(
    req: Request,
    /** With a public https URL the browser's connection is secure, whatever proxies are in front. */
    readonly secure: boolean,
  ) {
    this.url = req.url;
    this.originalUrl = req.originalUrl;
    this.headers = req.headers;
    this.connection = req.socket;
  }
}

async function settled(act: (done: (error?: unknown) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    act((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('session store failed'));
    });
  });
}
