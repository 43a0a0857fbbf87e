import type { AdminOperation } from './admin-operation.js';
import { CONNECTION_OPERATIONS } from './connection-operations.js';
import { TENANT_OPERATIONS } from './tenant-operations.js';

/** All operations of `/v1/admin`; the routes are made from the same table. */
export const ADMIN_OPERATIONS: readonly AdminOperation[] = [...TENANT_OPERATIONS, ...CONNECTION_OPERATIONS];
