import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { template } from './template.js';

/** A heading, sentences, and what may be clicked: the body of every page that asks or tells something. */
interface AskBody {
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

/** Id of the form that carries a cart (connector session). */
export const TRANSFER_FORM_ID = 'punchout_transfer';
/** The same to a middleware (custom store integration). */
export const REPOST_FORM_ID = 'punchout_repost';
export type SubmittedForm = typeof TRANSFER_FORM_ID | typeof REPOST_FORM_ID;

/**
 * Submits before the page has loaded, so the browser keeps no history entry of it (T13); through the prototype,
 * because a field called "submit" would hide the method (T17). ASCII only, constant: its hash stands in the CSP.
 */
export function submitScript(formId: SubmittedForm): string {
  return `HTMLFormElement.prototype.submit.call(document.getElementById('${formId}'))`;
}

const renderScript = template<{ fields: readonly NameValue[] }>(`<% for (const field of it.fields) { %>
<input type="hidden" name="<%= field.name %>" value="<%= field.value %>">
<% } %>`);

/** Hidden fields in their order, names and values exactly as given. */
export function hiddenInputs(fields: readonly NameValue[]): string {
  return renderScript({ fields });
}
