/** The stylesheet of `/docs`, inlined; constant: its hash stands in the CSP. Colours and the punched card are those of the connector's pages. */
export const DOCS_STYLE = `
:root{color-scheme:light dark;--paper:#f4f1ea;--card:#fffdf8;--ink:#23272b;--soft:#5d6468;--line:#d9d3c6;--accent:#1f5c4d;--hole:#e6e0d3;--get:#1f5c4d;--post:#8a4b08;--delete:#9b2c2c;--code:#f0ece2}
@media (prefers-color-scheme:dark){:root{--paper:#16191a;--card:#1f2324;--ink:#e9e6df;--soft:#a3a9a8;--line:#363c3d;--accent:#7cc4ae;--hole:#2a3031;--get:#7cc4ae;--post:#e3ac6b;--delete:#ef9a9a;--code:#181c1d}}
*{box-sizing:border-box}
html{font:16px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--paper);color:var(--ink);scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:0 1.5rem 4rem;display:grid;grid-template-columns:15rem minmax(0,1fr);gap:0 2.5rem}
header{grid-column:1/-1;padding:2.2rem 0 1.4rem}
.punch{height:2rem;margin:0 0 1rem;border-bottom:1px solid var(--line);background:radial-gradient(circle at 50% 50%,var(--hole) 0 .24rem,transparent .27rem) 0 50%/1.12rem 1.12rem repeat-x}
h1{font:600 1.9rem/1.2 ui-serif,Charter,"Iowan Old Style",Georgia,serif;margin:0 0 .3rem}
h2{font:600 1.35rem/1.25 ui-serif,Charter,"Iowan Old Style",Georgia,serif;margin:0 0 .3rem}
h3{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:1.2rem 0 .4rem}
p{margin:0 0 .6rem;color:var(--soft);max-width:46rem}
a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow:auto;font-size:.88rem}
nav ul{list-style:none;margin:0 0 1rem;padding:0}
nav li a{display:block;padding:.14rem 0;color:var(--soft);text-decoration:none}
nav li a:hover{color:var(--accent);text-decoration:underline}
nav strong{display:block;margin-bottom:.2rem}
nav strong a{color:var(--ink);text-decoration:none}
section{margin-bottom:2.6rem}
details{background:var(--card);border:1px solid var(--line);border-radius:4px 14px 4px 4px;margin-top:.6rem}
summary{display:flex;flex-wrap:wrap;gap:.15rem .8rem;align-items:baseline;padding:.7rem 1rem;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary .what{flex-basis:100%;color:var(--soft);font-size:.92rem}
.verb{font:700 .8rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-transform:uppercase;min-width:3.4rem;color:var(--get)}
.post,.put,.patch{color:var(--post)}
.delete{color:var(--delete)}
code,pre{font:.86rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
summary code{font-weight:600;overflow-wrap:anywhere}
.inside{padding:0 1rem 1rem;border-top:1px solid var(--line)}
pre{background:var(--code);border-radius:4px;padding:.7rem .9rem;margin:.3rem 0;overflow-x:auto}
dl{margin:0}
dt{margin-top:.5rem}
dd{margin:0;color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
.tag{font-size:.78rem;color:var(--soft);border:1px solid var(--line);border-radius:3px;padding:0 .35rem;margin-left:.4rem}
.answer{margin-top:.5rem}
.answer b{font-variant-numeric:tabular-nums}
@media (max-width:54rem){body{display:block;padding:0 1rem 3rem}header{padding-top:1.2rem}nav{position:static;max-height:none;margin-bottom:1.6rem;border-bottom:1px solid var(--line)}nav ul{display:none}nav strong{display:inline-block;margin:0 1rem .6rem 0}}
`;
