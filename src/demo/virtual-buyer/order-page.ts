import { template } from '../../http/views/page/template.js';
import { buyerPage } from './buyer-page.js';

export interface OrderAnswer {
  orderId: string;
  /** Of the Status in the shop's answer; undefined where there was none. */
  code: string | undefined;
  /** What the Status says. */
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

/** What the shop said to a purchase order. */
export function orderPage(answer: OrderAnswer): string {
  const taken = /^2\d\d$/.test(answer.code ?? '');
  return buyerPage({ title: 'Order', body: render({ ...answer, taken, clean: answer.code === '200' }) });
}
