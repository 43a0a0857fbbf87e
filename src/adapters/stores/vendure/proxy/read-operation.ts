import { createRequire } from 'node:module';
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type * as GraphqlPackage from 'graphql';
import { parseJson } from '../../../../protocols/json/parse-json.js';
import type { ProxiedCall } from '../../../../ports/store/store-proxy-policy.js';

/** The operation of a request that would be executed, with its fragments. */
export interface AskedOperation {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}

/** Far above what shop frontends send; bounds the parsing. */
const MAX_TOKENS = 10_000;
let anySchema: GraphQLSchema | undefined;

/** Duplicate names are read differently by different parsers. These rules look at names only, so any schema will do. */
function hasTwice(document: DocumentNode): boolean {
  const rules = graphql();
  const nothingTwice = [
    rules.UniqueArgumentNamesRule,
    rules.UniqueInputFieldNamesRule,
    rules.UniqueOperationNamesRule,
    rules.UniqueVariableNamesRule,
  ];
  anySchema ??= rules.buildSchema('type Query { any: Int }');
  return rules.validate(anySchema, document, nothingTwice, { maxErrors: 1 }).length > 0;
}

/**
 * Reads a GraphQL request over HTTP, or returns the reason for refusing it. Batches, persisted queries without text,
 * multipart and other media types are refused.
 */
export function readOperation(call: ProxiedCall): AskedOperation | string {
  const asked = parametersOf(call);
  if (typeof asked === 'string') return asked;
  const { query, variables = {}, operationName } = asked;
  if (typeof query !== 'string')
    return 'the request must have the text of its query (persisted queries are not accepted)';
  if (!isObject(variables ?? {})) return 'variables must be an object';
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return 'operationName must be text';
  let document: DocumentNode;
  try {
    document = graphql().parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
    if (hasTwice(document)) return 'an argument, a field of an input, a variable or an operation occurs twice';
  } catch {
    // Also for a query that is nested too deeply.
    return 'the query cannot be parsed';
  }
  const { Kind } = graphql();
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else if (definition.kind !== Kind.FRAGMENT_DEFINITION) return 'only operations and fragments are accepted';
    else if (fragments.has(definition.name.value)) return 'two fragments have the same name';
    else fragments.set(definition.name.value, definition);
  }
  const named =
    operationName === undefined || operationName === null || operationName === ''
      ? operations
      : operations.filter(({ name }) => name?.value === operationName);
  const [operation] = named;
  if (operation === undefined || named.length > 1) return 'the request must select exactly one operation';
  return { operation, fragments, variables: (variables ?? {}) as Record<string, unknown> };
}

/** Writes the request again from the parsed parts: one operation, the fragments it uses, nothing else. */
export function writeOperation({ operation, fragments, variables }: AskedOperation, used: ReadonlySet<string>): string {
  const { print } = graphql();
  const query = [operation, ...[...used].flatMap((name) => fragments.get(name) ?? [])]
    .map((definition) => print(definition))
    .join('\n');
  return JSON.stringify({
    query,
    variables,
    operationName: operation.name?.value,
  });
}

function parametersOf({ method, query, contentType, body }: ProxiedCall): Record<string, unknown> | string {
  if (method === 'GET') {
    const parameters = new URLSearchParams(query);
    if (['query', 'variables', 'operationName'].some((name) => parameters.getAll(name).length > 1))
      return 'a parameter occurs twice';
    if (body !== undefined) return 'a GET has no body';
    const variables = parameters.get('variables');
    const read = variables === null || variables === '' ? {} : jsonOf(variables);
    return {
      query: parameters.get('query') ?? undefined,
      operationName: parameters.get('operationName'),
      variables: read ?? 'unreadable',
    };
  }
  if (method !== 'POST') return 'only GET and POST are accepted';
  if (contentType !== 'application/json') return 'the body must be application/json';
  const json = jsonOf(body ?? '');
  if (Array.isArray(json)) return 'batches are not accepted';
  return isObject(json) ? json : 'the body must be a JSON object';
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const require = createRequire(import.meta.url);

/** Loaded by the first use: only a Vendure shop whose own API is proxied needs it, and others may leave it out. */
export function graphql(): typeof GraphqlPackage {
  try {
    return require('graphql') as typeof GraphqlPackage;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error("The proxy for Vendure's Shop API needs the package graphql. Run `npm install graphql`.", {
      cause: error,
    });
  }
}
