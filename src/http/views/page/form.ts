import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { template } from './template.js';

/** Heading, sentences and buttons: the body of every page that asks or informs. */
interface AskBody {
  title: string;
  sentences: readonly string[];
  /** A button that posts `hiddenFields`. */
  post?: { action: string; label: string; hiddenFields: readonly NameValue[] };
  /** A plain link next to the button; `newWindow` opens a new window. */
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
<a href="<%= it.link.href %>"<%~ it.link.primary ? ' class="button"' : '' %>\
<%~ it.link.newWindow ? ' target="_blank" rel="noopener"' : '' %>><%= it.link.label %></a>
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
/** Id of the form that carries a cart to a middleware (custom store integration). */
export const REPOST_FORM_ID = 'punchout_repost';
export type SubmittedForm = typeof TRANSFER_FORM_ID | typeof REPOST_FORM_ID;

/**
 * Submits before the page has loaded, so the browser keeps no history entry of it (T13). It calls the prototype's
 * method, because a field named "submit" would hide it (T17). ASCII only and constant, because the CSP contains its
 * hash.
 */
export function submitScript(formId: SubmittedForm): string {
  return `HTMLFormElement.prototype.submit.call(document.getElementById('${formId}'))`;
}

const renderScript = template<{ fields: readonly NameValue[] }>(`<% for (const field of it.fields) { %>
<input type="hidden" name="<%= field.name %>" value="<%= field.value %>">
<% } %>`);

/** Hidden fields in the given order, with names and values unchanged. */
export function hiddenInputs(fields: readonly NameValue[]): string {
  return renderScript({ fields });
}
