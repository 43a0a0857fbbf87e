import { ADMIN_OTHER_METHODS } from '../http/gateway/admin/admin-operation.js';
import { ADMIN_OPERATIONS } from '../http/gateway/admin/openapi-operations.js';
import { CONNECT_ERROR, CONNECT_OPERATIONS, CONNECT_OTHER_METHODS } from '../http/connect/openapi-operations.js';
import {
  CONNECTOR_SESSION_OPERATIONS,
  CONNECTOR_SESSION_OTHER_METHODS,
} from '../http/connector-session/openapi-operations.js';
import { CUSTOM_STORE_OPERATIONS, CUSTOM_STORE_OTHER_METHODS } from '../http/custom-store/openapi-operations.js';
import { ERROR_SCHEMA } from '../http/gateway/api/answer-schemas.js';
import { GATEWAY_OTHER_METHODS } from '../http/gateway/openapi-answers.js';
import { GATEWAY_OPERATIONS } from '../http/gateway/openapi-operations.js';
import type { ApiSection } from '../http/openapi/api-operation.js';
import { OPEN_BUY_OPERATIONS, OPEN_BUY_OTHER_METHODS } from '../http/open-buy/openapi-operations.js';
import { OPERATIONS_OPERATIONS, OPERATIONS_OTHER_METHODS } from '../http/operations/openapi-operations.js';
import { CONTEXT_ANSWER, CONTEXT_ERROR } from '../http/session-context/context-schemas.js';
import { SCOPE } from '../http/session-context/envelope.js';
import {
  SESSION_CONTEXT_OPERATIONS,
  SESSION_CONTEXT_OTHER_METHODS,
} from '../http/session-context/openapi-operations.js';

/**
 * One section of `/openapi.json` and `/docs` for each API family, from its `openapi-operations.ts`; a new family adds
 * its own.
 */
export const API_SECTIONS: readonly ApiSection[] = [
  {
    name: 'PunchOut sessions',
    description: 'Call-ups as cXML, OCI or JSON; what became of sessions and what they sold.',
    security: {
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key of the tenant (punchout keys create), with the scope read or write',
      },
    },
    schemas: { Error: ERROR_SCHEMA },
    otherMethods: GATEWAY_OTHER_METHODS,
    operations: GATEWAY_OPERATIONS,
  },
  {
    name: 'Administration',
    description: 'Connections, keys, sessions and deliveries, for the programs of operators.',
    security: {
      adminKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key of the tenant with the scope admin (punchout keys create --scopes admin)',
      },
    },
    otherMethods: ADMIN_OTHER_METHODS,
    operations: ADMIN_OPERATIONS,
  },
  {
    name: 'Connector session',
    description:
      "The buyer's browser: login, session, transfer, logout. Proven by the start token once, by cookies after it.",
    otherMethods: CONNECTOR_SESSION_OTHER_METHODS,
    operations: CONNECTOR_SESSION_OPERATIONS,
  },
  {
    name: 'Orders and hooks',
    description:
      'Order status and hooks of suppliers and merchants (order events). Each call names its shop in ' +
      'X-Shopware-Connect-Shop and is signed.',
    security: {
      connectSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Shopware-Connect-Key',
        description:
          'HMAC-SHA512 of the raw body under a key of the shop, in lower-case hexadecimal. X-Punchout-Signature ' +
          'beside it binds method, path and time (docs/orders.md)',
      },
    },
    schemas: { ConnectError: CONNECT_ERROR },
    otherMethods: CONNECT_OTHER_METHODS,
    operations: CONNECT_OPERATIONS,
  },
  {
    name: 'Custom store',
    description:
      'A middleware takes us for its store (custom store integration). Proven by the api_key in the body or the query.',
    otherMethods: CUSTOM_STORE_OTHER_METHODS,
    operations: CUSTOM_STORE_OPERATIONS,
  },
  {
    name: 'Open Buy',
    description: "Coupa searches the shop for a buyer and shows products, with the buyer's prices (Open Buy).",
    security: {
      openBuyToken: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token of /open-buy/authentication, valid for one hour',
      },
      openBuyClient: {
        type: 'oauth2',
        description: 'punchout clients create, with the scope open-buy',
        flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: { 'open-buy': 'Search for a buyer' } } },
      },
    },
    otherMethods: OPEN_BUY_OTHER_METHODS,
    operations: OPEN_BUY_OPERATIONS,
  },
  {
    name: 'Session context',
    description: 'What a session is shopped in: site, currency, language, customer, target location (session context).',
    security: {
      clientCredentials: {
        type: 'oauth2',
        description: 'punchout clients create',
        flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: { [SCOPE]: 'Manage session context' } } },
      },
    },
    schemas: { SessionContext: CONTEXT_ANSWER, SessionContextError: CONTEXT_ERROR },
    otherMethods: SESSION_CONTEXT_OTHER_METHODS,
    operations: SESSION_CONTEXT_OPERATIONS,
  },
  {
    name: 'Operations',
    description: 'Health, and this document.',
    otherMethods: OPERATIONS_OTHER_METHODS,
    operations: OPERATIONS_OPERATIONS,
  },
];
