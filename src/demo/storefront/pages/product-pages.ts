import type { Product } from '../../../adapters/stores/demo/catalogue/product.js';
import { type DemoTerms, priceOf } from '../../../adapters/stores/demo/price.js';
import { type Language } from '../../../http/views/texts.js';
import { amountText, numberText } from '../../../console/ui/numbers.js';
import { unitText, SHOP_TEXTS, type ShopTexts } from './shop-texts.js';
import { template } from '../../../http/views/page/template.js';
import type { CartCount } from '../cart-count.js';
import type { Visit } from '../visit.js';
import { shopPage } from './shop-page.js';

/** An article with finished texts for a page. */
interface ProductView {
  sku: string;
  href: string;
  category: string;
  name: string;
  price: string;
  /** "per 100 piece", or the unit alone. */
  per: string;
  unit: string;
  maker: string;
  /** Caption of the picture: the manufacturer's number, else ours. */
  plate: string;
  step: string;
  soldOut: boolean;
}

function productView(product: Product, { language, ...terms }: DemoTerms & { language: Language }): ProductView {
  const unit = unitText(product.unit, language);
  const basis = product.priceBasis === undefined ? '' : `${numberText(product.priceBasis, language)} `;
  return {
    sku: product.sku,
    href: `/detail/${encodeURIComponent(product.sku)}`,
    category: product.category,
    name: product.name[language],
    price: priceText(priceOf(product, '1', terms), terms.currency, language),
    per: `${language === 'de' ? 'je' : 'per'} ${basis}${unit}`,
    unit,
    maker: product.manufacturer ?? '',
    plate: product.manufacturerPartId ?? product.sku,
    step: product.step ?? '1',
    soldOut: product.soldOut === true,
  };
}

/** A unit price without trailing zeros, but with at least two digits. */
export function priceText(price: string, currency: string, language: Language): string {
  return amountText(price.replace(/(\.\d\d(?:\d*[1-9])?)0+$/, '$1'), currency, language);
}

const renderHome = template<{
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
<a class="shot <%= product.category %>" href="<%= product.href %>" tabindex="-1" aria-hidden="true">
<svg><use href="#pic-<%= product.category %>"/></svg><span><%= product.plate %></span>
</a>
<div class="text">
<h2><a href="<%= product.href %>"><%= product.name %></a></h2>
<p class="meta"><%= product.sku %><% if (product.maker) { %> &middot; <%= product.maker %><% } %></p>
<p class="price"><%= product.price %> <small><%= product.per %></small></p>
<% if (product.soldOut) { %>
<p class="out"><%= it.t.soldOut %></p>
<% } else if (it.mayBuy) { %>
<form class="buy" method="post" action="/checkout/line-item/add">
<input type="hidden" name="sku" value="<%= product.sku %>">
<input name="quantity" value="<%= product.step %>"
 inputmode="decimal" autocomplete="off" aria-label="<%= it.t.quantity %>">
<button type="submit"><%= it.t.add %></button>
</form>
<% } %>
</div>
</li>
<% } %>
</ul>`);

interface HomePage {
  visit: Visit;
  products: readonly Product[];
  count: CartCount;
  /** '' for all categories. */
  category: string;
  categoryName?: string | undefined;
  words: string;
}

/** The catalogue: everything, one category, or search results. */
export function homePage({ visit, products, count, category, categoryName, words }: HomePage): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const plain = category === '' && words === '';
  const title = words !== '' ? `\u201e${words}\u201c` : (categoryName ?? t.welcome);
  const lead = plain ? t.lead : products.length === 0 ? t.nothing : t.found(products.length);
  const body = renderHome({
    t,
    title,
    lead,
    products: products.map((product) => productView(product, visit)),
    mayBuy: session?.transmission.operation !== 'inspect',
  });
  return shopPage({
    language,
    title,
    body,
    count,
    category: words === '' ? category : undefined,
    words,
    session,
    sent,
    paths,
  });
}

interface DetailBody {
  t: ShopTexts;
  product: ProductView;
  description: string;
  facts: { label: string; value: string }[];
  tiers: { from: string; price: string }[];
  mayBuy: boolean;
}

const renderDetail = template<DetailBody>(`<div class="detail">
<div class="shot <%= it.product.category %>" aria-hidden="true">
<svg><use href="#pic-<%= it.product.category %>"/></svg><span><%= it.product.plate %></span>
</div>
<div>
<h1><%= it.product.name %></h1>
<p class="price"><%= it.product.price %> <small><%= it.product.per %>, <%= it.t.net %></small></p>
<p class="long"><%= it.description %></p>
<% if (it.product.soldOut) { %>
<p class="out"><%= it.t.soldOut %></p>
<% } else if (it.mayBuy) { %>
<form class="buy" method="post" action="/checkout/line-item/add">
<input type="hidden" name="sku" value="<%= it.product.sku %>">
<input name="quantity" value="<%= it.product.step %>"
 inputmode="decimal" autocomplete="off" aria-label="<%= it.t.quantity %>">
<button type="submit"><%= it.t.add %></button>
</form>
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

export function detailPage({ visit, product, count }: { visit: Visit; product: Product; count: CartCount }): string {
  const { language, currency, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  const view = productView(product, visit);
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
  const body = renderDetail({
    t,
    product: view,
    description: product.description[language],
    facts: facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
    tiers: (product.tiers ?? []).map(({ from }) => ({
      from: numberText(from, language),
      price: priceText(priceOf(product, from, visit), currency, language),
    })),
    mayBuy: session?.transmission.operation !== 'inspect',
  });
  return shopPage({ language, title: view.name, body, count, category: product.category, session, sent, paths });
}
