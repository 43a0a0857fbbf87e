import { template } from '../../../http/views/page/template.js';
import type { Language } from '../../../http/views/texts.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS, type ShopTexts } from './shop-texts.js';
import type { Visit } from '../visit.js';

interface Notice {
  title: string;
  message: string;
  /** Shown in small print. */
  code?: string | undefined;
  href: string;
  link: string;
}

const render = template<Notice>(`<h1><%= it.title %></h1>
<div class="sheet narrow">
<p><%= it.message %></p>
<a class="button" href="<%= it.href %>"><%= it.link %></a>
<% if (it.code) { %>
<p class="meta"><br><%= it.code %></p>
<% } %>
</div>`);

/** A page with one sentence and a link: for refusals and other short messages. */
export function noticePage({
  language,
  message,
  code,
  title,
  href,
  link,
}: { language: Language; message: string } & Partial<Notice>): string {
  const t = SHOP_TEXTS[language];
  const notice = { title: title ?? t.problem, message, code, href: href ?? '/', link: link ?? t.back };
  return shopPage({ language, title: notice.title, body: render(notice) });
}

const renderLogin = template<{ t: ShopTexts; refused: boolean }>(`<h1><%= it.t.loginTitle %></h1>
<% if (it.refused) { %>
<p class="note bad"><%= it.t.noAccounts %></p>
<% } %>
<form class="sheet narrow" method="post" action="/account/login">
<label class="field"><span><%= it.t.email %></span><input name="username" type="email" autocomplete="username"></label>
<label class="field"><span><%= it.t.password %></span>
<input name="password" type="password" autocomplete="current-password"></label>
<button type="submit"><%= it.t.login %></button>
</form>`);

export function loginPage({ visit, refused }: { visit: Visit; refused: boolean }): string {
  const { language, session, sent, paths } = visit;
  const t = SHOP_TEXTS[language];
  return shopPage({ language, title: t.loginTitle, body: renderLogin({ t, refused }), session, sent, paths });
}
