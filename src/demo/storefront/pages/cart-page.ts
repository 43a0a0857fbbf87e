import type { Cart, CartLine } from '../../../domain/cart/cart.js';
import { cartTotal, lineAmount } from '../../../domain/cart/cart-total.js';
import { formatDecimal } from '../../../domain/decimal.js';
import { differencesOf } from '../../../domain/cart/restore-report.js';
import { template } from '../../../http/views/page/template.js';
import { noticeSentence } from '../../../http/views/cart-changed-page.js';
import { restoredSentences } from '../../../http/views/restored-pages.js';
import { type Language, shippedTexts } from '../../../http/views/texts.js';
import { amountText, numberText } from '../../../console/ui/numbers.js';
import { cartCount } from '../cart-count.js';
import type { Visit } from '../visit.js';
import { priceText } from './product-pages.js';
import { shopPage } from './shop-page.js';
import { countText, SHOP_TEXTS, type ShopTexts, unitText } from './shop-texts.js';

interface LineView {
  lineId: string;
  href: string;
  name: string;
  sku: string;
  quantity: string;
  unit: string;
  price: string;
  amount: string;
}

interface CartTable {
  t: ShopTexts;
  lines: LineView[];
  total: string;
  /** Quantities may be changed and lines removed. */
  changeable: boolean;
}

/** The lines of a cart, for the cart page and the order confirmation. */
const renderCartTable: (table: CartTable) => string = template<CartTable>(`<table class="lines">
<thead>
<tr>
<th><%= it.t.item %></th>
<th><%= it.t.quantity %></th>
<th class="num unit"><%= it.t.price %></th>
<th class="num"><%= it.t.amount %></th>
</tr>
</thead>
<tbody>
<% for (const line of it.lines) { %>
<tr>
<td><a href="<%= line.href %>"><%= line.name %></a><br><span class="meta"><%= line.sku %></span></td>
<td>
<% if (it.changeable) { %>
<form class="inline" method="post" action="/checkout/line-item/change">
<input type="hidden" name="lineId" value="<%= line.lineId %>">
<input class="qty" name="quantity" value="<%= line.quantity %>"
 inputmode="decimal" autocomplete="off" aria-label="<%= it.t.quantity %>">
<span class="meta"><%= line.unit %></span>
<button type="submit" class="link"><%= it.t.change %></button>
</form>
<form class="inline" method="post" action="/checkout/line-item/delete">
<input type="hidden" name="lineId" value="<%= line.lineId %>">
<button type="submit" class="link"><%= it.t.remove %></button>
</form>
<% } else { %>
<%= line.quantity %> <span class="meta"><%= line.unit %></span>
<% } %>
</td>
<td class="num unit"><%= line.price %></td>
<td class="num"><%= line.amount %></td>
</tr>
<% } %>
<tr class="sum">
<td><%= it.t.total %></td><td class="unit"></td><td class="unit"></td>
<td class="num"><%= it.total %></td>
</tr>
</tbody>
</table>`);

function cartTable(cart: Cart, language: Language, changeable: boolean): CartTable {
  const t = SHOP_TEXTS[language];
  return {
    t,
    lines: cart.lines.map((line) => lineView(line, cart.currency, language)),
    total: amountText(cartTotal(cart.lines, cart.currency), cart.currency, language),
    changeable,
  };
}

function lineView(line: CartLine, currency: string, language: Language): LineView {
  const basis = line.priceBasis === '1' ? '' : ` / ${numberText(line.priceBasis, language)}`;
  return {
    lineId: line.lineId,
    href: `/detail/${encodeURIComponent(line.sku)}`,
    name: line.name,
    sku: line.sku,
    quantity: line.quantity,
    unit: unitText(line.unit, language),
    price: priceText(line.unitPrice, currency, language) + basis,
    amount: amountText(formatDecimal(lineAmount(line, currency)), currency, language),
  };
}

const render = template<{
  t: ShopTexts;
  table: string;
  empty: boolean;
  emptyText: string;
  /** How much is in it; '' for an empty cart. */
  count: string;
  /** What just happened: a quantity was rounded up, the guard kept the buyer out. */
  told: string[];
  notices: string[];
  /** During a punchout the link is there to show that the guard closes it. */
  isPunchout: boolean;
  transfer?: string | undefined;
}>(`<h1><%= it.t.yourCart %></h1>
<% if (it.count) { %>
<p class="lead"><%= it.count %></p>
<% } %>
<% for (const text of it.told) { %>
<p class="note" role="status"><%= text %></p>
<% } %>
<% for (const notice of it.notices) { %>
<p class="note"><%= notice %></p>
<% } %>
<div class="sheet">
<% if (it.empty) { %>
<p><%= it.emptyText %></p>
<a class="button" href="/"><%= it.t.toShop %></a>
<% } else { %>
<%~ it.table %>
<div class="actions">
<a class="button<%~ it.isPunchout ? ' quiet' : '' %>" href="/checkout/confirm"><%= it.t.checkout %></a>
<% if (it.isPunchout && it.transfer) { %>
<form method="post" action="<%= it.transfer %>"><button type="submit"><%= it.t.transfer %></button></form>
<% } %>
</div>
<% } %>
</div>`);

/** Why the cart is shown, in its address: a quantity was rounded up, or the route guard kept a buyer out of a page. */
export type CartNotice = 'quantity_changed' | 'page_closed';

export function cartPage({
  visit,
  cart,
  notice,
}: {
  visit: Visit;
  cart: Cart;
  notice: CartNotice | undefined;
}): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const count = cartCount(cart);
  const inspects = session?.transmission.operation === 'inspect';
  const table = renderCartTable(cartTable(cart, language, !inspects));
  const texts = shippedTexts(language);
  const restored = differencesOf(session?.transmission.restored).flatMap((item) => restoredSentences(item, texts));
  const notices = [...restored, ...(cart.notices ?? []).map((notice) => noticeSentence(notice, texts))];
  const body = render({
    t,
    table,
    notices,
    empty: cart.lines.length === 0,
    emptyText: sent?.transmission.status === 'transferred' ? t.cartSent : t.emptyCart,
    count: cart.lines.length === 0 ? '' : countText(count, language),
    told: notice === undefined || (notice === 'page_closed' && session === undefined) ? [] : [t.told[notice]],
    isPunchout: session !== undefined,
    transfer: inspects ? undefined : paths.transfer,
  });
  return shopPage({ language, title: t.yourCart, body, count, session, sent, paths });
}

const renderCheckout = template<{ t: ShopTexts; table: string; empty: boolean }>(`<h1><%= it.t.confirmTitle %></h1>
<p class="lead"><%= it.t.confirmText %></p>
<div class="sheet">
<% if (it.empty) { %>
<p><%= it.t.emptyCart %></p>
<a class="button" href="/"><%= it.t.toShop %></a>
<% } else { %>
<%~ it.table %>
<form class="actions" method="post" action="/checkout/order"><button type="submit"><%= it.t.order %></button></form>
<% } %>
</div>`);

/** Order confirmation of an ordinary visitor; the route guard keeps punchouts out. */
export function checkoutPage({ visit, cart }: { visit: Visit; cart: Cart }): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const body = renderCheckout({
    t,
    table: renderCartTable(cartTable(cart, language, false)),
    empty: cart.lines.length === 0,
  });
  return shopPage({ language, title: t.confirmTitle, body, session, sent, paths });
}
