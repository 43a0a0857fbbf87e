import type { AdminOperation } from './admin-operation.js';
import { CONNECTION_OPERATIONS } from './connection-operations.js';
import { CATALOGUE_OPERATIONS } from './catalogue/catalogue-operations.js';
import { LIST_OPERATIONS } from './catalogue/list-operations.js';
import { PUSH_OPERATIONS } from './catalogue/push-operations.js';
import { DELIVERY_OPERATIONS } from './orders/delivery-operations.js';
import { HAND_OVER_OPERATIONS } from './hand-over-operations.js';
import { EVENT_OPERATIONS } from './events/event-operations.js';
import { ORDER_OPERATIONS } from './orders/order-operations.js';
import { RECORD_OPERATIONS } from './record-operations.js';
import { SESSION_OPERATIONS } from './session-operations.js';
import { ADDRESS_OPERATIONS } from './access/address-operations.js';
import { CLIENT_OPERATIONS } from './access/client-operations.js';
import { OPERATOR_OPERATIONS } from './access/operator-operations.js';
import { SHOP_OPERATIONS } from './access/shop-operations.js';
import { SITE_OPERATIONS } from './access/site-operations.js';
import { TENANT_OPERATIONS } from './access/tenant-operations.js';
import { TRIAL_OPERATIONS } from './trial-operations.js';

/** All operations of `/v1/admin`; the routes are made from the same table. */
export const ADMIN_OPERATIONS: readonly AdminOperation[] = [
  ...TENANT_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...SHOP_OPERATIONS,
  ...SITE_OPERATIONS,
  ...OPERATOR_OPERATIONS,
  ...CONNECTION_OPERATIONS,
  ...ADDRESS_OPERATIONS,
  ...TRIAL_OPERATIONS,
  ...HAND_OVER_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...ORDER_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...CATALOGUE_OPERATIONS,
  ...PUSH_OPERATIONS,
  ...LIST_OPERATIONS,
  ...RECORD_OPERATIONS,
];
