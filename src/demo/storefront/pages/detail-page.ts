import type { Product } from '../../../adapters/stores/demo/catalogue/product.js';
import { priceOf } from '../../../adapters/stores/demo/price.js';
import { numberText } from '../../../http/views/page/amount-text.js';
import { template } from '../../../http/views/page/template.js';
import type { Visit } from '../visit.js';
import { priceText, productView, type ProductView } from './product-view.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

interface DetailBody {
  t: ShopTexts;
  product: ProductView;
  description: string;
  facts: { label: string; value: string }[];
  tiers: { from: string; price: string }[];
  mayBuy: boolean;
}

const render = template<DetailBody>(`<div class="detail">
<div class="shot <%= it.product.category %>" aria-hidden="true"><svg><use href="#pic-<%= it.product.category %>"/></svg><span><%= it.product.plate %></span></div>
<div>
<h1><%= it.product.name %></h1>
<p class="price"><%= it.product.price %> <small><%= it.product.per %>, <%= it.t.net %></small></p>
<p class="long"><%= it.description %></p>
<% if (it.product.soldOut) { %>
<p class="out"><%= it.t.soldOut %></p>
<% } else if (it.mayBuy) { %>
<form class="buy" method="post" action="/checkout/line-item/add"><input type="hidden" name="sku" value="<%= it.product.sku %>"><input name="quantity" value="<%= it.product.step %>" inputmode="decimal" autocomplete="off" aria-label="<%= it.t.quantity %>"><button type="submit"><%= it.t.add %></button></form>
<% } %>
<table class="facts">
<% for (const fact of it.facts) { %>
<tr><th scope="row"><%= fact.label %></th><td><%= fact.value %></td></tr>
<% } %>
</table>
<% if (it.tiers.length > 0) { %>
<table class="facts"><thead><tr><th><%= it.t.tiers %></th><th class="num"><%= it.t.price %></th></tr></thead>
<% for (const tier of it.tiers) { %>
<tr><td><%= it.t.from %> <%= tier.from %></td><td class="num"><%= tier.price %></td></tr>
<% } %>
</table>
<% } %>
</div>
</div>`);

export function detailPage({
  visit,
  product,
  itemsCount,
}: {
  visit: Visit;
  product: Product;
  itemsCount: string;
}): string {
  const { language, currency, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const view = productView(product, language, currency);
  const facts: [string, string | undefined][] = [
    [t.article, product.sku],
    [t.maker, product.manufacturer],
    [t.makerPart, product.manufacturerPartId],
    ['GTIN', product.gtin],
    ['UNSPSC', product.unspsc],
    ['eCl@ss', product.eclass],
    [t.unit, `${view.unit} (${product.unit})`],
    [t.step, product.step],
    [t.delivery, product.leadTimeDays === undefined ? undefined : t.days(product.leadTimeDays)],
    [t.tax, `${product.taxRate ?? '19'} %`],
  ];
  const body = render({
    t,
    product: view,
    description: product.description[language],
    facts: facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
    tiers: (product.tiers ?? []).map(({ from }) => ({
      from: numberText(from, language),
      price: priceText(priceOf(product, from, currency), currency, language),
    })),
    mayBuy: session?.transmission.operation !== 'inspect',
  });
  return shopPage({ language, title: view.name, body, itemsCount, category: product.category, session, sent, paths });
}
