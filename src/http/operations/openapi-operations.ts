import type { ErrorCode } from '../../domain/error-codes.js';
import type { ApiOperation, OperationResponse } from '../openapi/api-operation.js';

const CHECKS = {
  type: 'object',
  required: ['status', 'checks'],
  additionalProperties: false,
  properties: {
    status: { enum: ['ready', 'degraded', 'unavailable', 'stopping'] },
    checks: { type: 'object', additionalProperties: { enum: ['ok', 'failed'] } },
  },
};

function refusalSchema(code: ErrorCode): object {
  const error = {
    type: 'object',
    required: ['code', 'message'],
    additionalProperties: false,
    properties: { code: { const: code }, message: { type: 'string' } },
  };
  return { type: 'object', required: ['error'], additionalProperties: false, properties: { error } };
}

export const OPERATIONS_OTHER_METHODS: OperationResponse = {
  description: 'Method not allowed; Allow lists the allowed methods',
  schema: refusalSchema('METHOD_NOT_ALLOWED'),
};

const TOO_OFTEN: OperationResponse = {
  description: 'Too many requests; try again after Retry-After seconds',
  schema: refusalSchema('RATE_LIMITED'),
};

export const OPERATIONS_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'healthz',
    method: 'get',
    path: '/healthz',
    summary: 'The process lives',
    responses: {
      200: {
        description: 'It does',
        schema: {
          type: 'object',
          required: ['status'],
          additionalProperties: false,
          properties: { status: { const: 'ok' } },
        },
      },
    },
  },
  {
    operationId: 'readyz',
    method: 'get',
    path: '/readyz',
    summary: 'The process can do its work',
    responses: {
      200: {
        description: 'Send traffic. `degraded`: Redis is away, and sessions come from the database meanwhile',
        schema: CHECKS,
      },
      503: {
        description: 'Send no traffic: the database does not answer, or the process is shutting down',
        schema: CHECKS,
      },
    },
  },
  {
    operationId: 'openapi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    responses: {
      200: {
        description: 'OpenAPI 3.1',
        schema: { type: 'object', required: ['openapi', 'info', 'paths'], properties: { openapi: { const: '3.1.0' } } },
      },
      429: TOO_OFTEN,
    },
  },
  {
    operationId: 'docs',
    method: 'get',
    path: '/docs',
    summary: 'This document as a page',
    responses: {
      200: { description: 'A page', media: { 'text/html': { schema: { type: 'string' } } } },
      429: TOO_OFTEN,
    },
  },
];
