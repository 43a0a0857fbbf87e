import type { Request, Response } from 'express';
import type { DemoStore } from '../../adapters/stores/demo/demo-store.js';
import { demoCurrency, type DemoTerms } from '../../adapters/stores/demo/price.js';
import type { Cart, CartRef } from '../../domain/cart/cart.js';
import { type Language, languageOf } from '../../http/views/texts.js';
import { newSecret } from '../../domain/digest.js';
import { accept, type Outcome } from '../../domain/error-codes.js';
import type { LineRequest, LineResult, Store } from '../../ports/store/store.js';
import type { Connection } from '../../domain/access/connection.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { ContextWish, SessionContext } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';

export interface StorefrontDeps {
  store: DemoStore;
  connector: ShopConnector;
  paths: ShopPaths;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Owner of the carts of ordinary visitors. */
  tenantId: string;
}

/** A visitor's request: its language, prices and cart. */
export interface Visit extends DemoTerms {
  session?: ShopSession;
  /** Set after a punchout while its cart may be sent again. */
  sent?: ShopSentCart | undefined;
  /** The session whose buyer may show the page in a frame. */
  framedBy?: ShopSession | undefined;
  language: Language;
  paths: ShopPaths;
  /** Undefined for a visitor without articles. */
  cart?: ShopperCart;
  /** The visitor's cart; created if there is none. */
  ownCart(): ShopperCart;
  /** Deletes an ordinary visitor's cart after their order. */
  discardCart(): Promise<void>;
}

/** Ordinary visitors without a cart cause no database query. */
export async function visitOf(req: Request, res: Response, deps: StorefrontDeps): Promise<Visit> {
  const session = await deps.connector.session(req, res);
  return session === undefined
    ? visitorVisit(req, res, deps, await deps.connector.sentCart?.(req, res))
    : sessionVisit(session, deps);
}

function sessionVisit(session: ShopSession, { store, connector, paths }: StorefrontDeps): Visit {
  const { tenantId, transmissionId, request, cart: opened } = session.transmission;
  const handle = (opened ?? store.cartRef(tenantId, transmissionId, request)).handle ?? {};
  const cart = sessionCart(connector, session);
  const language = handle.language === 'en' ? 'en' : 'de';
  return {
    session,
    framedBy: session,
    language,
    currency: demoCurrency(handle.currency),
    customer: handle.customer,
    paths,
    cart,
    ownCart: () => cart,
    discardCart: () => Promise.resolve(),
  };
}

function visitorVisit(
  req: Request,
  res: Response,
  { store, paths, publicUrl, tenantId }: StorefrontDeps,
  sent: ShopSentCart | undefined,
): Visit {
  const secure = publicUrl.startsWith('https:');
  const language =
    chosenLanguage(req, res, secure) ??
    languageOf(sent?.transmission.cart?.handle?.['language'] ?? req.get('accept-language') ?? 'de');
  const refOf = (cartId: string): ReturnType<DemoStore['cartRef']> => store.cartRef(tenantId, cartId, { language });
  const cartId = visitorCartId(req);
  let cart = cartId === undefined ? undefined : visitorCart(store, refOf(cartId));
  return {
    sent,
    framedBy: sent,
    language,
    currency: 'EUR',
    paths,
    cart,
    ownCart: () => (cart ??= visitorCart(store, refOf(startVisitorCart(res, secure)))),
    async discardCart() {
      if (cartId !== undefined) await store.deleteCart(refOf(cartId));
    },
  };
}

export async function cartOf(visit: Visit): Promise<Cart> {
  return (
    (await visit.cart?.read()) ?? {
      cartId: '',
      contentMark: '0',
      currency: visit.currency,
      language: visit.language,
      lines: [],
    }
  );
}

const CART = 'demo-cart';
const LANGUAGE = 'demo-language';

/** Cart id of an ordinary visitor; undefined until their first article. */
function visitorCartId(req: Request): string | undefined {
  const secret = cookie(req, CART);
  return secret !== undefined && /^[\w-]{43}$/.test(secret) ? `visitor-${secret}` : undefined;
}

/** Creates a cart for a visitor without one. */
function startVisitorCart(res: Response, secure: boolean): string {
  const secret = newSecret();
  res.cookie(CART, secret, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
  return `visitor-${secret}`;
}

/** The language that a visitor chose by `?lang=`. */
function chosenLanguage(req: Request, res: Response, secure: boolean): Language | undefined {
  const asked = req.query.lang;
  if (asked === 'de' || asked === 'en') {
    res.cookie(LANGUAGE, asked, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
    return asked;
  }
  const kept = cookie(req, LANGUAGE);
  return kept === 'de' || kept === 'en' ? kept : undefined;
}

function cookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

/** The cart of the current visitor or punchout; pages and forms treat both alike. */
interface ShopperCart {
  add(line: LineRequest): Promise<Outcome<LineResult[]>>;
  change(lineId: string, quantity: string): Promise<Outcome<LineResult>>;
  remove(lineId: string): Promise<Outcome<void>>;
  read(): Promise<Cart>;
}

function sessionCart(connector: ShopConnector, session: ShopSession): ShopperCart {
  return {
    add: (line) => connector.cart.add(session, [line]),
    change: (lineId, quantity) => connector.cart.change(session, lineId, quantity),
    remove: (lineId) => connector.cart.remove(session, lineId),
    read: () => connector.cart.read(session),
  };
}

function visitorCart(store: Store, ref: CartRef): ShopperCart {
  return {
    add: async (line) => accept(await store.addLines(ref, [line])),
    change: async (lineId, quantity) => accept(await store.changeLine(ref, lineId, quantity)),
    remove: async (lineId) => accept(await store.removeLine(ref, lineId)),
    read: () => store.readCart(ref),
  };
}

/** The active punchout session of the requesting browser. */
export interface ShopSession {
  transmission: Transmission;
  connection: Connection;
}

/** A cart that this browser has sent and may send again. */
export interface ShopSentCart extends ShopSession {
  /** Action URL of the form. */
  resend: string;
}

/**
 * The connector functions that a shop needs. All cart writes go through it, so each one is in the payload or refused.
 */
export interface ShopConnector {
  session(req: Request, res: Response): Promise<ShopSession | undefined>;
  /** Refuses a request of a punchout that has just ended, instead of serving it as an ordinary visitor's. */
  sessionEnded(req: Request, res: Response): Promise<boolean>;
  /** Absent: the shop does not offer to send a cart again. */
  sentCart?(req: Request, res: Response): Promise<ShopSentCart | undefined>;
  cart: {
    add(session: ShopSession, lines: LineRequest[]): Promise<Outcome<LineResult[]>>;
    change(session: ShopSession, lineId: string, quantity: DecimalText): Promise<Outcome<LineResult>>;
    remove(session: ShopSession, lineId: string): Promise<Outcome<void>>;
    read(session: ShopSession): Promise<Cart>;
  };
  context: {
    change(session: ShopSession, wish: ContextWish): Promise<Outcome<SessionContext>>;
  };
}

/** Addresses of the connector for the shop's buttons. */
export interface ShopPaths {
  transfer: string;
  logout: string;
  /** "Return without changes" of an edit or inspect session: the buyer's system keeps its lines. */
  returnUnchanged?: string;
}
