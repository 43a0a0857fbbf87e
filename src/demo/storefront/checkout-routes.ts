import { randomInt } from 'node:crypto';
import { Router } from 'express';
import { refuseShop, sendPage, wantsJson } from './answer.js';
import { cartJson } from './cart-json.js';
import { checkoutPage } from './pages/checkout-page.js';
import { noticePage } from './pages/notice-page.js';
import { SHOP_TEXTS } from './pages/shop-texts.js';
import { cartOf, type StorefrontDeps, visitOf } from './visit.js';

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
