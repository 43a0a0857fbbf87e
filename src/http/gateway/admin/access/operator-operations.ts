import { OPERATOR_ROLES } from '../../../../domain/access/operator-roles.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const ROLE = { enum: OPERATOR_ROLES } as const;
const OPERATOR = record({
  operator_id: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  role: ROLE,
  disabled: { type: 'boolean' },
  from_provider: { type: 'boolean', description: 'The OpenID provider decides the role' },
  created_at: TIME,
});

export const OPERATOR_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListOperators',
    method: 'get',
    path: '/operators',
    summary: 'List who may sign in to the console',
    data: record({ operators: { type: 'array', items: OPERATOR } }),
  }),
  adminOperation({
    operationId: 'adminAddOperator',
    method: 'post',
    path: '/operators',
    summary: 'Add an operator, with a password that is shown once',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['email', 'name', 'role'],
      properties: {
        email: { type: 'string', minLength: 3, maxLength: 320, description: 'Unique among all tenants' },
        name: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' },
        role: ROLE,
        password: {
          type: ['string', 'null'],
          description: 'Without it one is made; null for who signs in at the OpenID provider only',
        },
      },
    },
    data: record({
      ...OPERATOR.properties,
      password: { ...MAYBE_TEXT, description: 'Made just now; shown once' },
    }),
    status: 201,
  }),
  adminOperation({
    operationId: 'adminChangeOperator',
    method: 'patch',
    path: '/operators/{operator}',
    summary: 'Change the role of an operator, or disable and enable them; ends their sign-ins',
    request: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: { role: ROLE, disabled: { type: 'boolean' } },
    },
    data: OPERATOR,
  }),
];
