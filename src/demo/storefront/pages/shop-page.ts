import { CATEGORIES } from '../../../adapters/stores/demo/catalogue/catalogue.js';
import { DEMO_CURRENCIES, demoCurrency } from '../../../adapters/stores/demo/price.js';
import { type Language } from '../../../http/views/texts.js';
import { numberText } from '../../../console/ui/numbers.js';
import { asciiHtml, template } from '../../../http/views/page/template.js';
import { hashSource } from '../../../http/views/page/page-csp.js';
import type { CartCount } from '../cart-count.js';
import type { ShopPaths, ShopSentCart, ShopSession } from '../visit.js';
import { SHOP_STYLE } from './shop-style.js';
import { countText, SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

export const SHOP_STYLE_SOURCE = hashSource(SHOP_STYLE);

interface ShopFrame {
  language: Language;
  title: string;
  /** HTML from a template. */
  body: string;
  /** Of the cart; an empty one is not shown. */
  count?: CartCount;
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
  /** The person and the organisation of the punchout. */
  buyer: string;
  banner?: { operation: string; paths: ShopPaths } | undefined;
  /** Of the cart; absent for an empty one. */
  badge?: { number: string; text: string } | undefined;
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
<a class="skip" href="#content"><%= it.t.skip %></a>
<%~ it.pictures %>
<% if (it.banner) { %>
<aside class="punchout"><div class="wrap">
<p><%= it.t.shoppingFor %> <strong><%= it.buyer %></strong>.
<% if (it.banner.operation === 'inspect') { %>
 <%= it.t.lookOnly %>
<% } %>
</p>
<% if (it.banner.operation !== 'inspect') { %>
<form method="post" action="<%= it.banner.paths.transfer %>"><button type="submit"><%= it.t.transfer %></button></form>
<% } %>
<% const back = it.banner.paths.returnUnchanged ?? it.banner.paths.logout; %>
<% const label = it.banner.operation === 'create' ? it.t.leave : it.t.unchanged; %>
<form method="post" action="<%= back %>"><button type="submit" class="quiet"><%= label %></button></form>
</div></aside>
<% } else if (it.sent) { %>
<% const hasCart = it.sent.transmission.status === 'transferred'; %>
<% const label = hasCart ? it.t.resendCart : it.t.resend; %>
<aside class="punchout"><div class="wrap">
<p><%= hasCart ? it.t.sentTo : it.t.returnedTo %> <strong><%= it.buyer %></strong>. <%= it.t.notArrived %></p>
<form method="post" action="<%= it.sent.resend %>"><button type="submit"><%= label %></button></form>
</div></aside>
<% } %>
<header class="top"><div class="wrap">
<a class="brand" href="/">
<svg aria-hidden="true"><use href="#pic-star"/></svg>
<span><b>Nordlicht</b><span><%= it.t.claim %></span></span>
</a>
<form class="search" method="get" action="/search" role="search">
<input type="search" name="search" value="<%= it.words ?? '' %>"
 placeholder="<%= it.t.search %>" aria-label="<%= it.t.search %>">
<button type="submit"><%= it.t.find %></button>
</form>
<nav class="tools" aria-label="<%= it.t.tools %>">
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
<a href="/checkout/cart"><%= it.t.cart %>
<% if (it.badge) { %>
 <span class="count" aria-hidden="true"><%= it.badge.number %></span><span class="unseen"><%= it.badge.text %></span>
<% } %>
</a>
</nav>
</div></header>
<nav class="rooms" aria-label="<%= it.t.rooms %>"><div class="wrap">
<a href="/"<%~ it.category === '' ? ' aria-current="page"' : '' %>><%= it.t.all %></a>
<% for (const category of it.categories) { %>
<% const current = it.category === category.id ? ' aria-current="page"' : ''; %>
<a href="/?category=<%= category.id %>"<%~ current %>><%= category.name %></a>
<% } %>
</div></nav>
<main class="wrap" id="content" tabindex="-1">
<%~ it.body %>
</main>
<footer class="foot"><div class="wrap"><%= it.t.foot %></div></footer>
</body>
</html>
`);

/** A whole page of the demo shop. */
export function shopPage(frame: ShopFrame): string {
  const { language, session, sent, paths, count } = frame;
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
      badge: count === undefined || count.articles === 0 ? undefined : badgeOf(count, language),
    }),
  );
}

function badgeOf(count: CartCount, language: Language): { number: string; text: string } {
  return { number: numberText(count.pieces, language), text: countText(count, language) };
}

function namesOf(session: ShopSession | undefined): string {
  const { name, company = session?.connection.name } = session?.transmission.request.buyer ?? {};
  return [name, company].filter((each) => each !== undefined && each !== '').join(', ');
}

/** Currencies and languages that a buyer may switch to; the visitor's language is in a link. */
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

/** Line drawings, one per category and a star, as symbols for `<use href="#pic-...">`. */
const PICTURES = `<svg class="sprite" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">
<symbol id="pic-star" viewBox="0 0 32 32"><path fill="#f2a65a" d="M16 1l3 12 12 3-12 3-3 12-3-12L1 16l12-3z"/>
<path fill="none" stroke="#8fd0c4" stroke-width="1.4" d="M3 27c5-5 9-2 13-4s7-6 13-4"/></symbol>
<symbol id="pic-tools" viewBox="0 0 48 48"><path d="M12 14c4-5 11-6 17-3l5-3 4 6-5 4-3-2c-5-3-11-3-15-1z"/>
<path d="M23 16l5 3-9 23c-1 2-6 1-6-2z"/><path d="M17 31l5 2"/></symbol>
<symbol id="pic-fasteners" viewBox="0 0 48 48"><path d="M8 16l6-8 10 0 6 8-6 7H14z"/>
<path d="M16 23v19h6V23M16 28l6 2M16 33l6 2M16 38l6 2"/><path d="M33 28l4-4 6 3 1 6-5 4-6-2z"/>
<circle cx="38" cy="31" r="2.6"/></symbol>
<symbol id="pic-electrical" viewBox="0 0 48 48"><path d="M17 6v9M27 6v9M12 15h20v7c0 6-4 9-10 9s-10-3-10-9z"/>
<path d="M22 31v4c0 9 16 8 16-1 0-6 5-6 6-3"/></symbol>
<symbol id="pic-safety" viewBox="0 0 48 48"><path d="M6 32c0-12 7-20 18-20s18 8 18 20z"/>
<path d="M3 32h42v4H3zM20 12v12h8V12M13 16l3 10M35 16l-3 10"/></symbol>
<symbol id="pic-warehouse" viewBox="0 0 48 48"><path d="M6 15L24 6l18 9v19l-18 9-18-9z"/>
<path d="M6 15l18 9 18-9M24 24v19M15 10l18 9v7"/></symbol>
<symbol id="pic-cleaning" viewBox="0 0 48 48"><path d="M18 6h11v6H18zM29 7l7 2M18 9h-5l-3 5"/>
<path d="M20 12v6c-5 3-7 6-7 11v11c0 2 1 3 3 3h15c2 0 3-1 3-3V29c0-5-2-8-7-11v-6"/><path d="M13 27h21M13 36h21"/>
</symbol>
<symbol id="pic-office" viewBox="0 0 48 48"><path d="M9 6h21l8 8v28H9z"/>
<path d="M30 6v8h8M15 20h17M15 26h17M15 32h10"/></symbol>
</svg>`;
