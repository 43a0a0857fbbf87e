import type { Request, Response } from 'express';
import { sourceList } from '../../http/views/page/page-csp.js';
import { languageOf } from '../../http/views/texts.js';
import { originsOf } from '../../domain/access/return-url.js';
import { noticePage } from './pages/notice-page.js';
import { SHOP_STYLE_SOURCE } from './pages/shop-page.js';
import type { ShopSession } from './visit.js';
import { messageOf, type ShopRefusal, statusOf } from './shop-refusal.js';
import type { Cart } from '../../domain/cart/cart.js';
import { cartTotal, lineAmount } from '../../domain/cart/cart-total.js';
import { formatDecimal } from '../../domain/decimal.js';
import { cartCount } from './cart-count.js';

/** Callers that sent or accept JSON get JSON. */
export function wantsJson(req: Request): boolean {
  return Boolean(req.is('json')) || req.accepts(['html', 'json']) === 'json';
}

/**
 * Sends a page of the shop. During a punchout it may appear in the buyer's frames, and forms may post to their return
 * address.
 */
export function sendPage(res: Response, html: string, session?: ShopSession, status = 200): void {
  const { returnOrigins = [], frameAncestors = [] } = session?.connection.settings ?? {};
  const policy = [
    "default-src 'none'",
    `style-src ${SHOP_STYLE_SOURCE}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    `form-action ${sourceList(["'self'", ...originsOf(returnOrigins)])}`,
    `frame-ancestors ${sourceList(["'self'", ...returnOrigins, ...frameAncestors])}`,
  ];
  res
    .status(status)
    .set({
      'Content-Security-Policy': policy.join('; '),
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(html);
}

/** Answers a refusal: JSON `{ error: { code, message, field } }`, or a page. */
export function refuseShop(req: Request, res: Response, { code, field }: ShopRefusal, session?: ShopSession): void {
  const language = languageOf(session?.transmission.request.language ?? req.get('accept-language') ?? 'de');
  const message = messageOf(code, language);
  const status = statusOf(code);
  if (status === 503) res.set('Retry-After', '5');
  if (wantsJson(req)) res.status(status).set('Cache-Control', 'no-store').json({ error: { code, message, field } });
  else sendPage(res, noticePage({ language, message, code: `${status} ${code}` }), session, status);
}

/** `/checkout/cart.json`: amounts as decimal text; quantities, which have at most 12 digits, as numbers. */
export function cartJson(cart: Cart): object {
  return {
    currency: cart.currency,
    total: cartTotal(cart.lines, cart.currency),
    items_count: Number(cartCount(cart).pieces),
    lines: cart.lines.map((line) => ({
      line_id: line.lineId,
      sku: line.sku,
      name: line.name,
      quantity: Number(line.quantity),
      unit_price: line.unitPrice,
      price_basis: Number(line.priceBasis),
      line_total: formatDecimal(lineAmount(line, cart.currency)),
      unit: line.unit,
    })),
    notices: cart.notices,
  };
}
