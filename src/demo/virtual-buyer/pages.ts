import type { NameValue } from '../../domain/transmission/setup-request.js';
import { hiddenInputs, TRANSFER_FORM_ID } from '../../http/views/page/form.js';
import { template } from '../../http/views/page/template.js';
import { buyerPage } from './buyer-page.js';
import { formatDecimal, parseDecimal, round, trimZeros } from '../../domain/decimal.js';
import { amountText, numberText } from '../../console/ui/numbers.js';
import type { Finding, ReceivedCart } from './decode-return.js';

const START = `<h1>Call up the shop, as a procurement system would</h1>
<p>This page plays the buyer's side of a punchout. It calls the shop with the protocol of your choice, shows the shop in
a frame, takes the cart back, and says what it thinks of it.</p>
<div class="choices">
<form class="choice" method="post" action="/virtual-buyer/start">
<h2>cXML</h2>
<p class="soft">A PunchOutSetupRequest goes to the shop's server, which answers with a start page. The cart returns as a
PunchOutOrderMessage.</p>
<input type="hidden" name="protocol" value="cxml">
<div><button type="submit">Punch out with cXML</button></div>
</form>
<form class="choice" method="post" action="/virtual-buyer/start">
<h2>OCI</h2>
<p class="soft">Your browser posts a form to the shop, as SAP does. The cart returns as NEW_ITEM fields, posted to the
HOOK_URL.</p>
<input type="hidden" name="protocol" value="oci">
<div><button type="submit">Punch out with OCI</button></div>
</form>
<form class="choice" method="post" action="/virtual-buyer/start">
<h2>Middleware</h2>
<p class="soft">A middleware asks the shop's server to clone a user and sends you in by the link it gets. The cart
returns as a form with products[0][sku] and so on.</p>
<input type="hidden" name="protocol" value="repost">
<div><button type="submit">Punch out by a middleware</button></div>
</form>
</div>
<h2>What to do then</h2>
<ol>
<li>Put a few things into the cart of the shop.</li>
<li>Try the checkout: the shop must not let you in.</li>
<li>Press "Transfer cart" and look at what arrives here.</li>
</ol>`;

/** The first page. */
export function startPage(): string {
  return buyerPage({ title: 'Start', body: START });
}

interface ShopFramePage {
  protocol: 'cXML' | 'OCI' | 'a middleware';
  /** cXML, middleware: URL of the frame. OCI: a form is posted into the frame. */
  startUrl?: string;
  form?: { action: string; fields: readonly NameValue[] };
  /** Documents sent and received, secrets redacted. */
  documents: { title: string; text: string }[];
}

const renderFrame = template<
  ShopFramePage & { inputs: string; formId: string }
>(`<h1>Shopping over <%= it.protocol %></h1>
<% if (it.form) { %>
<form id="<%= it.formId %>" method="post" action="<%= it.form.action %>" target="shop">
<%~ it.inputs %>
<p class="soft">If the frame stays empty: <button type="submit">Open the shop</button></p>
</form>
<% } else { %>
<p class="soft">The frame below is the shop, at the start page it answered with.</p>
<% } %>
<iframe name="shop" title="The shop"<% if (it.startUrl) { %> src="<%= it.startUrl %>"<% } %>></iframe>
<% for (const document of it.documents) { %>
<details><summary><%= document.title %></summary><pre><%= document.text %></pre></details>
<% } %>`);

export function shopFramePage(page: ShopFramePage): string {
  const body = renderFrame({ ...page, inputs: hiddenInputs(page.form?.fields ?? []), formId: TRANSFER_FORM_ID });
  return buyerPage({ title: `Shopping over ${page.protocol}`, body, submits: page.form !== undefined });
}

const renderRefusal = template<{
  reason: string;
  documents: ShopFramePage['documents'];
}>(`<h1>The shop did not let us in</h1>
<p><%= it.reason %></p>
<% for (const document of it.documents) { %>
<details open><summary><%= document.title %></summary><pre><%= document.text %></pre></details>
<% } %>`);

export function refusedPage(reason: string, documents: ShopFramePage['documents']): string {
  return buyerPage({ title: 'Refused', body: renderRefusal({ reason, documents }) });
}

interface OrderAnswer {
  orderId: string;
  /** Code of the Status in the shop's answer; undefined if there was none. */
  code: string | undefined;
  /** Text of the Status. */
  text: string;
  documents: { title: string; text: string }[];
}

const render = template<
  OrderAnswer & { taken: boolean; clean: boolean }
>(`<h1><%= it.taken ? 'The shop has the order' : 'The shop did not take the order' %></h1>
<p class="verdict<%~ it.clean ? '' : ' bad' %>"><% if (it.code) { %>Status <%= it.code %>: <% } %><%= it.text %></p>
<h2>Facts</h2>
<dl><dt>Our number of it</dt><dd><%= it.orderId %></dd></dl>
<% for (const document of it.documents) { %>
<details><summary><%= document.title %></summary><pre><%= document.text %></pre></details>
<% } %>
<p><br><a href="/virtual-buyer" target="_top">Punch out again</a></p>`);

/** The shop's answer to a purchase order. */
export function orderPage(answer: OrderAnswer): string {
  const taken = /^2\d\d$/.test(answer.code ?? '');
  return buyerPage({ title: 'Order', body: render({ ...answer, taken, clean: answer.code === '200' }) });
}

interface ReturnBody {
  cart: ReceivedCart;
  lines: { sku: string; name: string; quantity: string; price: string; amount: string }[];
  total: string;
  errors: number;
  /** False for OCI and the middleware, which have no orders. */
  orders: boolean;
  preflight: readonly Finding[];
}

const renderReturn =
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
    body: renderReturn({
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
