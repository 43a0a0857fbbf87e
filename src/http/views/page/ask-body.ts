import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { hiddenInputs } from './submit-script.js';
import { template } from './template.js';

/** A heading, sentences, and what may be clicked: the body of every page that asks or tells something. */
export interface AskBody {
  title: string;
  sentences: readonly string[];
  /** A button that posts; `hiddenFields` go with it. */
  post?: { action: string; label: string; hiddenFields: readonly NameValue[] };
  /** A plain link beside it; `newWindow` opens a window of its own. */
  link?: { href: string; label: string; primary?: boolean; newWindow?: boolean };
  /** Small print: reference number and error code. */
  small?: string;
}

const render = template<AskBody & { inputs: string }>(`<h1><%= it.title %></h1>
<% it.sentences.forEach((sentence, index) => { %>
<p<%~ index > 0 ? ' class="next"' : '' %>><%= sentence %></p>
<% }) %>
<% if (it.post || it.link) { %>
<div class="actions">
<% if (it.post) { %>
<form method="post" action="<%= it.post.action %>">
<%~ it.inputs %>
<button type="submit"><%= it.post.label %></button>
</form>
<% } %>
<% if (it.link) { %>
<a href="<%= it.link.href %>"<%~ it.link.primary ? ' class="button"' : '' %><%~ it.link.newWindow ? ' target="_blank" rel="noopener"' : '' %>><%= it.link.label %></a>
<% } %>
</div>
<% } %>
<% if (it.small) { %>
<p class="small"><%= it.small %></p>
<% } %>`);

export function askBody(body: AskBody): string {
  return render({ ...body, inputs: hiddenInputs(body.post?.hiddenFields ?? []) });
}
