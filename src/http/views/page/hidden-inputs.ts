import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { template } from './template.js';

const render = template<{ fields: readonly NameValue[] }>(`<% for (const field of it.fields) { %>
<input type="hidden" name="<%= field.name %>" value="<%= field.value %>">
<% } %>`);

/** Hidden fields in their order, names and values exactly as given. */
export function hiddenInputs(fields: readonly NameValue[]): string {
  return render({ fields });
}
