import { asciiHtml, template } from '../views/page/template.js';
import { hashSource } from '../views/page/page-csp.js';
import { DOCS_STYLE } from './docs-style.js';
import type { OpenApiDocument } from './openapi-document.js';

/** Policy of the page: one stylesheet of ours, no script, nothing from anywhere else, framed by nobody. */
export const DOCS_CSP = `default-src 'none'; style-src ${hashSource(DOCS_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

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
<p>Below <code><%= it.server %></code>, version <%= it.version %>. For programs: <a href="<%= it.server %>/openapi.json">openapi.json</a>.</p>
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
<summary><span class="verb <%= operation.method %>"><%= operation.method %></span><code><%= operation.path %></code><span class="what"><%= operation.summary %></span></summary>
<div class="inside">
<h3>Credentials</h3>
<p><%= operation.credentials %></p>
<% if (operation.parameters.length > 0) { %>
<h3>Parameters</h3>
<dl>
<% for (const parameter of operation.parameters) { %>
<dt><code><%= parameter.name %></code><span class="tag"><%= parameter.place %></span><% if (parameter.required) { %><span class="tag">required</span><% } %></dt>
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

/** The page that `/docs` shows, made of the document alone; the same document gives the same bytes, all of them ASCII. */
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
      ...(typeof example === 'string' ? { example } : {}),
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
  if (security.length === 0) return 'None beside what the request itself holds.';
  return security
    .map((schemes) =>
      Object.entries(schemes)
        .map(([name, scopes]) => (scopes.length === 0 ? name : `${name}, scope ${scopes.join(' ')}`))
        .join(' and '),
    )
    .join('; or ');
}

/** JSON Schema as people read it: like a type of TypeScript, limits as comments. `{ status: "active" | "expired" }` */
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
  return `${types.join(' | ')}${known.format === undefined ? '' : ` (${known.format})`}${limits([known.minimum, known.maximum], '')}${limits([known.minLength, known.maxLength], 'characters')}`;
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
