import type { ChangeOf } from '../../ports/managed-directory.js';
import type { Visit } from './guard.js';

/** Which connection a form changes, for whom, and in which version. A form without a version is none of our pages. */
export function changeOf({ req, used, form }: Visit): ChangeOf {
  const { tenantId, email } = used.operator;
  const version = Number(form.get('version') ?? Number.NaN);
  return {
    tenantId,
    connectionId: String(req.params['connectionId'] ?? ''),
    by: `operator:${email}`,
    // No connection has the version 0.
    version: Number.isInteger(version) ? version : 0,
  };
}
