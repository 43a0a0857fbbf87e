import { asciiHtml, template } from '../views/page/template.js';
import { hashSource } from '../views/page/page-csp.js';
import type { OpenApiDocument } from './openapi-document.js';

/**
 * The stylesheet of `/docs`, inlined. Constant, because the CSP contains its hash. Colours and the punched card match
 * the connector's pages.
 */
const DOCS_STYLE = `
:root{color-scheme:light dark;--paper:#f4f1ea;--card:#fffdf8;--ink:#23272b;--soft:#5d6468;--line:#d9d3c6;
  --accent:#1f5c4d;--hole:#e6e0d3;--get:#1f5c4d;--post:#8a4b08;--delete:#9b2c2c;--code:#f0ece2}
@media (prefers-color-scheme:dark){:root{--paper:#16191a;--card:#1f2324;--ink:#e9e6df;--soft:#a3a9a8;--line:#363c3d;
  --accent:#7cc4ae;--hole:#2a3031;--get:#7cc4ae;--post:#e3ac6b;--delete:#ef9a9a;--code:#181c1d}}
*{box-sizing:border-box}
html{font:16px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
  background:var(--paper);color:var(--ink);scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:0 1.5rem 4rem;display:grid;grid-template-columns:15rem minmax(0,1fr);
  gap:0 2.5rem}
header{grid-column:1/-1;padding:2.2rem 0 1.4rem}
.punch{height:2rem;margin:0 0 1rem;border-bottom:1px solid var(--line);
  background:radial-gradient(circle at 50% 50%,var(--hole) 0 .24rem,transparent .27rem) 0 50%/1.12rem 1.12rem repeat-x}
h1{font:600 1.9rem/1.2 ui-serif,Charter,"Iowan Old Style",Georgia,serif;margin:0 0 .3rem}
h2{font:600 1.35rem/1.25 ui-serif,Charter,"Iowan Old Style",Georgia,serif;margin:0 0 .3rem}
h3{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:1.2rem 0 .4rem}
p{margin:0 0 .6rem;color:var(--soft);max-width:46rem}a{color:var(--accent);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow:auto;font-size:.88rem}
nav ul{list-style:none;margin:0 0 1rem;padding:0}
nav li a{display:block;padding:.14rem 0;color:var(--soft);text-decoration:none}
nav li a:hover{color:var(--accent);text-decoration:underline}
nav strong{display:block;margin-bottom:.2rem}nav strong a{color:var(--ink);text-decoration:none}
section{margin-bottom:2.6rem}
details{background:var(--card);border:1px solid var(--line);border-radius:4px 14px 4px 4px;margin-top:.6rem}
summary{display:flex;flex-wrap:wrap;gap:.15rem .8rem;align-items:baseline;padding:.7rem 1rem;cursor:pointer;
  list-style:none}
summary::-webkit-details-marker{display:none}summary .what{flex-basis:100%;color:var(--soft);font-size:.92rem}
.verb{font:700 .8rem/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-transform:uppercase;min-width:3.4rem;
  color:var(--get)}
.post,.put,.patch{color:var(--post)}.delete{color:var(--delete)}
code,pre{font:.86rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
summary code{font-weight:600;overflow-wrap:anywhere}.inside{padding:0 1rem 1rem;border-top:1px solid var(--line)}
pre{background:var(--code);border-radius:4px;padding:.7rem .9rem;margin:.3rem 0;overflow-x:auto}
dl{margin:0}dt{margin-top:.5rem}dd{margin:0;color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
.tag{font-size:.78rem;color:var(--soft);border:1px solid var(--line);border-radius:3px;padding:0 .35rem;
  margin-left:.4rem}
.answer{margin-top:.5rem}.answer b{font-variant-numeric:tabular-nums}
@media (max-width:54rem){body{display:block;padding:0 1rem 3rem}header{padding-top:1.2rem}
  nav{position:static;max-height:none;margin-bottom:1.6rem;border-bottom:1px solid var(--line)}
  nav ul{display:none}nav strong{display:inline-block;margin:0 1rem .6rem 0}}
`;

/** CSP of the page: one inline stylesheet, no script, no external sources, no framing. */
export const DOCS_CSP =
  `default-src 'none'; style-src ${hashSource(DOCS_STYLE)}; img-src data:; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface OperationView {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  credentials: string;
  parameters: { name: string; place: string; required: boolean; description: string; type: string }[];
  bodies: { type: string; schema: string; example?: string }[];
  answers: { status: string; description: string; media: { type: string; schema: string }[] }[];
}

interface View {
  title: string;
  description: string;
  version: string;
  server: string;
  style: string;
  sections: { name: string; anchor: string; description: string; operations: OperationView[] }[];
  schemas: { name: string; text: string }[];
}

const render = template<View>(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API of <%= it.title %></title>
<link rel="icon" href="data:,">
<style><%~ it.style %></style>
</head>
<body>
<header>
<div class="punch" aria-hidden="true"></div>
<h1>API of <%= it.title %></h1>
<p><%= it.description %></p>
<p>Below <code><%= it.server %></code>, version <%= it.version %>. \
For programs: <a href="<%= it.server %>/openapi.json">openapi.json</a>.</p>
</header>
<nav aria-label="Operations">
<% for (const section of it.sections) { %>
<strong><a href="#<%= section.anchor %>"><%= section.name %></a></strong>
<ul>
<% for (const operation of section.operations) { %>
<li><a href="#<%= operation.operationId %>"><%= operation.operationId %></a></li>
<% } %>
</ul>
<% } %>
</nav>
<main>
<% for (const section of it.sections) { %>
<section id="<%= section.anchor %>">
<h2><%= section.name %></h2>
<p><%= section.description %></p>
<% for (const operation of section.operations) { %>
<details id="<%= operation.operationId %>">
<summary><span class="verb <%= operation.method %>"><%= operation.method %></span><code><%= operation.path %></code>\
<span class="what"><%= operation.summary %></span></summary>
<div class="inside">
<h3>Credentials</h3>
<p><%= operation.credentials %></p>
<% if (operation.parameters.length > 0) { %>
<h3>Parameters</h3>
<dl>
<% for (const parameter of operation.parameters) { %>
<dt><code><%= parameter.name %></code><span class="tag"><%= parameter.place %></span>\
<% if (parameter.required) { %><span class="tag">required</span><% } %></dt>
<dd><%= parameter.description %> <code><%= parameter.type %></code></dd>
<% } %>
</dl>
<% } %>
<% if (operation.bodies.length > 0) { %>
<h3>Body</h3>
<% for (const body of operation.bodies) { %>
<div class="answer"><code><%= body.type %></code></div>
<pre tabindex="0"><%= body.example ?? body.schema %></pre>
<% } %>
<% } %>
<h3>Answers</h3>
<% for (const answer of operation.answers) { %>
<div class="answer"><b><%= answer.status %></b> <%= answer.description %></div>
<% for (const media of answer.media) { %>
<pre tabindex="0"><%= media.schema %></pre>
<% } %>
<% } %>
</div>
</details>
<% } %>
</section>
<% } %>
<% if (it.schemas.length > 0) { %>
<section id="schemas">
<h2>Schemas</h2>
<% for (const schema of it.schemas) { %>
<h3 id="schema-<%= schema.name %>"><%= schema.name %></h3>
<pre tabindex="0"><%= schema.text %></pre>
<% } %>
</section>
<% } %>
</main>
</body>
</html>
`);

/** The page at `/docs`, built from the document alone. The same document gives the same bytes, all of them ASCII. */
export function docsPage({ info, servers, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
  );
  return asciiHtml(
    render({
      title: info.title,
      description: info.description,
      version: info.version,
      server: servers[0]?.url ?? '',
      style: DOCS_STYLE,
      sections: tags.map(({ name, description }) => ({
        name,
        anchor: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
        description,
        operations: operations.filter((operation) => operation.tags.includes(name)).map(operationView),
      })),
      schemas: Object.entries(components.schemas).map(([name, schema]) => ({ name, text: schemaText(schema) })),
    }),
  );
}

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; description: string; schema: object }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}
type Content = Record<string, { schema: object; example?: unknown }>;

function operationView({
  operationId,
  method,
  path,
  summary,
  security,
  parameters = [],
  requestBody,
  responses,
}: Operation & { path: string; method: string }): OperationView {
  return {
    operationId,
    method,
    path,
    summary,
    credentials: credentialsText(security),
    parameters: parameters.map(({ name, in: place, required, description, schema }) => ({
      name,
      place,
      required,
      description,
      type: schemaText(schema),
    })),
    bodies: Object.entries(requestBody?.content ?? {}).map(([type, { schema, example }]) => ({
      type,
      schema: schemaText(schema),
      example: typeof example === 'string' ? example : undefined,
    })),
    answers: Object.entries(responses).map(([status, { description, content = {} }]) => ({
      status,
      description,
      media: Object.entries(content)
        .filter(([type]) => type === 'application/json')
        .map(([type, { schema }]) => ({ type, schema: schemaText(schema) })),
    })),
  };
}

function credentialsText(security: Record<string, string[]>[]): string {
  if (security.length === 0) return 'None, except what the request itself contains.';
  return security
    .map((schemes) =>
      Object.entries(schemes)
        .map(([name, scopes]) => (scopes.length === 0 ? name : `${name}, scope ${scopes.join(' ')}`))
        .join(' and '),
    )
    .join('; or ');
}

/** JSON Schema written like a TypeScript type, with limits as comments: `{ status: "active" | "expired" }` */
function schemaText(schema: unknown, indent = ''): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const known = schema as Schema;
  if (known.$ref !== undefined) return known.$ref.split('/').at(-1) ?? known.$ref;
  if ('const' in known) return JSON.stringify(known.const);
  if (known.enum !== undefined) return known.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = known.anyOf ?? known.oneOf;
  if (either !== undefined) return either.map((part) => schemaText(part, indent)).join(' | ');
  if (known.properties !== undefined) return objectText(known, indent);
  if (known.items !== undefined)
    return `${itemText(schemaText(known.items, indent))}[]${limits([known.minItems, known.maxItems], 'items')}`;
  const types = known.type === undefined ? ['any'] : [known.type].flat();
  if (typeof known.additionalProperties === 'object')
    return `{ [name]: ${schemaText(known.additionalProperties, indent)} }`;
  const format = known.format === undefined ? '' : ` (${known.format})`;
  const range = limits([known.minimum, known.maximum], '');
  return `${types.join(' | ')}${format}${range}${limits([known.minLength, known.maxLength], 'characters')}`;
}

interface Schema {
  $ref?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly unknown[];
  oneOf?: readonly unknown[];
  type?: string | readonly string[];
  format?: string;
  properties?: Record<string, unknown>;
  additionalProperties?: unknown;
  required?: readonly string[];
  items?: unknown;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, part]) => `${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(part, inner)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function itemText(text: string): string {
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}

function limits([least, most]: [number | undefined, number | undefined], what: string): string {
  if (least === undefined && most === undefined) return '';
  const range = least === undefined ? `up to ${most}` : most === undefined ? `from ${least}` : `${least} to ${most}`;
  return ` (${range}${what === '' ? '' : ` ${what}`})`;
}
