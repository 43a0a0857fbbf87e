/** One operation of an API family: what validates its requests, and what its answers keep to. */
export interface ApiOperation {
  operationId: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the public URL, in OpenAPI's spelling. */
  path: string;
  summary: string;
  /** Scope of the key or token. */
  scope?: string;
  /** Needs none of the section's credentials. */
  open?: boolean;
  parameters?: readonly OperationParameter[];
  /** Of an `application/json` body. */
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
  /** Of an `application/json` answer; absent where there is none. */
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
  /** Ways to prove oneself, any of them, by their names in the document; absent: none is needed. */
  security?: Readonly<Record<string, object>>;
  /** Schemas that stand in the document once, under these names; found by identity. */
  schemas?: Readonly<Record<string, object>>;
  /**
   * The answer of every path of this family to a method that it does not have (405; Allow names its methods). An
   * operation may have its own 405.
   */
  otherMethods: OperationResponse;
  operations: readonly ApiOperation[];
}
