import type { OpenApiDocument } from './openapi-document.js';
import { schemaText, type Schema } from './schema-text.js';

export interface ParameterView {
  name: string;
  place: string;
  required: boolean;
  description: string;
  type: string;
}

export interface OperationView {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  credentials: string;
  /** What a person types to try it: a key or token, nothing, or nothing that would do, since the call is signed. */
  proof: 'key' | 'none' | 'signed';
  parameters: ParameterView[];
  bodies: { type: string; schema: string; example?: string }[];
  /** The body to start from when trying it. */
  sample?: { type: string; text: string };
  answers: { status: string; description: string; schema?: string }[];
  /** In lower case: what a search looks in. */
  words: string;
}

export interface SectionView {
  name: string;
  anchor: string;
  description: string;
  operations: OperationView[];
}

export interface DocsView {
  title: string;
  description: string;
  /** Of the wire format. */
  version: string;
  /** Public URL. */
  server: string;
  sections: SectionView[];
  schemas: { name: string; text: string }[];
}

/** What `/docs` shows of the document. */
export function docsView({ info, servers, tags, paths, components }: OpenApiDocument): DocsView {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
  );
  return {
    title: info.title,
    description: info.description,
    version: info.version,
    server: servers[0]?.url ?? '',
    sections: tags.map(({ name, description }) => ({
      name,
      anchor: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      description,
      operations: operations
        .filter((operation) => operation.tags.includes(name))
        .map((operation) => operationView(operation, components, name)),
    })),
    schemas: Object.entries(components.schemas).map(([name, schema]) => ({ name, text: schemaText(schema) })),
  };
}

const LONGEST_SEARCH = 100;

/** The part in which each word of the search occurs; all of it for an empty search. */
export function searched(view: DocsView, search: string): DocsView {
  const words = wordsOf(search);
  const fits = (text: string): boolean => words.every((word) => text.includes(word));
  if (words.length === 0) return view;
  return {
    ...view,
    sections: view.sections
      .map((section) => ({ ...section, operations: section.operations.filter((operation) => fits(operation.words)) }))
      .filter(({ operations }) => operations.length > 0),
    schemas: view.schemas.filter(({ name }) => fits(name.toLowerCase())),
  };
}

function wordsOf(search: string): string[] {
  return search.slice(0, LONGEST_SEARCH).toLowerCase().split(/\s+/).filter(Boolean);
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

function operationView(
  operation: Operation & { path: string; method: string },
  { schemas, securitySchemes }: OpenApiDocument['components'],
  section: string,
): OperationView {
  const { operationId, method, path, summary, security, parameters = [], requestBody, responses } = operation;
  const [body] = Object.entries(requestBody?.content ?? {});
  return {
    operationId,
    method,
    path,
    summary,
    credentials: credentialsText(security),
    proof: proofOf(security, securitySchemes),
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
    ...(body === undefined ? {} : { sample: { type: body[0], text: sampleText(body[1], schemas) } }),
    answers: Object.entries(responses).map(([status, { description, content = {} }]) => {
      const json = content['application/json'];
      return { status, description, ...(json === undefined ? {} : { schema: schemaText(json.schema) }) };
    }),
    words: [operationId, method, path, summary, section, ...parameters.map(({ name }) => name)].join(' ').toLowerCase(),
  };
}

function sampleText({ schema, example }: Content[string], schemas: Readonly<Record<string, object>>): string {
  if (typeof example === 'string') return example;
  return JSON.stringify(example ?? sampleOf(schema, schemas), null, 2);
}

function proofOf(security: Record<string, string[]>[], schemes: Record<string, object>): OperationView['proof'] {
  const [first] = security.flatMap((one) => Object.keys(one));
  if (first === undefined) return 'none';
  const scheme: { type?: string } = schemes[first] ?? {};
  return scheme.type === 'apiKey' ? 'signed' : 'key';
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

type Schemas = Readonly<Record<string, object>>;

/** Nested schemas deeper than this are left empty. */
const DEEPEST = 6;

/** A value that a person can start from: the required members of the schema, with the first allowed values. */
export function sampleOf(schema: unknown, schemas: Schemas, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return null;
  const known = schema as Schema;
  if (known.$ref !== undefined) return sampleOf(schemas[known.$ref.split('/').at(-1) ?? ''], schemas, depth + 1);
  if ('const' in known) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  const either = known.anyOf ?? known.oneOf;
  if (either !== undefined) return sampleOf(either[0], schemas, depth + 1);
  if (known.properties !== undefined) {
    const { properties, required = [] } = known;
    return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name], schemas, depth + 1)]));
  }
  if (known.items !== undefined) return (known.minItems ?? 0) > 0 ? [sampleOf(known.items, schemas, depth + 1)] : [];
  const type = [known.type ?? 'object'].flat()[0];
  if (type === 'integer' || type === 'number') return known.minimum ?? 0;
  if (type === 'boolean') return false;
  return type === 'string' ? '' : type === 'null' ? null : {};
}
