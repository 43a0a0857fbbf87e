import { formatDecimal, parseDecimal, round, trimZeros } from '../../domain/decimal.js';
import { amountText, numberText } from '../../http/views/page/amount-text.js';
import { template } from '../../http/views/page/template.js';
import { buyerPage } from './buyer-page.js';
import type { Finding, ReceivedCart } from './decode-return.js';

interface ReturnBody {
  cart: ReceivedCart;
  lines: { sku: string; name: string; quantity: string; price: string; amount: string }[];
  total: string;
  errors: number;
  /** False for OCI and the middleware, which have no orders. */
  orders: boolean;
  preflight: readonly Finding[];
}

const render =
  template<ReturnBody>(`<h1><%= it.lines.length === 0 ? 'An empty cart came back' : 'The cart is back' %></h1>
<% if (it.cart.findings.length === 0) { %>
<p class="verdict">Our checker has nothing to say against it.</p>
<% } else { %>
<% const count = it.cart.findings.length; %>
<p class="verdict<%~ it.errors > 0 ? ' bad' : '' %>">
Our checker has <%= count %> <%= count === 1 ? 'remark' : 'remarks' %>.</p>
<ul class="findings">
<% for (const finding of it.cart.findings) { %>
<li><% if (finding.severity === 'error') { %><b>Error</b><% } else { %>Warning<% } %>
 <span class="soft"><%= finding.place %></span> <%= finding.text %></li>
<% } %>
</ul>
<% } %>
<% if (it.lines.length > 0) { %>
<div class="sheet scroll">
<table>
<thead>
<tr><th>Article</th><th class="num">Quantity</th><th class="num aside">Price</th><th class="num">Amount</th></tr>
</thead>
<% for (const line of it.lines) { %>
<tr>
<td><%= line.name %><br><span class="soft"><%= line.sku %></span></td>
<td class="num"><%= line.quantity %></td>
<td class="num aside"><%= line.price %></td>
<td class="num"><%= line.amount %></td>
</tr>
<% } %>
<tr class="sum"><td>Total, net</td><td></td><td class="aside"></td><td class="num"><%= it.total %></td></tr>
</table>
</div>
<% } %>
<% if (it.preflight.length > 0) { %>
<h2>What the shop's pre-flight said before it sent this</h2>
<ul class="findings">
<% for (const finding of it.preflight) { %>
<li><% if (finding.severity === 'error') { %><b>Error</b><% } else { %>Warning<% } %>
 <span class="soft"><%= finding.place %></span> <%= finding.text %></li>
<% } %>
</ul>
<% } %>
<% if (it.cart.buyerCookie) { %>
<h2>Facts</h2>
<dl><dt><%= it.cart.cookieName ?? 'BuyerCookie' %></dt><dd><%= it.cart.buyerCookie %></dd></dl>
<% } %>
<% if (it.orders) { %>
<h2>And then</h2>
<form method="post" action="/virtual-buyer/order">
<input type="hidden" name="document" value="<%= it.cart.document %>">
<p class="soft">A purchase order (OrderRequest) over this cart goes to the shop's server, which compares it with what it
has sent.</p>
<p><button type="submit">Order this cart</button></p>
</form>
<% } %>
<details><summary>The document, as it came</summary><pre><%= it.cart.document %></pre></details>
<p><br><a href="/virtual-buyer" target="_top">Punch out again</a></p>`);

/** The returned cart, decoded, with all findings of our checker and of the shop's pre-flight, and the raw document. */
export function returnPage(cart: ReceivedCart, preflight: readonly Finding[]): string {
  const lines = cart.lines.map((line) => ({
    sku: line.supplierPartId,
    name: line.name,
    quantity: `${numberText(plain(line.quantity, 0), 'en')} ${line.unit}`,
    price:
      numberText(plain(line.unitPrice, 2), 'en') +
      (/^1(\.0+)?$/.test(line.priceBasis) ? '' : ` / ${numberText(plain(line.priceBasis, 0), 'en')}`),
    amount: numberText(line.amount, 'en'),
  }));
  const errors = cart.findings.filter(({ severity }) => severity === 'error').length;
  return buyerPage({
    title: 'Cart',
    body: render({
      cart,
      lines,
      total: amountText(cart.total, cart.currency, 'en'),
      errors,
      preflight,
      orders: lines.length > 0 && errors === 0 && cart.document.includes('<PunchOutOrderMessage'),
    }),
  });
}

/** Without trailing zeros (OCI writes 2.000), but with at least `digits` digits after the point. */
function plain(decimal: string, digits: number): string {
  const trimmed = trimZeros(parseDecimal(decimal));
  return formatDecimal(round(trimmed, Math.max(trimmed.scale, digits)));
}
