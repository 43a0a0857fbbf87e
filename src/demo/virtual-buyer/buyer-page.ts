import { asciiHtml, template } from '../../http/views/page/template.js';
import { hashSource, SUBMIT_SCRIPT_SOURCE } from '../../http/views/page/page-csp.js';
import { submitScript, TRANSFER_FORM_ID } from '../../http/views/page/form.js';

interface BuyerPage {
  title: string;
  /** HTML from a template. */
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
<header class="bar"><div>
<a href="/virtual-buyer" target="_top">Virtual buyer</a><span>a procurement system for trying things out</span>
</div></header>
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

/** Content security policy: the page may show the shop in a frame, and post a call-up to it. */
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

/** Style sheet of the virtual buyer: a plain procurement system, clearly not the shop. ASCII only, constant. */
const BUYER_STYLE = `
:root{color-scheme:light dark;--ground:#f3f4f8;--sheet:#fff;--ink:#22252f;--soft:#636979;--line:#d8dbe5;--bar:#2b2f52;
  --on-bar:#f4f5fb;--key:#3d47a8;--on-key:#fff;--bad:#a8322a;--good:#2d6a4f;--code:#f7f8fb}
@media (prefers-color-scheme:dark){
:root{--ground:#131419;--sheet:#1c1e26;--ink:#e6e7ee;--soft:#a0a5b5;--line:#333748;--bar:#1d2040;--on-bar:#e9eaf6;
  --key:#98a2ff;--on-key:#14163a;--bad:#ff9d94;--good:#7cc4a0;--code:#16181f}
}
*{box-sizing:border-box}
html{font:15.5px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
  background:var(--ground);color:var(--ink)}
body{margin:0}
.bar{background:var(--bar);color:var(--on-bar)}
.bar div,main{max-width:70rem;margin:0 auto;padding:.8rem 1.25rem}
.bar a{color:inherit;text-decoration:none;font-weight:650}
.bar span{opacity:.75;margin-left:.6rem;font-size:.9rem}
main{padding-block:1.6rem 3rem}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 .7rem;letter-spacing:-.01em}
h2{font-size:1.02rem;margin:1.8rem 0 .6rem}
p{margin:0 0 1rem;max-width:44rem}
a{color:var(--key)}
:focus-visible{outline:3px solid var(--key);outline-offset:2px}
.soft{color:var(--soft)}
.choices{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1.1rem;margin:1.4rem 0}
.choice,.sheet{background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:1.2rem 1.3rem}
.choice{display:flex;flex-direction:column}
.choice h2{margin:0 0 .4rem;font-size:1.15rem}
.choice p{flex:1}
button{font:inherit;font-weight:600;border:0;background:var(--key);color:var(--on-key);border-radius:5px;
  padding:.6rem 1.1rem;cursor:pointer}
button:hover{filter:brightness(1.1)}
ol{padding-left:1.3rem;max-width:44rem}
li{margin:.25rem 0}
iframe{display:block;width:100%;height:min(46rem,80vh);border:1px solid var(--line);border-radius:6px;
  background:var(--sheet)}
details{margin-top:1rem;background:var(--sheet);border:1px solid var(--line);border-radius:6px}
summary{padding:.7rem 1rem;cursor:pointer;font-weight:600}
pre{margin:0;padding:1rem;overflow:auto;max-height:28rem;background:var(--code);border-top:1px solid var(--line);
  font:.82rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;border-radius:0 0 6px 6px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{font-size:.82rem;font-weight:600;color:var(--soft);text-align:left}
th,td{padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.num{text-align:right;white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
.sum td{border:0;font-weight:700;padding-top:.8rem}
.verdict{border-left:4px solid var(--good);padding:.1rem 0 .1rem .8rem}
.verdict.bad{border-color:var(--bad)}
.findings{list-style:none;padding:0}
.findings b{color:var(--bad)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1.2rem;margin:0 0 1rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){
.aside{display:none}th,td{padding-right:.5rem}.bar span{display:block;margin:0}.choice,.sheet{padding:1rem}
th,td{padding-right:.6rem}
}
`;
