import { Ajv } from 'ajv';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import type { TenantSettings } from '../domain/access/tenant.js';
import { faultText } from './connection-settings.js';
import { isNetworkText } from './network-text.js';
import { TENANT_SCHEMA } from './tenant-schema.js';

const ajv = new Ajv({ allErrors: true, useDefaults: true, strictTypes: false });
ajv.addFormat('origin', (text: string) => URL.canParse(text) && new URL(text).origin === text);
ajv.addFormat('network', isNetworkText);
const validate = ajv.compile<TenantSettings>(TENANT_SCHEMA);

/** A tenant's settings; refuses INVALID_REQUEST naming all faults with their paths at once. */
export function tenantSettings(document: unknown): Outcome<TenantSettings> {
  const settings: unknown = structuredClone(document);
  return validate(settings)
    ? accept(settings)
    : refuse('INVALID_REQUEST', (validate.errors ?? []).map(faultText).join('; '));
}
