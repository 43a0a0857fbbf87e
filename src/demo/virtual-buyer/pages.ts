import type { NameValue } from '../../domain/transmission/setup-request.js';
import { hiddenInputs, TRANSFER_FORM_ID } from '../../http/views/page/form.js';
import { template } from '../../http/views/page/template.js';
import { buyerPage } from './buyer-page.js';

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
