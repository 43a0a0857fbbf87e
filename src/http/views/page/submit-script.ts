import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { template } from './template.js';

/** Id of the form that carries a cart (source 000). */
export const TRANSFER_FORM_ID = 'punchout_transfer';
/** The same to a middleware (source 004). */
export const REPOST_FORM_ID = 'punchout_repost';
export type SubmittedForm = typeof TRANSFER_FORM_ID | typeof REPOST_FORM_ID;

/**
 * Submits before the page has loaded, so the browser keeps no history entry of it (SECURITY T13); through the prototype,
 * because a field called "submit" would hide the method (T17). ASCII only, constant: its hash stands in the CSP.
 */
export function submitScript(formId: SubmittedForm): string {
  return `HTMLFormElement.prototype.submit.call(document.getElementById('${formId}'))`;
}

const render = template<{ fields: readonly NameValue[] }>(`<% for (const field of it.fields) { %>
<input type="hidden" name="<%= field.name %>" value="<%= field.value %>">
<% } %>`);

/** Hidden fields in their order, names and values exactly as given. */
export function hiddenInputs(fields: readonly NameValue[]): string {
  return render({ fields });
}
