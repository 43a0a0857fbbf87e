import type { ApiOperation, ApiSection, MediaBody } from './api-operation.js';

/** Version of the wire format. It grows with additions; the major version stays the same for `/v1`. */
const API_VERSION = '1.0.0';

const ALLOW = {
  Allow: { required: true, description: 'The allowed methods of this path', schema: { type: 'string' } },
};

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, object>>;
  components: { securitySchemes: Record<string, object>; schemas: Record<string, object> };
}

/** OpenAPI 3.1 of all sections. Throws if an operation occurs twice: two families would answer the same address. */
export function openApiDocument(sections: readonly ApiSection[], publicUrl: string): OpenApiDocument {
  const names = new Map(
    sections.flatMap(({ schemas = {} }) =>
      Object.entries(schemas).map(([name, schema]): [object, string] => [schema, name]),
    ),
  );
  const paths: OpenApiDocument['paths'] = {};
  const ids = new Set<string>();
  for (const section of sections) {
    for (const operation of section.operations) {
      const methods = (paths[operation.path] ??= {});
      if (methods[operation.method] !== undefined || ids.has(operation.operationId))
        throw new Error(
          `${operation.operationId} (${operation.method} ${operation.path}) is in the API document twice`,
        );
      ids.add(operation.operationId);
      methods[operation.method] = operationObject(operation, section, names);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'headless-punchout',
      version: API_VERSION,
      description: 'Punchout for headless shops: receives call-ups, returns carts and orders.',
    },
    servers: [{ url: publicUrl }],
    tags: sections.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      securitySchemes: Object.assign({}, ...sections.map(({ security = {} }) => security)),
      schemas: Object.fromEntries(
        [...names].map(([schema, name]) => [name, Object(withReferences(schema, names, true))]),
      ),
    },
  };
}

function operationObject(
  { operationId, summary, scope, open, parameters = [], request, bodies = {}, responses }: ApiOperation,
  { name, security, otherMethods }: ApiSection,
  names: ReadonlyMap<object, string>,
): object {
  const content = { ...(request === undefined ? {} : { 'application/json': { schema: request } }), ...bodies };
  const schemes =
    open === true || security === undefined
      ? []
      : Object.keys(security).map((scheme) => ({ [scheme]: scope === undefined ? [] : [scope] }));
  return {
    operationId,
    summary,
    tags: [name],
    security: schemes,
    parameters:
      parameters.length === 0
        ? undefined
        : parameters.map((parameter) => ({
            ...parameter,
            schema: withReferences(parameter.schema, names),
          })),
    requestBody:
      Object.keys(content).length === 0 ? undefined : { required: true, content: contentObject(content, names) },
    responses: Object.fromEntries(
      Object.entries({ 405: otherMethods, ...responses }).map(([status, { description, schema, media = {} }]) => {
        const answers = { ...(schema === undefined ? {} : { 'application/json': { schema } }), ...media };
        return [
          status,
          {
            description,
            headers: status === '405' ? ALLOW : undefined,
            content: Object.keys(answers).length === 0 ? undefined : contentObject(answers, names),
          },
        ];
      }),
    ),
  };
}

function contentObject(content: Readonly<Record<string, MediaBody>>, names: ReadonlyMap<object, string>): object {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, example }]) => [
      type,
      { schema: withReferences(schema, names), example },
    ]),
  );
}

/** Named schemas are written once and referenced. `self` writes out the schema that is being named. */
function withReferences(schema: unknown, names: ReadonlyMap<object, string>, self = false): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const name = self ? undefined : names.get(schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  if (Array.isArray(schema)) return schema.map((part) => withReferences(part, names));
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, withReferences(part, names)]));
}
