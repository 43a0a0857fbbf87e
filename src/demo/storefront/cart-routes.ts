import type { Request, Response, Router as ExpressRouter } from 'express';
import type { Outcome } from '../../domain/error-codes.js';
import type { LineResult } from '../../ports/store/store.js';
import { refuseShop, sendPage, wantsJson, cartJson } from './answer.js';
import { type CartNotice, cartPage } from './pages/cart-page.js';
import { refusalOf, type ShopRefusal } from './shop-refusal.js';
import { cartOf, type StorefrontDeps, type Visit, visitOf } from './visit.js';
import { Router } from '../../http/router.js';

const NOTICES: readonly CartNotice[] = ['quantity_changed', 'page_closed'];

/** `/checkout/cart`, `/checkout/cart.json` and `/checkout/line-item/add|change|delete` (form or JSON). */
export function cartRoutes(deps: StorefrontDeps): ExpressRouter {
  const router = Router();

  router.get('/checkout/cart', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    sendPage(
      res,
      cartPage({ visit, cart: await cartOf(visit), notice: NOTICES.find((notice) => notice === req.query.notice) }),
      visit.framedBy,
    );
  });

  router.get('/checkout/cart.json', async (req, res) => {
    res.set('Cache-Control', 'no-store').json(cartJson(await cartOf(await visitOf(req, res, deps))));
  });

  router.post('/checkout/line-item/*verb', async (req, res, next) => {
    if (await deps.connector.sessionEnded(req, res)) refuseShop(req, res, { code: 'NO_SESSION' });
    else next();
  });

  router.post('/checkout/line-item/add', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    const sku = inputOf(req, 'sku');
    if (sku === '') return refuseShop(req, res, { code: 'INVALID_REQUEST', field: 'sku' }, visit.session);
    const outcome = await visit.ownCart().add({ supplierPartId: sku, quantity: inputOf(req, 'quantity', '1') });
    await answer(req, res, visit, outcome);
  });

  router.post('/checkout/line-item/change', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    if (visit.cart === undefined)
      return refuseShop(req, res, { code: 'LINE_NOT_FOUND', field: 'lineId' }, visit.session);
    await answer(req, res, visit, await visit.cart.change(lineIdOf(req), inputOf(req, 'quantity')));
  });

  router.post('/checkout/line-item/delete', async (req, res) => {
    const visit = await visitOf(req, res, deps);
    await answer(req, res, visit, (await visit.cart?.remove(lineIdOf(req))) ?? { ok: true, value: undefined });
  });

  return router;
}

async function answer(
  req: Request,
  res: Response,
  visit: Visit,
  outcome: Outcome<LineResult | LineResult[] | void>,
): Promise<void> {
  const results = outcome.ok ? [outcome.value ?? []].flat() : [];
  const refusal: ShopRefusal | undefined = outcome.ok
    ? results.map(refusalOf).find((fault) => fault !== undefined)
    : { code: outcome.refusal.code };
  if (refusal !== undefined) return refuseShop(req, res, refusal, visit.session);
  if (wantsJson(req)) {
    // For a visitor's first article the cart has just been created.
    res.set('Cache-Control', 'no-store').json(cartJson(await (visit.cart ?? visit.ownCart()).read()));
    return;
  }
  const changed = results.some(({ fault }) => fault === 'quantity_changed');
  res.redirect(303, changed ? '/checkout/cart?notice=quantity_changed' : '/checkout/cart');
}

function lineIdOf(req: Request): string {
  return inputOf(req, 'lineId') || inputOf(req, 'line_id');
}

/** A field of the form or JSON body as text; numbers as in JSON; anything else counts as missing. */
function inputOf(req: Request, field: string, missing = ''): string {
  const body: unknown = req.body;
  const value =
    typeof body === 'object' && body !== null
      ? (Object.entries(body).find(([name]) => name === field)?.[1] as unknown)
      : undefined;
  if (value === undefined) return missing;
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
