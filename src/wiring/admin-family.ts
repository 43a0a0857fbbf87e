import type { RequestHandler } from 'express';
import { settingsOf } from '../config/connection-settings.js';
import { listProfiles } from '../config/profiles.js';
import { tenantSettings } from '../config/tenant-settings.js';
import { adminRouter } from '../http/admin/admin-router.js';
import { connectionCalls } from '../http/admin/connection-calls.js';
import { tenantCalls } from '../http/admin/tenant-calls.js';
import { answerOnce } from '../http/gateway/api/answer-once.js';
import { authenticateRequest } from '../http/gateway/api/api-route.js';
import { authenticateKey } from '../usecases/access/authenticate-key.js';
import { keyManagement } from '../usecases/manage/api-keys.js';
import { connectionChanges } from '../usecases/manage/change-connection.js';
import { accessChanges } from '../usecases/manage/connection-secrets.js';
import { connectionReads } from '../usecases/manage/read-connections.js';
import { tenantManagement } from '../usecases/manage/tenant-settings.js';
import { addressesOf } from './browser-side.js';
import type { Parts } from './parts.js';

type AdminParts = Pick<
  Parts,
  | 'admission'
  | 'apiKeys'
  | 'atomically'
  | 'connections'
  | 'guesses'
  | 'idempotency'
  | 'lately'
  | 'log'
  | 'middlewareKeys'
  | 'options'
  | 'readBody'
  | 'tenants'
>;

/** `/v1/admin`: what operators do, for programs. */
export function adminFamily(parts: AdminParts): RequestHandler {
  const { admission, apiKeys, atomically, guesses, lately, tenants } = parts;
  const { demoEnabled } = addressesOf(parts);
  const ownerOfKey = authenticateKey({ apiKeys, guesses, lately, demoEnabled });
  return adminRouter({
    authenticateKey: authenticateRequest({ authenticateKey: ownerOfKey, tenants, admission }),
    once: answerOnce(parts.idempotency),
    calls: {
      ...tenantCalls({
        tenant: tenantManagement({ tenants, atomically, completeSettings: tenantSettings }),
        keys: keyManagement({ apiKeys, atomically }),
      }),
      ...connectionCalls({
        reads: connectionReads(parts),
        changes: connectionChanges({ atomically, completeSettings: settingsOf }),
        access: accessChanges({ atomically }),
        profiles: listProfiles(),
      }),
    },
    readBody: parts.readBody,
    limitAddress: admission.limitAddress,
    log: parts.log,
  });
}
