import { CATEGORIES } from '../../../adapters/stores/demo/catalogue/catalogue.js';
import { DEMO_CURRENCIES, demoCurrency } from '../../../adapters/stores/demo/price.js';
import { numberText } from '../../../http/views/page/amount-text.js';
import { asciiHtml } from '../../../http/views/page/ascii-html.js';
import { hashSource } from '../../../http/views/page/page-csp.js';
import { template } from '../../../http/views/page/template.js';
import type { Language } from '../../../http/views/texts.js';
import type { ShopPaths, ShopSentCart, ShopSession } from '../shop-connector.js';
import { PICTURES } from './pictures.js';
import { SHOP_STYLE } from './shop-style.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

export const SHOP_STYLE_SOURCE = hashSource(SHOP_STYLE);

export interface ShopFrame {
  language: Language;
  title: string;
  /** HTML made by a template. */
  body: string;
  /** Sum of quantities in the cart; '0' shows nothing. */
  itemsCount?: string;
  category?: string | undefined;
  words?: string | undefined;
  session?: ShopSession | undefined;
  sent?: ShopSentCart | undefined;
  paths?: ShopPaths | undefined;
}

interface FrameData extends ShopFrame {
  t: ShopTexts;
  style: string;
  pictures: string;
  categories: { id: string; name: string }[];
  switches?: Switch[] | undefined;
  /** The person and the organisation that the punchout is for. */
  buyer: string;
  banner?: { operation: string; paths: ShopPaths } | undefined;
}

interface Switch {
  name: 'currency' | 'language';
  chosen: string;
  choices: { value: string; text: string }[];
}

const render = template<FrameData>(`<!DOCTYPE html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= it.title %> - Nordlicht</title>
<link rel="icon" href="data:,">
<style><%~ it.style %></style>
</head>
<body>
<%~ it.pictures %>
<% if (it.banner) { %>
<aside class="punchout"><div class="wrap">
<p><%= it.t.shoppingFor %> <strong><%= it.buyer %></strong>.<% if (it.banner.operation === 'inspect') { %> <%= it.t.lookOnly %><% } %></p>
<% if (it.banner.operation !== 'inspect') { %>
<form method="post" action="<%= it.banner.paths.transfer %>"><button type="submit"><%= it.t.transfer %></button></form>
<% } %>
<form method="post" action="<%= it.banner.paths.returnUnchanged ?? it.banner.paths.logout %>"><button type="submit" class="quiet"><%= it.banner.operation === 'create' ? it.t.leave : it.t.unchanged %></button></form>
</div></aside>
<% } else if (it.sent) { %>
<aside class="punchout"><div class="wrap">
<p><%= it.sent.transmission.status === 'transferred' ? it.t.sentTo : it.t.returnedTo %> <strong><%= it.buyer %></strong>. <%= it.t.notArrived %></p>
<form method="post" action="<%= it.sent.resend %>"><button type="submit"><%= it.sent.transmission.status === 'transferred' ? it.t.resendCart : it.t.resend %></button></form>
</div></aside>
<% } %>
<header class="top"><div class="wrap">
<a class="brand" href="/"><svg aria-hidden="true"><use href="#pic-star"/></svg><span><b>Nordlicht</b><span><%= it.t.claim %></span></span></a>
<form class="search" method="get" action="/search" role="search"><input type="search" name="search" value="<%= it.words ?? '' %>" placeholder="<%= it.t.search %>" aria-label="<%= it.t.search %>"><button type="submit"><%= it.t.find %></button></form>
<nav class="tools">
<% if (it.switches) { %>
<form class="switch" method="post" action="/context" aria-label="<%= it.t.context %>">
<% for (const group of it.switches) { %>
<span role="group" aria-label="<%= it.t[group.name] %>">
<% for (const { value, text } of group.choices) { %>
<button name="<%= group.name %>" value="<%= value %>" aria-pressed="<%= value === group.chosen %>"><%= text %></button>
<% } %>
</span>
<% } %>
</form>
<% } %>
<% if (!it.banner) { %>
<a href="?lang=<%= it.language === 'de' ? 'en' : 'de' %>"><%= it.t.other %></a>
<a href="/account"><%= it.t.account %></a>
<% } %>
<a href="/checkout/cart"><%= it.t.cart %><% if (it.itemsCount !== '0') { %> <span class="count"><%= it.itemsCount %></span><% } %></a>
</nav>
</div></header>
<nav class="rooms"><div class="wrap">
<a href="/"<%~ it.category === '' ? ' aria-current="page"' : '' %>><%= it.t.all %></a>
<% for (const category of it.categories) { %>
<a href="/?category=<%= category.id %>"<%~ it.category === category.id ? ' aria-current="page"' : '' %>><%= category.name %></a>
<% } %>
</div></nav>
<main class="wrap">
<%~ it.body %>
</main>
<footer class="foot"><div class="wrap"><%= it.t.foot %></div></footer>
</body>
</html>
`);

/** A whole page of the demo shop. */
export function shopPage(frame: ShopFrame): string {
  const { language, session, sent, paths } = frame;
  const banner =
    session === undefined || paths === undefined ? undefined : { operation: session.transmission.operation, paths };
  const categories = CATEGORIES.map(({ id, name }) => ({ id, name: name[language] }));
  return asciiHtml(
    render({
      ...frame,
      t: SHOP_TEXTS[language],
      style: SHOP_STYLE,
      pictures: PICTURES,
      categories,
      banner,
      buyer: namesOf(session ?? sent),
      switches: session === undefined ? undefined : switchesOf(session, language),
      itemsCount: numberText(frame.itemsCount ?? '0', language),
    }),
  );
}

function namesOf(session: ShopSession | undefined): string {
  const { name, company = session?.connection.name } = session?.transmission.request.buyer ?? {};
  return [name, company].filter((each) => each !== undefined && each !== '').join(', ');
}

/** What a buyer may shop in; the visitor's language stands in a link. */
function switchesOf({ transmission }: ShopSession, language: Language): Switch[] {
  return [
    {
      name: 'currency',
      chosen: demoCurrency(transmission.cart?.handle?.['currency'] ?? transmission.request.currency),
      choices: DEMO_CURRENCIES.map((code) => ({ value: code, text: code })),
    },
    {
      name: 'language',
      chosen: language,
      choices: ['de', 'en'].map((tag) => ({ value: tag, text: tag.toUpperCase() })),
    },
  ];
}
