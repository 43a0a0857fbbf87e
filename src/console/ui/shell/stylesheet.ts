/**
 * The look of the console: first the tokens, light and dark by the same names, then the pieces. Served as one file;
 * pages have no style attributes, which their policy forbids.
 */
export const STYLESHEET = `
:root{color-scheme:light dark;accent-color:var(--accent);
  --paper:#f7f7f5;--card:#fff;--ink:#1b1f24;--soft:#59626d;--line:#e0e1dc;--field:#fbfbfa;
  --edge:#8b939c;--accent:#0a6a5f;--on-accent:#fff;--accent-soft:#dff1ee;--good:#17693a;--good-soft:#e1f3e7;
  --warn:#7d4b00;--warn-soft:#fbeed6;--bad:#a8231c;--bad-soft:#fbe4e1;--info:#275bb0;--info-soft:#e4ecfa;
  --quiet-soft:#ececea;--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
  --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;--r:8px;--gap:16px}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f23;--ink:#e8eaec;--soft:#a3adb8;--line:#2c3238;
  --field:#171b1f;--edge:#6b7681;--accent:#5cc7b8;--on-accent:#0c1a18;--accent-soft:#17332f;--good:#6fd08f;
  --good-soft:#173022;--warn:#e7b45a;--warn-soft:#33280f;--bad:#ff8d80;--bad-soft:#3a1c19;--info:#8fb4ff;
  --info-soft:#1b2a45;--quiet-soft:#262b30}}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 var(--sans);overflow-wrap:break-word}
code,.mono,h1,dd,.say,td:first-child,.broken{overflow-wrap:anywhere}
td time{white-space:nowrap}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:12px;top:-60px;z-index:2;padding:8px 14px;background:var(--accent);color:var(--on-accent);
  border-radius:var(--r)}
.skip:focus{top:12px}
.frame{display:grid;grid-template-columns:208px minmax(0,1fr);min-height:100vh}
.side{border-right:1px solid var(--line);padding:18px 12px;position:sticky;top:0;height:100vh}
.mark{display:flex;gap:10px;align-items:center;font-weight:650;padding:0 8px 16px}
.mark svg,.door svg{color:var(--accent);fill:none;stroke:currentColor;stroke-width:2}
.side ul{list-style:none;margin:0;padding:0}
.side li a{display:block;padding:7px 10px;border-radius:6px;color:var(--ink);text-decoration:none}
.side li a:hover{background:var(--quiet-soft)}
.side li a[aria-current]{background:var(--accent-soft);color:var(--accent);font-weight:600}
.top{display:flex;gap:14px;align-items:center;padding:12px 28px;border-bottom:1px solid var(--line)}
.top form.search{flex:1;max-width:560px;position:relative}
.top .who{margin-left:auto;display:flex;gap:12px;align-items:center;white-space:nowrap;min-width:0}
.top .who>a,.top .who>span{overflow:hidden;text-overflow:ellipsis;max-width:200px}
kbd{position:absolute;right:9px;top:7px;padding:0 6px;border:1px solid var(--line);border-radius:4px;color:var(--soft);
  font:12px/18px var(--mono);pointer-events:none}
input,select{width:100%;padding:7px 11px;border:1px solid var(--edge);border-radius:var(--r);background:var(--field);
  color:var(--ink);font:inherit;height:38px}
textarea{width:100%;padding:7px 11px;border:1px solid var(--edge);border-radius:var(--r);background:var(--field);
  color:var(--ink);font:12.5px/1.5 var(--mono);min-height:76px;resize:vertical}
.checks{list-style:'\\2610  ';padding-left:24px}.checks li{padding:2px 0}
input[type=radio],input[type=checkbox]{width:auto;height:auto;margin:0}
[aria-invalid=true]{border-color:var(--bad)}
main{padding:26px 28px 60px;max-width:1180px}
main:focus{outline:none}
h1{font-size:22px;line-height:1.25;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:15px;margin:28px 0 10px}
p{margin:0 0 10px}
.sub{color:var(--soft);margin:0 0 20px}
.row{display:grid;gap:var(--gap);grid-template-columns:repeat(auto-fit,minmax(min(220px,100%),1fr))}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--r);padding:16px 18px;margin:0}
.card.flush{padding:0;overflow:hidden}
form.card{max-width:560px}
.card.empty p:last-child{margin:0}
.label,.hint{color:var(--soft);font-size:13px}
p.hint:last-child{margin-bottom:0}
.figure{font-size:26px;line-height:1.35;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}
th{text-align:left;font-size:12px;font-weight:600;color:var(--soft);padding:8px 12px;
  border-bottom:1px solid var(--line)}
td{padding:10px 12px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
table.plain{width:auto;min-width:260px;margin-top:8px}
table.plain th,table.plain td{padding:3px 12px 3px 0;border:0}
td p{margin:4px 0 0}
.acts{display:flex;flex-wrap:wrap;gap:8px}.acts .actions{flex-wrap:nowrap;gap:8px}
input.short{width:122px}
tr.marked td:first-child{box-shadow:inset 3px 0 var(--bad)}
.amount{font-variant-numeric:tabular-nums}
ul.inline{list-style:none;display:flex;flex-wrap:wrap;gap:4px 14px;margin:0;padding:0}
ul.periods{margin:0 0 12px}
ul.inline a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
td .badge+.badge{margin-left:4px}
.badge{display:inline-block;padding:1px 8px;border-radius:99px;font-size:12px;font-weight:600}
.badge.good{color:var(--good);background:var(--good-soft)}
.badge.warn{color:var(--warn);background:var(--warn-soft)}
.badge.bad{color:var(--bad);background:var(--bad-soft)}
.badge.info{color:var(--info);background:var(--info-soft)}
.badge.quiet{color:var(--soft);background:var(--quiet-soft)}
code,.mono{font-family:var(--mono);font-size:12.5px}
button,.button{display:inline-block;padding:7px 14px;border-radius:var(--r);background:var(--accent);
  color:var(--on-accent);font:inherit;font-weight:600;border:1px solid var(--accent);text-decoration:none;
  cursor:pointer;min-height:38px}
button.quiet,.button.quiet{background:transparent;color:var(--accent);border-color:var(--edge)}
button.danger{background:transparent;color:var(--bad);border-color:var(--bad)}
button.link{background:none;border:0;padding:0;min-height:0;color:var(--accent);font-weight:400;
  text-decoration:underline;text-underline-offset:2px}
button:hover,.button:hover{filter:brightness(1.08)}
.filters{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin:0 0 18px}
.filters .field{flex:1 1 118px;max-width:240px;margin:0}
.filters .field.wide{flex-basis:210px;max-width:420px}
.field{margin:0 0 14px}
.field label{display:block;font-weight:600;margin:0 0 4px}
.field .hint,.field .fault{margin:4px 0 0}
.fault{color:var(--bad);font-size:13px;font-weight:600}
.actions{display:flex;flex-wrap:wrap;gap:10px;align-items:center}
.parts{display:flex;flex-wrap:wrap;gap:6px 18px;margin:8px 0 14px}
.plain>li.actions{margin-bottom:6px}
.parts a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
form.change{margin:0}form.change.after{margin-top:12px}.card+form.change,form.change+.more,.card+.more{margin-top:12px}
.more>form{margin-top:10px}
.after,.card.flush+.hint{margin:10px 0 0}
ul.plain{list-style:none;margin:0;padding:0}
code.secret{font-size:14px;user-select:all}
.steps{list-style:none;display:flex;flex-wrap:wrap;gap:4px 6px;margin:0 0 20px;padding:0;counter-reset:step;
  font-size:13px}
.steps li{counter-increment:step;color:var(--soft);padding:3px 10px;border-radius:99px;background:var(--quiet-soft)}
.steps li::before{content:counter(step) ". "}
.steps li[aria-current]{background:var(--accent);color:var(--on-accent);font-weight:600}
.steps li.past{background:var(--accent-soft);color:var(--accent)}
fieldset.choices{border:0;margin:0 0 16px;padding:0;display:grid;gap:10px;min-width:0;
  grid-template-columns:repeat(auto-fill,minmax(min(340px,100%),1fr))}
fieldset.choices legend.label{padding:0;margin:0 0 6px}
fieldset.choices.plain{grid-template-columns:minmax(0,1fr)}
.choice{display:flex;gap:10px;align-items:baseline;cursor:pointer}
.choice>span{min-width:0}
.choice .hint{display:block}
.choice:has(:checked).card{border-color:var(--accent);background:var(--accent-soft)}
.bench{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:28px;align-items:start}
main.wide{max-width:1480px}
h3{font-size:13px;color:var(--soft);margin:18px 0 8px}
.rule{border:1px solid var(--line);border-radius:var(--r);background:var(--card);margin:0 0 8px;padding:8px 12px}
.rule>summary{color:var(--ink);overflow-wrap:anywhere}
.rule .from{color:var(--soft);font:12.5px/1.5 var(--mono)}
.rule.preset{display:flex;justify-content:space-between;gap:12px;background:transparent}
.rule-fields{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 14px;margin-top:10px}
.chooser{display:grid;grid-template-columns:minmax(0,1fr) max-content;gap:12px;align-items:end;margin-bottom:10px}
.chooser .field{margin:0}
#preview[aria-busy]{opacity:.6}
.names{columns:2;margin:6px 0 14px}
.findings li{margin:0 0 6px;overflow-wrap:anywhere}
.saving{margin-top:24px}
.tick{display:flex;gap:8px;align-items:center}
.replayed{margin:0 0 10px}
pre.diff del,pre.diff ins{display:block;text-decoration:none;padding:0 14px;white-space:pre-wrap;overflow-wrap:anywhere}
p:has(+pre.diff)>a{display:inline-block;padding:4px 0}
pre.diff del{background:var(--bad-soft)}pre.diff ins{background:var(--good-soft)}
pre.diff del::before{content:"\\2212 " attr(data-n)}pre.diff ins::before{content:"+ " attr(data-n)}
pre.diff .l::before{display:inline-block;width:64px}
pre.diff mark{background:transparent;color:inherit;font-weight:700;text-decoration:underline;text-underline-offset:3px}
fieldset.bare{border:0;margin:0;padding:0;min-width:0}
.bench>section:last-child{position:sticky;top:12px}
section .what{margin:12px 0 4px}
.setting textarea{min-height:38px}
.setting{margin:0 0 18px}.setting .field{margin:0}.setting label{font-family:var(--mono);font-size:13px}
.setting .origin{margin:4px 0 0;overflow-wrap:anywhere}
section .actions+.hint{margin-top:6px}
.after{margin:10px 0 0}
.pager{display:flex;gap:10px;margin-top:16px}
.say{border-left:3px solid var(--info);background:var(--info-soft);padding:9px 13px;border-radius:0 6px 6px 0;
  margin:8px 0 14px}
.say.warn{border-color:var(--warn);background:var(--warn-soft)}
.say.bad{border-color:var(--bad);background:var(--bad-soft)}
.say.good{border-color:var(--good);background:var(--good-soft)}
.say p:last-child{margin:0}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:14px 0 24px}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.time{list-style:none;margin:0;padding:0}.actions+.time{margin-top:22px}
.time>li{display:grid;grid-template-columns:96px 30px minmax(0,1fr);padding-bottom:18px;position:relative}
.time .when{color:var(--soft);text-align:right;padding-right:6px;font-variant-numeric:tabular-nums}
.time .dot::before{content:"";position:absolute;left:104px;top:4px;width:12px;height:12px;border-radius:50%;
  background:var(--card);border:2px solid var(--accent);z-index:1}
.time>li:not(:last-child)::after{content:"";position:absolute;left:109px;top:18px;bottom:-4px;width:2px;
  background:var(--line)}
.time .dot.warn::before{border-color:var(--warn);border-radius:2px}
.time .dot.bad::before{border-color:var(--bad);border-radius:2px;background:var(--bad)}
.time .dot.quiet::before{border-color:var(--soft)}
.what,.time .what{font-size:14px;font-weight:600;margin:0}
details>summary{cursor:pointer;color:var(--accent);padding:2px 0}
details.document{margin-top:8px}
.tools{display:flex;gap:16px;margin:6px 0}
pre{margin:6px 0 0;padding:12px 0;background:var(--field);border:1px solid var(--line);border-radius:var(--r);
  overflow:auto;max-height:520px;font:12.5px/1.55 var(--mono)}
pre .l{display:block;padding:0 14px;white-space:pre}
pre .l::before{content:attr(data-n);display:inline-block;width:34px;color:var(--soft);user-select:none}
pre .t{color:var(--accent)}pre .a{color:var(--info)}pre .s{color:var(--warn)}
.sides{display:grid;gap:var(--gap);grid-template-columns:repeat(2,minmax(0,1fr))}
.sides figure{margin:0;min-width:0}
.sides .facts{margin:8px 0 16px}
pre .l.differs,pre .l.noted{background:var(--warn-soft)}
pre .note{display:block;padding:2px 14px 4px 48px;white-space:pre-wrap;overflow-wrap:anywhere;font-family:var(--sans);
  user-select:none;background:var(--warn-soft);color:var(--warn)}
pre .note.bad{background:var(--bad-soft);color:var(--bad)}
mark{background:none;color:inherit;font-weight:700;text-decoration:underline;text-decoration-thickness:2px}
td mark{background:var(--bad-soft);color:var(--bad);padding:0 3px;border-radius:3px}
ul.places{margin:0 0 8px;padding-left:18px}
.plot svg{display:block;width:100%;height:120px}
.bar{fill:var(--accent)}.bar.pale{opacity:.28}.rail{fill:var(--quiet-soft)}.axis{stroke:var(--line);stroke-width:1}
.plot .ends{display:flex;justify-content:space-between;color:var(--soft);font-size:12px;margin:4px 0 6px}
.funnel dl{margin:0;display:grid;gap:10px}
.funnel dl>div{display:grid;grid-template-columns:100px minmax(0,1fr) minmax(200px,34%);gap:14px;align-items:center}
.funnel dd{margin:0}
.funnel svg{display:block;width:100%;height:18px;border-radius:4px}
.funnel strong{font-variant-numeric:tabular-nums}
.door{max-width:400px;margin:8vh auto;padding:0 16px}
.door .card{padding:24px;margin-bottom:14px}
.door button[type=submit]{width:100%}
.door.wide{max-width:860px;margin:4vh auto}.door.wide button[type=submit]{width:auto}
.door h1{margin-bottom:14px}
.or{margin:14px 0 0}.or .button{width:100%;text-align:center}
button.small{min-height:30px;padding:3px 11px}
.tail-head{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:center;margin:28px 0 10px}
.tail-head h2,.tail-head p{margin:0}
.tail-head .tools{margin:0;gap:12px}
.tail-head .tools a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.tail-head button{margin-left:auto}
.tail-head [data-state=live]::before{content:"";display:inline-block;width:8px;height:8px;margin-right:6px;
  border-radius:50%;background:var(--good)}
.tail [role=log]{max-height:420px;overflow:auto}
.tail [role=log]:has(ol:empty){display:none}
.tail ol{list-style:none;margin:0;padding:0}
.tail li{display:grid;grid-template-columns:64px 132px minmax(0,1fr);gap:10px;padding:5px 12px;align-items:baseline;
  border-bottom:1px solid var(--line)}
.tail li:last-child{border-bottom:0}
.tail li time{color:var(--soft);font:12px var(--mono)}
.tail li a{color:var(--ink);overflow-wrap:anywhere}
.tail li a:not([href]){text-decoration:none}
.tail li .badge{justify-self:start}
@media (min-width:721px){th,td>div>.badge{white-space:nowrap}}
@media (max-width:720px){
  .frame{grid-template-columns:minmax(0,1fr);grid-template-rows:auto 1fr}
  .side{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line);padding:10px 12px 6px}
  .mark{padding:2px 8px 6px}
  .side ul{display:flex;flex-wrap:wrap;gap:2px}
  .side li a{padding:8px 9px}
  .top{padding:10px 14px;flex-wrap:wrap}
  .top form.search{flex-basis:100%;max-width:none}
  .top .who{margin-left:0}
  .top .who>a{max-width:150px}.top .who>span{max-width:110px}
  kbd{display:none}
  main{padding:18px 14px 50px}
  table[role=table],table[role=table] tbody,table[role=table] tr,table[role=table] td{display:block;width:100%}
  table[role=table] thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  table[role=table] tr{border-bottom:1px solid var(--line);padding:10px 14px}
  table[role=table] tr:last-child{border-bottom:0}
  tr.marked{box-shadow:inset 3px 0 var(--bad)}tr.marked td:first-child{box-shadow:none}
  table[role=table] td{display:grid;grid-template-columns:minmax(0,1fr);border:0;padding:3px 0;text-align:left;
    white-space:normal}
  table[role=table] td[data-label]:not(:first-child){grid-template-columns:104px minmax(0,1fr);gap:10px}
  table[role=table] td[data-label]:not(:first-child)::before{content:attr(data-label);color:var(--soft);font-size:12px;
    padding-top:2px}
  .bench>section:last-child{position:static}
  .bench,.rule-fields,.chooser{grid-template-columns:minmax(0,1fr)}
  .names{columns:1}
  .filters .field,.filters .field.wide{flex:1 1 100%;max-width:none}
  .facts{grid-template-columns:minmax(0,1fr);gap:0}
  .facts dd{margin-bottom:8px}
  .time>li{grid-template-columns:26px minmax(0,1fr)}
  .time .when{grid-column:2;grid-row:1;text-align:left}
  .time .dot{grid-column:1;grid-row:1}
  .time>li>div{grid-column:2}
  .time .dot::before{left:3px}
  .time>li:not(:last-child)::after{left:8px}
  .funnel dl>div{grid-template-columns:minmax(0,1fr);gap:3px}
  .sides{grid-template-columns:minmax(0,1fr)}
  .tail li{grid-template-columns:60px minmax(0,1fr);gap:2px 10px}
  .tail li a{grid-column:1/-1}
}
@media print{.side,.top,.tools,.skip,.steps,.no-print{display:none}.frame,.door{display:block;max-width:none;margin:0}
  body{background:#fff;color:#000}main{padding:0;max-width:none}.card{break-inside:avoid}
  pre{max-height:none;white-space:pre-wrap}pre .l{white-space:pre-wrap}}
`;
