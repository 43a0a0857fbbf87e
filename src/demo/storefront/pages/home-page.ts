import type { Product } from '../../../adapters/stores/demo/catalogue/product.js';
import { template } from '../../../http/views/page/template.js';
import type { Visit } from '../visit.js';
import { productView, type ProductView } from './product-view.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

const render = template<{
  t: ShopTexts;
  title: string;
  lead: string;
  products: ProductView[];
  mayBuy: boolean;
}>(`<h1><%= it.title %></h1>
<p class="lead"><%= it.lead %></p>
<ul class="grid">
<% for (const product of it.products) { %>
<li class="card">
<a class="shot <%= product.category %>" href="<%= product.href %>" tabindex="-1" aria-hidden="true"><svg><use href="#pic-<%= product.category %>"/></svg><span><%= product.plate %></span></a>
<div class="text">
<h2><a href="<%= product.href %>"><%= product.name %></a></h2>
<p class="meta"><%= product.sku %><% if (product.maker) { %> &middot; <%= product.maker %><% } %></p>
<p class="price"><%= product.price %> <small><%= product.per %></small></p>
<% if (product.soldOut) { %>
<p class="out"><%= it.t.soldOut %></p>
<% } else if (it.mayBuy) { %>
<form class="buy" method="post" action="/checkout/line-item/add"><input type="hidden" name="sku" value="<%= product.sku %>"><input name="quantity" value="<%= product.step %>" inputmode="decimal" autocomplete="off" aria-label="<%= it.t.quantity %>"><button type="submit"><%= it.t.add %></button></form>
<% } %>
</div>
</li>
<% } %>
</ul>`);

export interface HomePage {
  visit: Visit;
  products: readonly Product[];
  itemsCount: string;
  /** '' for all. */
  category: string;
  categoryName?: string | undefined;
  words: string;
}

/** The catalogue, whole, by category or by search. */
export function homePage({ visit, products, itemsCount, category, categoryName, words }: HomePage): string {
  const { language, currency, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const plain = category === '' && words === '';
  const title = words !== '' ? `\u201e${words}\u201c` : (categoryName ?? t.welcome);
  const lead = plain ? t.lead : products.length === 0 ? t.nothing : t.found(products.length);
  const body = render({
    t,
    title,
    lead,
    products: products.map((product) => productView(product, language, currency)),
    mayBuy: session?.transmission.operation !== 'inspect',
  });
  return shopPage({
    language,
    title,
    body,
    itemsCount,
    category: words === '' ? category : undefined,
    words,
    session,
    sent,
    paths,
  });
}
