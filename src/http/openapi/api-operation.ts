/** One operation of an API family: the schemas of its requests and answers. */
export interface ApiOperation {
  operationId: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Path below the public URL, in OpenAPI syntax. */
  path: string;
  summary: string;
  /** Scope that the key or token needs. */
  scope?: string;
  /** Needs none of the section's credentials. */
  open?: boolean;
  parameters?: readonly OperationParameter[];
  /** Schema of an `application/json` body. */
  request?: object;
  /** Bodies in other media types than JSON. */
  bodies?: Readonly<Record<string, MediaBody>>;
  responses: Readonly<Record<number, OperationResponse>>;
}

export interface OperationParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: object;
}

export interface OperationResponse {
  description: string;
  /** Schema of an `application/json` answer. Absent if there is none. */
  schema?: object;
  /** Answers in other media types. */
  media?: Readonly<Record<string, MediaBody>>;
}

export interface MediaBody {
  schema: object;
  example?: unknown;
}

/** What one API family adds to the document. */
export interface ApiSection {
  /** Heading, and tag of its operations. */
  name: string;
  description: string;
  /** Authentication schemes by name; any one of them is enough. Absent: none needed. */
  security?: Readonly<Record<string, object>>;
  /** Schemas that are written once under these names. They are found by object identity. */
  schemas?: Readonly<Record<string, object>>;
  /** The 405 answer of every path of this family (Allow lists its methods). An operation may define its own. */
  otherMethods: OperationResponse;
  operations: readonly ApiOperation[];
}
