import type { Request, Response } from 'express';
import type { DemoStore } from '../../adapters/stores/demo/demo-store.js';
import { type DemoCurrency, demoCurrency } from '../../adapters/stores/demo/price.js';
import type { Cart } from '../../domain/cart/cart.js';
import { type Language, languageOf } from '../../http/views/texts.js';
import type { ShopConnector, ShopPaths, ShopSentCart, ShopSession } from './shop-connector.js';
import { sessionCart, type ShopperCart, visitorCart } from './shopper-cart.js';
import { chosenLanguage, startVisitorCart, visitorCartId } from './visitor-cookie.js';

export interface StorefrontDeps {
  store: DemoStore;
  connector: ShopConnector;
  paths: ShopPaths;
  /** Without slash at the end. */
  publicUrl: string;
  /** Owner of ordinary visitors' carts. */
  tenantId: string;
}

/** Who asks, in which language and currency, and which cart is his. */
export interface Visit {
  session?: ShopSession;
  /** Set after a punchout, while its cart may be sent again. */
  sent?: ShopSentCart | undefined;
  /** The session whose buyer may frame the page. */
  framedBy?: ShopSession | undefined;
  language: Language;
  currency: DemoCurrency;
  paths: ShopPaths;
  /** Undefined for a visitor who has put nothing in yet. */
  cart?: ShopperCart;
  /** The cart to put something in; starts one where there is none. */
  ownCart(): ShopperCart;
  /** Ends an ordinary visitor's cart (he ordered it). */
  discardCart(): Promise<void>;
}

/** Ordinary visitors without cart cost no look at the database. */
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
    ...(cart === undefined ? {} : { cart }),
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
