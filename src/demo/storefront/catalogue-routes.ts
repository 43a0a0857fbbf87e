import { Router } from 'express';
import { CATEGORIES, MIXED_PRODUCTS, searchProducts } from '../../adapters/stores/demo/catalogue/catalogue.js';
import { refuseShop, sendPage, itemsCount, wantsJson } from './answer.js';
import { detailPage, homePage } from './pages/product-pages.js';
import { cartOf, type StorefrontDeps, visitOf } from './visit.js';

/** Articles that came by feed are found by search, some at a time. */
const MOST_IMPORTED = 50;

/** `/` and `/search` (`category`, `search`), `/detail/{sku}`. */
export function catalogueRoutes(deps: StorefrontDeps): Router {
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
    const count = itemsCount(await cartOf(visit));
    sendPage(
      res,
      homePage({
        visit,
        products: [...products, ...imported],
        itemsCount: count,
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
    sendPage(res, detailPage({ visit, product, itemsCount: itemsCount(await cartOf(visit)) }), visit.framedBy);
  });

  return router;
}

/** A query value that is one text, at most 100 characters. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100).trim() : '';
}

/** `POST /context` (`currency`, `language`): another currency or language for a punchout, in the shop and in its session context. */
export function contextRoutes({ connector, ...deps }: StorefrontDeps): Router {
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

/** Back to where the button was, never to another site. */
function pageBefore(referer: string | undefined, publicUrl: string): string {
  const home = new URL(publicUrl);
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer) : home;
  // A path that begins with two slashes would name a host.
  return from.origin === home.origin && from !== home ? from.pathname.replace(/^\/+/, '/') + from.search : '/';
}
