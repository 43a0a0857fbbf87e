import { STYLESHEET } from './stylesheet.js';

/** The look of the pages that need no sign-in (virtual buyer, `/docs`): that of the console, and their own pieces. */
export const OPEN_STYLESHEET = `${STYLESHEET}
.open .top{flex-wrap:wrap}
.open .home{color:inherit;text-decoration:none}
.open .mark{padding:0}
.open .top nav{margin-left:auto;display:flex;flex-wrap:wrap;gap:4px}
.open .top nav a{padding:7px 10px;border-radius:6px;color:var(--ink);text-decoration:none}
.open .top nav a:hover{background:var(--quiet-soft)}
.open .top nav a[aria-current]{background:var(--accent-soft);color:var(--accent);font-weight:600}
.open main{margin:0 auto}
.open p{max-width:74ch}
.choices{display:grid;gap:var(--gap);grid-template-columns:repeat(auto-fit,minmax(min(270px,100%),1fr));margin:18px 0}
.choices .card{display:flex;flex-direction:column;max-width:none}
.choices .card h2{margin:0 0 6px}
.choices .card p{flex:1}
iframe{display:block;width:100%;height:min(760px,82vh);border:1px solid var(--line);border-radius:var(--r);
  background:var(--card)}
.findings{list-style:none;margin:0 0 16px;padding:0;display:grid;gap:8px}
.sum{text-align:right;margin:10px 12px 0;font-variant-numeric:tabular-nums}
.card+section,.pager{margin-top:18px}
td input{max-width:120px;height:32px;padding:3px 9px}
td .of{color:var(--soft);font-size:13px}
progress{width:100%;height:10px;accent-color:var(--accent)}
.open ol.steps{padding-left:20px}
.open ol.steps li{margin:4px 0}
@media (max-width:720px){.open .top nav{margin-left:0}}
`;
