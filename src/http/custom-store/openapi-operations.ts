import type { ApiOperation, OperationResponse } from '../openapi/api-operation.js';
import { CATEGORIES_ANSWER, CATEGORIES_QUERY, CLONE_ANSWER, CLONE_BODY, ERROR_ANSWER } from './read-clone-request.js';

const MEANINGS: Record<string, string> = {
  api_key: 'Key of the connection',
  limit: 'Categories per page; without it the whole tree',
  page: 'Page number, with limit',
};

const REFUSALS = {
  400: { description: 'A field is missing or not valid, or the gateway is not allowed', schema: ERROR_ANSWER },
  401: { description: 'The api_key is not valid', schema: ERROR_ANSWER },
  403: { description: 'The api_key may not be used from this address', schema: ERROR_ANSWER },
  413: { description: 'The body is larger than allowed', schema: ERROR_ANSWER },
  422: { description: 'No account can be created for this user', schema: ERROR_ANSWER },
  429: { description: 'Too many requests; try again after Retry-After seconds', schema: ERROR_ANSWER },
  500: { description: 'Something went wrong', schema: ERROR_ANSWER },
  503: { description: 'A dependency does not answer; try again after Retry-After seconds', schema: ERROR_ANSWER },
} as const;

export const CUSTOM_STORE_OTHER_METHODS: OperationResponse = {
  description: 'Method not allowed; Allow lists the allowed methods',
  schema: ERROR_ANSWER,
};

/** The api_key is sent in the body or query, as in Punchout Rocket's documentation. */
export const CUSTOM_STORE_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'cloneUser',
    method: 'post',
    path: '/api/punchout/clone',
    summary: 'Create an account after a template user and return its one-time SSO link',
    request: CLONE_BODY,
    responses: { 200: { description: 'Start URL for the buyer', schema: CLONE_ANSWER }, ...REFUSALS },
  },
  {
    operationId: 'listCategories',
    method: 'get',
    path: '/api/punchout/categories',
    summary: "The shop's category tree",
    parameters: Object.entries(CATEGORIES_QUERY.properties).map(([name, schema]) => ({
      name,
      in: 'query' as const,
      required: name === 'api_key',
      description: MEANINGS[name] ?? '',
      schema,
    })),
    responses: {
      200: { description: 'The categories', schema: CATEGORIES_ANSWER },
      304: { description: 'Not changed since the ETag' },
      400: REFUSALS[400],
      401: REFUSALS[401],
      403: REFUSALS[403],
      429: REFUSALS[429],
      500: REFUSALS[500],
      503: REFUSALS[503],
    },
  },
];
