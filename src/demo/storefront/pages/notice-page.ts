import { template } from '../../../http/views/page/template.js';
import type { Language } from '../../../http/views/texts.js';
import { shopPage } from './shop-page.js';
import { SHOP_TEXTS } from './shop-texts.js';

interface Notice {
  title: string;
  message: string;
  /** Small print. */
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

/** One sentence and a way on: refusals, and pages that have nothing else to say. */
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
