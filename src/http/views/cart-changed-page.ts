import type { CartNotice } from '../../domain/cart/cart.js';
import type { ChangedCart } from '../../domain/cart/shown-cart.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { hiddenInputs } from './page/form.js';
import { page } from './page/layout.js';
import { template } from './page/template.js';
import { filled, type LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { articleText } from './texts.js';
import { amountText, numberText } from '../../console/ui/numbers.js';

/** A notice for the buyer, with the shop's own text if there is one. */
export function noticeSentence({ kind, item, name, text }: CartNotice, texts: LanguageTexts): string {
  const sentence = filled(texts.notices[kind], { article: articleText(item, name) });
  return text === undefined || text === '' ? sentence : `${sentence} ${text}`;
}

interface Body {
  t: LanguageTexts['changed'];
  text: string;
  notices: string[];
  items: string;
  total: string;
  empty: boolean;
  action: string;
  inputs: string;
  cartHref: string;
}

const render = template<Body>(`<h1><%= it.t.title %></h1>
<p><%= it.text %></p>
<% if (it.notices.length > 0) { %>
<ul>
<% for (const notice of it.notices) { %>
<li><%= notice %></li>
<% } %>
</ul>
<% } %>
<% if (it.empty) { %>
<p class="next"><%= it.t.nothing %></p>
<% } else { %>
<p class="next"><%= it.t.left %></p>
<dl>
<dt><%= it.t.items %></dt><dd><%= it.items %></dd>
<dt><%= it.t.total %></dt><dd><%= it.total %></dd>
</dl>
<% } %>
<div class="actions">
<form method="post" action="<%= it.action %>">
<%~ it.inputs %>
<button type="submit"><%= it.t.button %></button>
</form>
<a href="<%= it.cartHref %>"><%= it.t.link %></a>
</div>`);

/** Shows the buyer before a transfer what the shop changed in the cart, and asks whether to send it. */
export function cartChangedPage({
  changed: { notices, summary },
  action,
  hiddenFields,
  cartHref,
  texts,
}: {
  changed: ChangedCart;
  action: string;
  hiddenFields: readonly NameValue[];
  cartHref: string;
  texts: LanguageTexts;
}): string {
  const t = texts.changed;
  const body = render({
    t,
    text: notices.length === 0 ? t.again : t.byShop,
    notices: notices.map((notice) => noticeSentence(notice, texts)),
    items: numberText(summary.itemsCount, texts.language),
    total: amountText(summary.totalAmount, summary.currency, texts.language),
    empty: summary.linesCount === 0,
    action,
    inputs: hiddenInputs(hiddenFields),
    cartHref,
  });
  return page({ language: texts.language, title: t.title, body });
}
