import { asciiHtml } from './ascii-html.js';
import { PAGE_STYLE } from './page-style.js';
import { type SubmittedForm, submitScript } from './submit-script.js';
import { template } from './template.js';
import type { Language } from '../texts.js';

export interface PageFrame {
  language: Language;
  title: string;
  /** HTML made by a template. */
  body: string;
  /** Charset that the page declares; its bytes are ASCII in any case. Default utf-8. */
  charset?: string;
  /** The form that is submitted at once. */
  submits?: SubmittedForm;
  /** Where a browser is sent without script. */
  refreshTo?: string;
  /** Default 0. */
  refreshAfterSeconds?: number;
  /**
   * The page leads to the buyer's system, which gets our origin as referrer. Default: true for pages that submit a
   * form.
   */
  tellsOrigin?: boolean;
}

interface FrameData extends PageFrame {
  style: string;
  script: string;
}

const render = template<FrameData>(`<!DOCTYPE html>
<html lang="<%= it.language %>">
<head>
<meta charset="<%= it.charset ?? 'utf-8' %>">
<% if (it.refreshTo !== undefined) { %>
<meta http-equiv="refresh" content="<%= it.refreshAfterSeconds ?? 0 %>;url=<%= it.refreshTo %>">
<% } %>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="<%= it.tellsOrigin ?? it.submits ? 'strict-origin' : 'same-origin' %>">
<meta name="robots" content="noindex">
<title><%= it.title %></title>
<link rel="icon" href="data:,">
<style><%~ it.style %></style>
</head>
<body>
<main>
<div class="punch" aria-hidden="true"></div>
<%~ it.body %>
</main>
<% if (it.submits) { %>
<script><%~ it.script %></script>
<% } %>
</body>
</html>
`);

/** A whole page: the same values give the same bytes, and all of them are ASCII. */
export function page(frame: PageFrame): string {
  return asciiHtml(
    render({ ...frame, style: PAGE_STYLE, script: frame.submits === undefined ? '' : submitScript(frame.submits) }),
  );
}
