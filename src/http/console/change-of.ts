import type { ChangeOf } from '../../ports/managed-directory.js';
import type { Visit } from './guard.js';

/** Which connection a form changes, for whom, and in which version. Our forms always have a version. */
export function changeOf({ req, used, form }: Visit): ChangeOf {
  const { tenantId, email } = used.operator;
  const version = Number(form.get('version') ?? Number.NaN);
  return {
    tenantId,
    connectionId: String(req.params['connectionId'] ?? ''),
    by: `operator:${email}`,
    // Versions begin with 1, so 0 is refused as a conflict.
    version: Number.isInteger(version) ? version : 0,
  };
}
