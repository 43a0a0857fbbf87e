import type { CartNotice } from '../../domain/cart/cart.js';
import type { ChangedCart } from '../../domain/cart/shown-cart.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { hiddenInputs } from './page/form.js';
import { page } from './page/layout.js';
import { template } from './page/template.js';
import { type Language, articleText } from './texts.js';
import { amountText, numberText } from '../../console/ui/numbers.js';

const CHANGED = {
  en: {
    title: 'Your cart has changed',
    byShop: 'The shop has changed your cart. Nothing has been sent yet.',
    again: 'Your cart is no longer what you were shown. Nothing has been sent yet.',
    left: 'What is left:',
    items: 'Items',
    total: 'Total, net',
    nothing: 'Nothing is left in the cart.',
    button: 'Send the cart as it is now',
    link: 'Back to the cart',
  },
  de: {
    title: 'Ihr Warenkorb hat sich ge\u00e4ndert',
    byShop: 'Der Shop hat Ihren Warenkorb ge\u00e4ndert. Es wurde noch nichts \u00fcbergeben.',
    again: 'Ihr Warenkorb ist nicht mehr so, wie er Ihnen gezeigt wurde. Es wurde noch nichts \u00fcbergeben.',
    left: 'Das ist noch darin:',
    items: 'Artikel',
    total: 'Summe, netto',
    nothing: 'Im Warenkorb ist nichts mehr.',
    button: 'Warenkorb so \u00fcbergeben, wie er jetzt ist',
    link: 'Zur\u00fcck zum Warenkorb',
  },
} as const;

const SENTENCES: Record<Language, Record<CartNotice['kind'], (item: string) => string>> = {
  en: {
    line_dropped: (item) => `${item} is no longer in your cart.`,
    quantity_changed: (item) => `${item}: the quantity is no longer the one you chose.`,
    discount_dropped: (item) => `${item}: this discount no longer applies.`,
  },
  de: {
    line_dropped: (item) => `${item} ist nicht mehr in Ihrem Warenkorb.`,
    quantity_changed: (item) => `${item}: Die Menge ist nicht mehr die, die Sie gew\u00e4hlt haben.`,
    discount_dropped: (item) => `${item}: Dieser Rabatt gilt nicht mehr.`,
  },
};

/** A notice for the buyer, with the shop's own text if there is one. */
export function noticeSentence({ kind, item, name, text }: CartNotice, language: Language): string {
  const sentence = SENTENCES[language][kind](articleText(item, name));
  return text === undefined || text === '' ? sentence : `${sentence} ${text}`;
}

interface Body {
  t: (typeof CHANGED)[Language];
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
  language,
}: {
  changed: ChangedCart;
  action: string;
  hiddenFields: readonly NameValue[];
  cartHref: string;
  language: Language;
}): string {
  const t = CHANGED[language];
  const body = render({
    t,
    text: notices.length === 0 ? t.again : t.byShop,
    notices: notices.map((notice) => noticeSentence(notice, language)),
    items: numberText(summary.itemsCount, language),
    total: amountText(summary.totalAmount, summary.currency, language),
    empty: summary.linesCount === 0,
    action,
    inputs: hiddenInputs(hiddenFields),
    cartHref,
  });
  return page({ language, title: t.title, body });
}
