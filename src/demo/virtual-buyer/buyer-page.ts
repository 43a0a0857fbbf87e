import { asciiHtml } from '../../http/views/page/ascii-html.js';
import { hashSource, SUBMIT_SCRIPT_SOURCE } from '../../http/views/page/page-csp.js';
import { submitScript, TRANSFER_FORM_ID } from '../../http/views/page/submit-script.js';
import { template } from '../../http/views/page/template.js';
import { BUYER_STYLE } from './buyer-style.js';

export interface BuyerPage {
  title: string;
  /** HTML made by a template. */
  body: string;
  /** Submits the form with TRANSFER_FORM_ID at once. */
  submits?: boolean;
}

const render = template<BuyerPage & { style: string; script: string }>(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= it.title %> - virtual buyer</title>
<link rel="icon" href="data:,">
<style><%~ it.style %></style>
</head>
<body>
<header class="bar"><div><a href="/virtual-buyer" target="_top">Virtual buyer</a><span>a procurement system for trying things out</span></div></header>
<main>
<%~ it.body %>
</main>
<% if (it.submits) { %>
<script><%~ it.script %></script>
<% } %>
</body>
</html>
`);

/** A whole page of the virtual buyer. */
export function buyerPage(page: BuyerPage): string {
  return asciiHtml(render({ ...page, style: BUYER_STYLE, script: submitScript(TRANSFER_FORM_ID) }));
}

/** Its policy: may show the shop in a frame, and post a call-up to it. */
export function buyerCsp(shopOrigin: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashSource(BUYER_STYLE)}`,
    `script-src ${SUBMIT_SCRIPT_SOURCE}`,
    'img-src data:',
    "base-uri 'none'",
    `form-action 'self' ${shopOrigin}`,
    `frame-src 'self' ${shopOrigin}`,
    "frame-ancestors 'self'",
  ].join('; ');
}
