import { Router } from 'express';
import { sendPage } from './answer.js';
import { loginPage } from './pages/login-page.js';
import { noticePage } from './pages/notice-page.js';
import { SHOP_TEXTS } from './pages/shop-texts.js';
import { type StorefrontDeps, visitOf } from './visit.js';

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
