import { askBody, hiddenInputs, TRANSFER_FORM_ID } from './page/form.js';
import { page } from './page/layout.js';
import { filled, type LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';

import { numberText } from '../../console/ui/numbers.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { template } from './page/template.js';

/**
 * Answer to an OCI call-up (PunchOut Session API): redirects the browser to the start URL, with a link in case refresh
 * is switched off.
 */
export function ociRedirectPage({ startUrl, texts }: { startUrl: string; texts: LanguageTexts }): string {
  const { title, text, link } = texts.redirect;
  return page({
    language: texts.language,
    title,
    refreshTo: startUrl,
    tellsOrigin: true,
    body: askBody({ title, sentences: [text], link: { href: startUrl, label: link, primary: true } }),
  });
}

const render = template<{
  title: string;
  text: string;
  button: string;
  payload: TransferPayload;
  inputs: string;
  formId: string;
  empty: boolean;
}>(`<h1><%= it.title %></h1>
<p><%= it.text %></p>
<form id="<%= it.formId %>" method="<%= it.payload.method %>" action="<%= it.payload.action %>"\
 target="<%= it.payload.target %>" accept-charset="<%= it.payload.charset %>">
<%~ it.inputs %>
<% if (!it.empty) { %>
<div class="actions"><button type="submit"><%= it.button %></button></div>
<% } %>
</form>`);

/**
 * All hits of a BACKGROUND_SEARCH as one return form. The buyer's server reads it, so it never submits itself (oci.md
 * 2).
 */
export function searchHitsPage({ payload, texts }: { payload: TransferPayload; texts: LanguageTexts }): string {
  const { title, none, text, button } = texts.hits;
  const { linesCount } = payload.summary;
  const body = render({
    title,
    text: linesCount === 0 ? none : filled(text, { count: numberText(String(linesCount), texts.language) }),
    button,
    payload,
    inputs: hiddenInputs(payload.fields),
    formId: TRANSFER_FORM_ID,
    empty: linesCount === 0,
  });
  return page({ language: texts.language, title, body, charset: payload.charset, tellsOrigin: true });
}
