import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { hiddenInputs, REPOST_FORM_ID, type SubmittedForm, TRANSFER_FORM_ID } from './page/form.js';
import { page } from './page/layout.js';
import { template } from './page/template.js';
import { filled, type LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';

import { amountText, numberText } from '../../console/ui/numbers.js';

interface TransferBody {
  payload: TransferPayload;
  texts: LanguageTexts['unchanged'];
  labels: Pick<LanguageTexts['transfer'], 'items' | 'total'>;
  text: string;
  host: string;
  items: string;
  total: string;
  inputs: string;
  formId: string;
}

const render = template<TransferBody>(`<h1><%= it.texts.title %></h1>
<p><%= it.text %></p>
<div class="thread" aria-hidden="true"></div>
<dl>
<% if (!it.payload.unchanged) { %><dt><%= it.labels.items %></dt><dd><%= it.items %></dd>
<dt><%= it.labels.total %></dt><dd><%= it.total %></dd>
<% } %><dt><%= it.texts.target %></dt><dd><%= it.host %></dd>
</dl>
<p class="next"><%= it.texts.fallback %></p>
<form id="<%= it.formId %>" method="<%= it.payload.method %>" action="<%= it.payload.action %>"\
 target="<%= it.payload.target %>" accept-charset="<%= it.payload.charset %>">
<%~ it.inputs %>
<div class="actions"><button type="submit"><%= it.texts.button %></button></div>
</form>`);

/**
 * The page that carries a cart to the buyer (connector session, T13, T17). It submits itself and has a button for
 * browsers that do not. For a session that changes nothing it says so and names no items. Declare it in
 * `payload.charset`; send `pageCsp({ script: true, ... })` and `Cache-Control: no-store` with it.
 */
export function transferPage({ payload, texts }: { payload: TransferPayload; texts: LanguageTexts }): string {
  const shown = texts[payload.unchanged === true ? 'unchanged' : 'transfer'];
  const host = hostOf(payload.action);
  const { summary } = payload;
  const formId = formIdOf(payload);
  const body = render({
    payload,
    texts: shown,
    labels: texts.transfer,
    text: filled(shown.text, { host }),
    host,
    items: numberText(summary.itemsCount, texts.language),
    total: amountText(summary.totalAmount, summary.currency, texts.language),
    inputs: hiddenInputs(payload.fields),
    formId,
  });
  return page({ language: texts.language, title: shown.title, body, charset: payload.charset, submits: formId });
}

/** The form that the page submits. */
export function formIdOf({ kind }: Pick<TransferPayload, 'kind'>): SubmittedForm {
  return kind === 'repost' ? REPOST_FORM_ID : TRANSFER_FORM_ID;
}

/** The part of an address that a person recognises: its host, or the scheme of `SAPEVENT:POST`. */
export function hostOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { host, protocol } = new URL(url);
  return host === '' ? (protocol === 'sapevent:' ? 'SAP' : protocol.slice(0, -1)) : host;
}
