import { OPERATOR_ROLES, type OperatorRole } from './operator-roles.js';

/** Names of the claims that say to which tenant a person belongs, and with which role. */
export interface PlaceClaims {
  tenantClaim: string;
  roleClaim: string;
}

/**
 * Tenant and role that the claims of a provider name; undefined if one is missing. A role may stand in a list of other
 * values, such as groups; of several roles the one that may do most counts.
 */
export function claimedPlace(
  claims: Readonly<Record<string, unknown>>,
  { tenantClaim, roleClaim }: PlaceClaims,
): { tenantId: string; role: OperatorRole } | undefined {
  const tenantId = claims[tenantClaim];
  const named = claims[roleClaim];
  const values: readonly unknown[] = Array.isArray(named) ? named : [named];
  const role = OPERATOR_ROLES.findLast((known) => values.includes(known));
  return typeof tenantId === 'string' && tenantId !== '' && role !== undefined ? { tenantId, role } : undefined;
}
