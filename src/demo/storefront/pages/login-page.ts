import { template } from '../../../http/views/page/template.js';
import type { Visit } from '../visit.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';

const render = template<{ t: ShopTexts; refused: boolean }>(`<h1><%= it.t.loginTitle %></h1>
<% if (it.refused) { %>
<p class="note bad"><%= it.t.noAccounts %></p>
<% } %>
<form class="sheet narrow" method="post" action="/account/login">
<label class="field"><span><%= it.t.email %></span><input name="username" type="email" autocomplete="username"></label>
<label class="field"><span><%= it.t.password %></span><input name="password" type="password" autocomplete="current-password"></label>
<button type="submit"><%= it.t.login %></button>
</form>`);

export function loginPage({ visit, refused }: { visit: Visit; refused: boolean }): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  return shopPage({ language, title: t.loginTitle, body: render({ t, refused }), session, sent, paths });
}
