/** Style sheet of the demo shop, distinct from the connector's pages. ASCII only, constant. */
export const SHOP_STYLE = `
:root{color-scheme:light dark;--ground:#eef1f0;--sheet:#fff;--ink:#1d2b33;--soft:#5a6a72;--line:#d3dad8;--deep:#12394a;
  --on-deep:#f2f6f5;--signal:#c8501b;--on-signal:#fff;--tint:#e3eae8;--good:#2d6a4f;--band:#fbe9d8;--on-band:#4a2410}
@media (prefers-color-scheme:dark){
:root{--ground:#0f1518;--sheet:#182126;--ink:#e6ecea;--soft:#9dabb0;--line:#2c393f;--deep:#0b2530;--on-deep:#e6ecea;
  --signal:#f08a55;--on-signal:#1d0f07;--tint:#22303a;--good:#7cc4a0;--band:#3d2616;--on-band:#f6dcc8}
}
*{box-sizing:border-box}
html{font:16px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
  background:var(--ground);color:var(--ink)}
body{margin:0;overflow-wrap:break-word}
a{color:inherit;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--signal);outline-offset:2px}
h1,h2{font-family:ui-serif,Charter,"Iowan Old Style",Georgia,serif;font-weight:600;line-height:1.2;
  letter-spacing:-.01em}
h1{font-size:1.7rem;margin:0 0 1rem}
.wrap{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;z-index:2;padding:.5rem .9rem;background:var(--signal);
  color:var(--on-signal);border-radius:3px}
.skip:focus{top:.6rem}
main:focus{outline:none}
.sprite{position:absolute;width:0;height:0}
.punchout{background:var(--band);color:var(--on-band);font-size:.92rem}
.punchout .wrap{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding-block:.55rem}
.punchout p{margin:0;flex:1 1 16rem}
.punchout form{display:inline}
.punchout button{padding:.4rem .75rem;font-size:.9rem}
.top{background:var(--deep);color:var(--on-deep)}
.top .wrap{display:flex;flex-wrap:wrap;gap:.7rem 1.5rem;align-items:center;padding-block:.9rem}
.brand{display:flex;gap:.65rem;align-items:center;text-decoration:none;margin-right:auto}
.brand svg{width:2.1rem;height:2.1rem;flex:none}
.brand b{display:block;font:600 1.25rem/1.1 ui-serif,Charter,"Iowan Old Style",Georgia,serif}
.brand span span{font-size:.8rem;opacity:.8}
.search{display:flex;min-width:0;flex:1 1 16rem;max-width:26rem}
.search input{flex:1;min-width:0;border:0;border-radius:3px 0 0 3px;padding:.55rem .8rem;font:inherit;
  background:var(--sheet);color:var(--ink)}
.search button{border-radius:0 3px 3px 0}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1.1rem;align-items:center;font-size:.92rem}
.tools a{text-decoration:none}
.tools a:hover{text-decoration:underline}
.switch{display:flex;gap:.5rem;margin:0}
.switch [role=group]{display:inline-flex;border:1px solid color-mix(in srgb,var(--on-deep) 35%,transparent);
  border-radius:4px;overflow:hidden}
.switch button{border:0;border-radius:0;background:transparent;color:var(--on-deep);padding:.3rem .55rem;
  font-size:.8rem;font-weight:500}
.switch button:hover{background:color-mix(in srgb,var(--on-deep) 12%,transparent);filter:none}
.switch button[aria-pressed=true]{background:var(--on-deep);color:var(--deep);font-weight:700}
.switch button:focus-visible{outline-offset:-3px}
.count{background:var(--signal);color:var(--on-signal);border-radius:1rem;padding:.05rem .5rem;font-size:.8rem;
  font-weight:700;font-variant-numeric:tabular-nums}
.rooms{background:var(--sheet);border-bottom:1px solid var(--line)}
.rooms .wrap{display:flex;gap:0 1.4rem;overflow-x:auto;scrollbar-width:none}
.rooms a{padding:.75rem 0 .6rem;text-decoration:none;white-space:nowrap;border-bottom:3px solid transparent;
  font-size:.95rem}
.rooms a:hover{border-color:var(--line)}
.rooms a[aria-current]{border-color:var(--signal);font-weight:600}
main.wrap{padding-block:1.8rem 3.5rem}
.lead{color:var(--soft);max-width:42rem;margin:-.5rem 0 1.6rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.25rem,1fr));gap:1.1rem;padding:0;margin:0;
  list-style:none}
.card{background:var(--sheet);border:1px solid var(--line);border-radius:4px;display:flex;flex-direction:column;
  overflow:hidden}
.shot{background:var(--tint);color:var(--deep);display:flex;flex-direction:column;align-items:center;
  justify-content:center;gap:.5rem;text-decoration:none}
.shot span{font:.72rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.04em}
.card .shot{padding:1.1rem 1rem .7rem}
.shot.tools{background:#e6ebe9}.shot.fasteners{background:#e9e9ee}.shot.electrical{background:#f3edda}
.shot.safety{background:#f6e6da}.shot.warehouse{background:#efe7db}.shot.cleaning{background:#deedf0}
.shot.office{background:#e9ecda}
.shot svg{width:4.2rem;height:4.2rem;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;
  stroke-linejoin:round}
@media (prefers-color-scheme:dark){.card .shot,.detail .shot{color:#a9c4c9;background:#1f2c33}}
.card .text{padding:.85rem 1rem 1rem;display:flex;flex-direction:column;gap:.2rem;flex:1}
.card h2{font-family:inherit;font-size:1rem;line-height:1.3;margin:0;letter-spacing:0;hyphens:auto}
.card h2 a{text-decoration:none}
.card h2 a:hover{text-decoration:underline}
.meta{font-size:.82rem;color:var(--soft);margin:0}
.price{margin:auto 0 0;padding-top:.6rem;font-weight:700;font-size:1.15rem;font-variant-numeric:tabular-nums}
.price small{font-weight:400;font-size:.82rem;color:var(--soft)}
.buy{display:flex;gap:.5rem;margin-top:.6rem}
.buy input,.qty{width:4.4rem;font:inherit;padding:.45rem .5rem;border:1px solid var(--line);border-radius:3px;
  background:var(--ground);color:var(--ink);font-variant-numeric:tabular-nums}
button,.button{font:inherit;font-weight:600;border:1px solid var(--signal);background:var(--signal);
  color:var(--on-signal);border-radius:3px;padding:.5rem .95rem;cursor:pointer;text-decoration:none;
  display:inline-block}
button:hover,.button:hover{filter:brightness(1.08)}
.buy button{flex:1 1 auto;padding-inline:.5rem;white-space:nowrap}.card .buy{font-size:.88rem;gap:.4rem}
.card .buy input{width:3rem}.card .buy button{min-width:0}.detail .buy button{flex:0 1 auto;padding-inline:1.4rem}
.quiet{background:transparent;color:inherit;border-color:currentColor;font-weight:500}
.link{background:none;border:0;color:var(--soft);padding:.35rem;font-weight:400;text-decoration:underline}
.out{color:var(--soft);border:1px dashed var(--line);border-radius:3px;padding:.45rem .7rem;margin:.6rem 0 0;
  font-size:.9rem}
.detail{display:grid;align-items:start;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:2rem;
  background:var(--sheet);border:1px solid var(--line);border-radius:4px;padding:1.5rem}
.detail .shot{border-radius:3px;min-height:19rem}
.detail .shot svg{width:8rem;height:8rem;stroke-width:1.1}
.detail .price{font-size:1.6rem;padding:0}
.long{white-space:pre-line;max-width:38rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{font-size:.82rem;font-weight:600;color:var(--soft);text-align:left}
th,td{padding:.6rem .8rem .6rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.num{text-align:right}
td:last-child,th:last-child{padding-right:0}
.facts{width:auto;min-width:min(100%,24rem);font-size:.92rem;margin-top:1.2rem}
.facts th{padding-right:1.5rem}
.sheet{background:var(--sheet);border:1px solid var(--line);border-radius:4px;padding:1.3rem 1.5rem}
.sheet.narrow{max-width:38rem}
.sheet form.inline{display:inline-flex;gap:.4rem;align-items:center;flex-wrap:wrap}
.field{display:block;margin:0 0 .9rem}
.field span{display:block;font-size:.88rem;color:var(--soft)}
.field input{width:100%;font:inherit;padding:.5rem .6rem;border:1px solid var(--line);border-radius:3px;
  background:var(--ground);color:var(--ink)}
.sum td{border:0;font-weight:700;font-size:1.1rem}
.actions{display:flex;flex-wrap:wrap;gap:.8rem;justify-content:flex-end;margin-top:1.1rem}
.note{border-left:4px solid var(--good);background:var(--sheet);padding:.7rem 1rem;margin:0 0 1.2rem}
.bad{border-color:var(--signal)}
.foot{border-top:1px solid var(--line);color:var(--soft);font-size:.85rem;padding-block:1.2rem 2rem}
@media (max-width:40rem){
.wrap{padding-inline:1rem}.tools{gap:.85rem;font-size:.88rem}
.detail{grid-template-columns:1fr;padding:1rem;gap:1rem}.detail .shot{min-height:9rem}
.top .wrap{gap:.7rem}.search{order:3;flex-basis:100%;max-width:none}
.grid{grid-template-columns:1fr}.card{flex-direction:row}.card .shot{padding:.6rem .2rem;width:4.6rem;flex:none}
.card .shot svg{width:2.6rem;height:2.6rem}.card .text{padding:.75rem .85rem}.card .buy input{width:3rem}
.card .shot span{font-size:.6rem}.card .text{min-width:0}
.lines thead{display:none}
.lines tr{display:grid;grid-template-columns:1fr auto;padding:.8rem 0;border-bottom:1px solid var(--line);
  gap:.3rem .8rem}
.lines td{border:0;padding:0}.lines td:first-child{grid-column:1/-1}.lines .unit{display:none}
.lines .sum td:first-child{grid-column:auto}.lines .qty{width:3.6rem}
.sum{border:0!important}.sheet{padding:1rem}.actions{justify-content:stretch}
.actions>*,.actions .button{flex:1;text-align:center}
}
@media (max-width:22rem){.card .buy button{white-space:normal;line-height:1.15}.tools{gap:.6rem}}
`;
