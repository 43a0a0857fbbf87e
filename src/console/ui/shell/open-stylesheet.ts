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
.split{display:grid;grid-template-columns:250px minmax(0,1fr);align-items:start}
.split main{margin:0}
.contents{position:sticky;top:0;max-height:100vh;overflow:auto;padding:18px 12px 18px 28px;font-size:13px}
.contents ul{list-style:none;margin:0 0 12px;padding:0}
.contents a{display:block;padding:3px 0;color:var(--soft);text-decoration:none;overflow-wrap:anywhere}
.contents a.what{color:var(--ink);padding:4px 0}
.contents a:hover{color:var(--accent);text-decoration:underline}
input:focus+kbd{display:none}
.card.key{max-width:560px;margin-bottom:20px}
.card.key .field{margin:0}
.operation{padding:0;margin-top:8px}
.operation>summary{padding:10px 16px;color:var(--ink)}
.operation>summary code{font-weight:600;overflow-wrap:anywhere}
.operation h3,.schema h3{font-size:13px;margin:18px 0 6px}
.operation dl,.operation dd{margin:0}
.operation dd{color:var(--soft);margin-bottom:8px}
.inside{padding:4px 16px 16px;border-top:1px solid var(--line);scroll-margin-top:48px}
.schema{scroll-margin-top:16px}
pre.type{padding:10px 14px;max-height:360px}
.verb{display:inline-block;min-width:54px;font:700 12px/1 var(--mono);text-transform:uppercase;color:var(--info)}
.verb.post,.verb.put,.verb.patch{color:var(--warn)}
.verb.delete{color:var(--bad)}
form[data-tries]{max-width:640px}
textarea{width:100%;padding:7px 11px;border:1px solid var(--edge);border-radius:var(--r);background:var(--field);
  color:var(--ink);font:12.5px/1.5 var(--mono);resize:vertical}
[hidden]{display:none!important}
@media (max-width:720px){
  .open .top nav{margin-left:0}
  .split{grid-template-columns:minmax(0,1fr)}
  .contents{position:static;max-height:none;padding:14px 14px 0}
  .contents ul{display:none}
  .contents div,.contents a.what{display:inline-block;margin-right:12px}
}
`;
