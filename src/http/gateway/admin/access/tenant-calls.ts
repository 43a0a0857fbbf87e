import { accept } from '../../../../domain/error-codes.js';
import type { ApiKey, ApiKeyRepository, ApiScope } from '../../../../ports/access/client-keys.js';
import type { KeyManagement, MadeKey } from '../../../../usecases/manage/api-keys.js';
import type { ShownTenant, TenantManagement } from '../../../../usecases/manage/tenant-settings.js';
import type { AdminAnswer, AdminCall, AdminRequest } from '../admin-route.js';

interface Deps {
  tenant: TenantManagement;
  keys: KeyManagement;
  apiKeys: Pick<ApiKeyRepository, 'list'>;
}

interface TenantBody {
  name?: string;
  settings?: object;
  all_settings?: object;
}

const GRACE_DAYS = 7;

export function tenantCalls({ tenant, keys, apiKeys }: Deps): Record<string, AdminCall> {
  return {
    async adminGetTenant({ tenantId }) {
      const shown = await tenant.show(tenantId);
      return shown.ok ? accept(tenantAnswer(shown.value)) : shown;
    },
    async adminChangeTenant({ body, ...of }: AdminRequest<TenantBody>) {
      const { name, settings, all_settings: allSettings } = body;
      const changed = await tenant.change(of, { name, settings, allSettings });
      return changed.ok ? accept(tenantAnswer(changed.value)) : changed;
    },
    async adminListKeys({ tenantId }) {
      return accept({ data: { keys: (await apiKeys.list(tenantId)).map(keyView) } });
    },
    async adminCreateKey({
      tenantId,
      by,
      body,
    }: AdminRequest<{ name: string; scopes: ApiScope[]; connection?: string }>) {
      const made = await keys.create({ tenantId, by }, { ...body, connectionId: body.connection });
      return made.ok ? accept(madeAnswer(made.value)) : made;
    },
    async adminRotateKey({ tenantId, by, params, body }: AdminRequest<{ grace_days?: number }>) {
      const made = await keys.rotate({ tenantId, by }, params['key'] ?? '', body.grace_days ?? GRACE_DAYS);
      return made.ok ? accept(madeAnswer(made.value)) : made;
    },
    async adminRevokeKey({ tenantId, by, params }: AdminRequest) {
      const revoked = await keys.revoke({ tenantId, by }, params['key'] ?? '');
      return revoked.ok ? accept({ data: revoked.value }) : revoked;
    },
  };
}

function tenantAnswer({ tenantId, name, settings, version }: ShownTenant): AdminAnswer {
  return { data: { tenant_id: tenantId, name, version, settings }, version };
}

function madeAnswer({ key, ...made }: MadeKey): AdminAnswer {
  const view = keyView(made);
  return { data: { ...view, key }, kept: { ...view, key: null } };
}

function keyView(key: ApiKey): object {
  return {
    key_id: key.keyId,
    name: key.name,
    scopes: key.scopes,
    connection: key.connectionId ?? null,
    state: stateOf(key),
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}

function stateOf({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt === undefined) return 'active';
  return expiresAt <= new Date() ? 'expired' : 'expiring';
}
