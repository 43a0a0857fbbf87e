import { Router } from 'express';
import { CATEGORIES, MIXED_PRODUCTS, searchProducts } from '../../adapters/stores/demo/catalogue/catalogue.js';
import { refuseShop, sendPage } from './answer.js';
import { itemsCount } from './cart-json.js';
import { detailPage } from './pages/detail-page.js';
import { homePage } from './pages/home-page.js';
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
