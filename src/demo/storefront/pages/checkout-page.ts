import type { Cart } from '../../../domain/cart/cart.js';
import { template } from '../../../http/views/page/template.js';
import type { Visit } from '../visit.js';
import { cartTable, renderCartTable } from './cart-page.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

const render = template<{ t: ShopTexts; table: string; empty: boolean }>(`<h1><%= it.t.confirmTitle %></h1>
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

/** Order confirmation of an ordinary visitor; the route guard keeps a punchout out of here. */
export function checkoutPage({ visit, cart }: { visit: Visit; cart: Cart }): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const body = render({ t, table: renderCartTable(cartTable(cart, language, false)), empty: cart.lines.length === 0 });
  return shopPage({ language, title: t.confirmTitle, body, session, sent, paths });
}
