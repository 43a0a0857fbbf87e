import { Router } from 'express';
import { randomInt } from 'node:crypto';
import { sendPage, refuseShop, wantsJson, cartJson } from './answer.js';
import { loginPage, noticePage } from './pages/notice-page.js';
import { SHOP_TEXTS } from './pages/shop-texts.js';
import { type StorefrontDeps, visitOf, cartOf } from './visit.js';
import { checkoutPage } from './pages/cart-page.js';

/** Pages that Shopware shows to customers who are signed in; here nobody is (shopware/FACTS.md 1.1 and 1.2). */
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

/** Account pages at Shopware's paths. The demo has no customers: whoever signs in is refused. */
export function accountRoutes(deps: StorefrontDeps): Router {
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

/**
 * Checkout of ordinary visitors, at Shopware's paths. The shop itself does not know that a punchout must stay out:
 * that is the route guard's business, mounted before it.
 */
export function checkoutRoutes(deps: StorefrontDeps): Router {
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
