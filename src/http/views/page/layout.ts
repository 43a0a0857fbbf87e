import { asciiHtml, template } from './template.js';
import { type SubmittedForm, submitScript } from './form.js';

interface PageFrame {
  /** BCP 47 */
  language: string;
  title: string;
  /** HTML written by a template. */
  body: string;
  /** Charset that the page declares. The bytes are ASCII in any case. Default utf-8. */
  charset?: string;
  /** The form that is submitted at once. */
  submits?: SubmittedForm;
  /** Redirect for browsers without script. */
  refreshTo?: string;
  /** Default 0. */
  refreshAfterSeconds?: number;
  /**
   * The page leads to the buyer's system, so our origin is sent as referrer. Default: true for pages that submit a
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

/** A whole page. The same values give the same bytes, all of them ASCII. */
export function page(frame: PageFrame): string {
  return asciiHtml(
    render({ ...frame, style: PAGE_STYLE, script: frame.submits === undefined ? '' : submitScript(frame.submits) }),
  );
}

/**
 * The stylesheet of the connector's pages, inlined. ASCII only and constant, because the CSP contains its hash. The
 * motif is a punched card: a row of holes along the upper edge.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#f4f1ea;--card:#fffdf8;--ink:#23272b;--soft:#5d6468;--line:#d9d3c6;
  --accent:#1f5c4d;--on-accent:#fff;--hole:#e6e0d3}
@media (prefers-color-scheme:dark){:root{--paper:#16191a;--card:#1f2324;--ink:#e9e6df;--soft:#a3a9a8;--line:#363c3d;
  --accent:#7cc4ae;--on-accent:#10201b;--hole:#14181a}}
*{box-sizing:border-box}
html{font:16px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
  background:var(--paper);color:var(--ink)}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:1.25rem}
main{width:100%;max-width:30rem;background:var(--card);border:1px solid var(--line);border-radius:4px 18px 4px 4px;
  padding:0 1.75rem 1.75rem;overflow-wrap:anywhere}
.punch{height:2.9rem;margin:0 -.25rem .9rem;border-bottom:1px solid var(--line);
  background:radial-gradient(circle at 50% 50%,var(--hole) 0 .24rem,transparent .27rem) 0 50%/1.12rem 1.12rem repeat-x}
h1{font:600 1.4rem/1.25 ui-serif,Charter,"Iowan Old Style",Georgia,serif;margin:0 0 .6rem;letter-spacing:-.005em}
p{margin:0 0 .9rem}
.next{color:var(--soft)}
ul{margin:0 0 .9rem;padding-left:1.2rem}
li{margin:0 0 .3rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1.1rem;margin:1.1rem 0;padding:.85rem 0;
  border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
.actions{display:flex;flex-wrap:wrap;gap:.65rem 1.1rem;align-items:center;margin-top:1.3rem}
.actions form{display:contents}
button,.button{font:inherit;font-weight:600;border:1px solid var(--accent);background:var(--accent);
  color:var(--on-accent);border-radius:4px;padding:.6rem 1.1rem;cursor:pointer;text-decoration:none;
  display:inline-block}
button:hover,.button:hover{filter:brightness(1.1)}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.small{font-size:.84rem;color:var(--soft);margin:1.3rem 0 0}
code{font:.95em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.thread{position:relative;height:3px;margin:1.2rem 0;background:var(--line);border-radius:2px;overflow:hidden}
.thread::after{content:"";position:absolute;inset:0 auto 0 0;width:34%;background:var(--accent);border-radius:2px;
  animation:run 1.5s ease-in-out infinite}
@keyframes run{from{transform:translateX(-105%)}to{transform:translateX(300%)}}
@media (prefers-reduced-motion:reduce){.thread::after{animation:none;width:100%}}
@media (max-width:26rem),(max-height:26rem){body{padding:.6rem;align-items:flex-start}main{padding:0 1.1rem 1.1rem}
  .punch{height:2rem;margin-bottom:.7rem}.actions button,.actions .button{width:100%;text-align:center}}
`;
