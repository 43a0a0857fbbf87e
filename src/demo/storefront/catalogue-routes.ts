import type { Router as ExpressRouter } from 'express';
import { randomInt } from 'node:crypto';
import { CATEGORIES, MIXED_PRODUCTS, searchProducts } from '../../adapters/stores/demo/catalogue/catalogue.js';
import { refuseShop, sendPage, wantsJson, cartJson } from './answer.js';
import { cartCount } from './cart-count.js';
import { detailPage, homePage } from './pages/product-pages.js';
import { cartOf, type StorefrontDeps, visitOf } from './visit.js';
import { loginPage, noticePage } from './pages/notice-page.js';
import { SHOP_TEXTS } from './pages/shop-texts.js';
import { checkoutPage } from './pages/cart-page.js';
import { Router } from '../../http/router.js';

/** Imported articles are found by search only; this is the maximum per page. */
const MOST_IMPORTED = 50;

/** `/` and `/search` (`category`, `search`), `/detail/{sku}`. */
export function catalogueRoutes(deps: StorefrontDeps): ExpressRouter {
  const router = Router();

  router.get(['/', '/search'], async (req, res) => {
    const words = textOf(req.query.search);
    const category = CATEGORIES.find(({ id }) => id === req.query.category);
    const visit = await visitOf(req, res, deps);
    if (category === undefined && req.query.category !== undefined)
      return refuseShop(req, res, { code: 'NOT_FOUND' }, visit.session);
    const products =
      category === undefined && words === '' ? MIXED_PRODUCTS : searchProducts({ category: category?.id, words });
    const imported = words === '' ? [] : await deps.store.importedProducts(deps.tenantId, words, MOST_IMPORTED);
    const count = cartCount(await cartOf(visit));
    sendPage(
      res,
      homePage({
        visit,
        products: [...products, ...imported],
        count,
        category: category?.id ?? '',
        categoryName: category?.name[visit.language],
        words,
      }),
      visit.framedBy,
    );
  });

  router.get('/detail/:sku', async (req, res) => {
    const product = (await deps.store.products(deps.tenantId, [req.params.sku])).get(req.params.sku);
    const visit = await visitOf(req, res, deps);
    if (product === undefined) return refuseShop(req, res, { code: 'PRODUCT_NOT_FOUND', field: 'sku' }, visit.session);
    sendPage(res, detailPage({ visit, product, count: cartCount(await cartOf(visit)) }), visit.framedBy);
  });

  return router;
}

/** A single query value of at most 100 characters. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100).trim() : '';
}

/**
 * `POST /context` (`currency`, `language`): changes currency or language of a punchout, in the shop and in its session
 * context.
 */
export function contextRoutes({ connector, ...deps }: StorefrontDeps): ExpressRouter {
  const router = Router();
  router.post('/context', async (req, res) => {
    const { session } = await visitOf(req, res, { connector, ...deps });
    if (session === undefined) return refuseShop(req, res, { code: 'NO_SESSION' });
    const body = (req.body ?? {}) as Record<string, unknown>;
    const wish = Object.fromEntries(
      ['currency', 'language'].flatMap((name) =>
        typeof body[name] === 'string' && body[name] !== '' ? [[name, body[name]]] : [],
      ),
    );
    const changed = await connector.context.change(session, wish);
    if (!changed.ok)
      return refuseShop(
        req,
        res,
        { code: changed.refusal.code === 'CONTEXT_REFUSED' ? 'INVALID_REQUEST' : changed.refusal.code },
        session,
      );
    if (wantsJson(req)) res.json({ currency: changed.value.fields.currency, language: changed.value.fields.language });
    else res.redirect(303, pageBefore(req.get('referer'), deps.publicUrl));
  });
  return router;
}

/** The page that the button was on; never another site. */
function pageBefore(referer: string | undefined, publicUrl: string): string {
  const home = new URL(publicUrl);
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer) : home;
  // A path that starts with two slashes would name a host.
  return from.origin === home.origin && from !== home ? from.pathname.replace(/^\/+/, '/') + from.search : '/';
}

/** Pages that Shopware shows only to signed-in customers; the demo has none (shopware.md 1.1 and 1.2). */
const CUSTOMER_PAGES = [
  '/account',
  '/account/profile',
  '/account/address',
  '/account/payment',
  '/account/order',
  '/account/order/edit/:orderId',
  '/account/order/:deepLinkCode',
  '/account/recover',
  '/account/register',
  '/account/guest/login',
  '/widgets/account/order/detail/:orderId',
  '/customer-group-registration/:customerGroupId',
  '/registration/confirm',
  '/wishlist',
];

/** Account pages at Shopware's paths. The demo has no customers, so every sign-in is refused. */
export function accountRoutes(deps: StorefrontDeps): ExpressRouter {
  const router = Router();

  router.get('/account/login', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    sendPage(res, loginPage({ visit, refused: false }), visit.framedBy);
  });

  router.post('/account/login', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    sendPage(res, loginPage({ visit, refused: true }), visit.framedBy, 401);
  });

  router.get('/account/logout', (_req, res) => res.redirect(303, '/'));

  router.get(CUSTOMER_PAGES, async (req, res) => {
    const { language, framedBy } = await visitOf(req, res, deps);
    const t = SHOP_TEXTS[language];
    sendPage(
      res,
      noticePage({ language, title: t.accountTitle, message: t.accountText, href: '/account/login', link: t.login }),
      framedBy,
    );
  });

  return router;
}

/** Checkout of ordinary visitors, at Shopware's paths. The route guard, mounted before it, keeps punchouts out. */
export function checkoutRoutes(deps: StorefrontDeps): ExpressRouter {
  const router = Router();

  router.get(['/checkout/confirm', '/checkout/register'], async (req, res) => {
    const visit = await visitOf(req, res, deps);
    sendPage(res, checkoutPage({ visit, cart: await cartOf(visit) }), visit.framedBy);
  });

  router.post('/checkout/order', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    const cart = await cartOf(visit);
    if (cart.lines.length === 0) return refuseShop(req, res, { code: 'CART_EMPTY' }, visit.session);
    const orderNumber = `NW-${randomInt(10_000_000, 100_000_000)}`;
    await visit.discardCart();
    if (wantsJson(req)) res.set('Cache-Control', 'no-store').json({ order_number: orderNumber, ...cartJson(cart) });
    else res.redirect(303, `/checkout/finish?orderId=${orderNumber}`);
  });

  router.get('/checkout/finish', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    const t = SHOP_TEXTS[visit.language];
    const number =
      typeof req.query.orderId === 'string' && /^NW-\d{8}$/.test(req.query.orderId) ? req.query.orderId : undefined;
    const message = number === undefined ? t.noOrder : `${t.finishText} ${number}.`;
    sendPage(
      res,
      noticePage({ language: visit.language, title: number === undefined ? t.checkout : t.finishTitle, message }),
      visit.framedBy,
    );
  });

  return router;
}
