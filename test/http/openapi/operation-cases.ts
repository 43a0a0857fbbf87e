import { ADMIN_CASES } from './admin-cases.js';
import { BROWSER_CASES, OPERATIONS_CASES } from './browser-cases.js';
import { CONNECT_CASES } from './connect-cases.js';
import { CUSTOM_STORE_CASES } from './custom-store-cases.js';
import { GATEWAY_CASES } from './gateway-cases.js';
import { OPEN_BUY_CASES } from './open-buy-cases.js';
import type { OperationCases } from './operation-case.js';
import { SESSION_CONTEXT_CASES } from './session-context-cases.js';

/** Cases of every operation in `/openapi.json`, one file per family. */
export const OPERATION_CASES: OperationCases = {
  ...GATEWAY_CASES,
  ...ADMIN_CASES,
  ...BROWSER_CASES,
  ...CONNECT_CASES,
  ...CUSTOM_STORE_CASES,
  ...OPEN_BUY_CASES,
  ...SESSION_CONTEXT_CASES,
  ...OPERATIONS_CASES,
};
