import { CONNECT_ERROR, CONNECT_OPERATIONS } from '../http/connect/openapi-operations.js';
import { CONNECTOR_SESSION_OPERATIONS } from '../http/connector-session/openapi-operations.js';
import { CUSTOM_STORE_OPERATIONS } from '../http/custom-store/openapi-operations.js';
import { ERROR_SCHEMA } from '../http/gateway/api/answer-schemas.js';
import { GATEWAY_OPERATIONS } from '../http/gateway/openapi-operations.js';
import type { ApiSection } from '../http/openapi/api-operation.js';
import { OPERATIONS_OPERATIONS } from '../http/operations/openapi-operations.js';
import { CONTEXT_ANSWER, CONTEXT_ERROR } from '../http/session-context/context-schemas.js';
import { SCOPE } from '../http/session-context/envelope.js';
import { SESSION_CONTEXT_OPERATIONS } from '../http/session-context/openapi-operations.js';

/** One section of `/openapi.json` and `/docs` for each API family, from its `openapi-operations.ts`; a new family adds its own. */
export const API_SECTIONS: readonly ApiSection[] = [
  {
    name: 'PunchOut sessions',
    description: 'Call-ups as cXML, OCI or JSON; what became of sessions and what they sold.',
    security: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the tenant (punchout keys create), with the scope read or write' } },
    schemas: { Error: ERROR_SCHEMA },
    operations: GATEWAY_OPERATIONS,
  },
  { name: 'Connector session', description: "The buyer's browser: login, session, transfer, logout. Proven by the start token once, by cookies after it.", operations: CONNECTOR_SESSION_OPERATIONS },
  {
    name: 'Orders and hooks',
    description: 'Order status and hooks of suppliers and merchants (source 003). Each call names its shop in X-Shopware-Connect-Shop and is signed.',
    security: { connectSignature: { type: 'apiKey', in: 'header', name: 'X-Shopware-Connect-Key', description: 'HMAC-SHA512 of the raw body under a key of the shop, in lower-case hexadecimal' } },
    schemas: { ConnectError: CONNECT_ERROR },
    operations: CONNECT_OPERATIONS,
  },
  { name: 'Custom store', description: 'A middleware takes us for its store (source 004). Proven by the api_key in the body or the query.', operations: CUSTOM_STORE_OPERATIONS },
  {
    name: 'Session context',
    description: 'What a session is shopped in: site, currency, language, customer, target location (source 001).',
    security: { clientCredentials: { type: 'oauth2', description: 'punchout clients create', flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: { [SCOPE]: 'Manage session context' } } } } },
    schemas: { SessionContext: CONTEXT_ANSWER, SessionContextError: CONTEXT_ERROR },
    operations: SESSION_CONTEXT_OPERATIONS,
  },
  { name: 'Operations', description: 'Health, and this document.', operations: OPERATIONS_OPERATIONS },
];
