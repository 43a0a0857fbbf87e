import type { PartyCredential } from '../transmission/setup-request.js';

/** Maximum credentials of a party that are checked; this bounds the work for one document. */
export const MAX_CREDENTIALS = 10;

/** Longest domain or identity of a registered credential (characters). */
export const MAX_NAME_LENGTH = 255;

/** Whether a credential can be registered; one that cannot is never looked up. */
export function isPossibleName({ domain, identity }: Pick<PartyCredential, 'domain' | 'identity'>): boolean {
  return domain.length <= MAX_NAME_LENGTH && identity.length <= MAX_NAME_LENGTH;
}

/**
 * The credentials of the party itself, without those of a hub (`marketplace`), which do not identify it (cxml.md 2).
 */
export function ownCredentials(party: readonly PartyCredential[]): PartyCredential[] {
  const own = party.filter(({ type }) => type?.toLowerCase() !== 'marketplace');
  return (own.length === 0 ? [...party] : own).slice(0, MAX_CREDENTIALS);
}

/** Two names in one domain: the organisation cannot be determined. */
export function isAmbiguous(party: readonly PartyCredential[]): boolean {
  return party.some((a) => party.some((b) => sameText(a.domain, b.domain) && !sameText(a.identity, b.identity)));
}

/**
 * Whether a party matches: one of its names must be expected, and no name in an expected domain may be unexpected. An
 * empty expectation accepts every party.
 */
export function agrees(expected: readonly PartyCredential[], party: readonly PartyCredential[]): boolean {
  if (expected.length === 0) return true;
  const judged = ownCredentials(party).filter((theirs) =>
    expected.some((ours) => sameText(ours.domain, theirs.domain)),
  );
  return (
    judged.length > 0 &&
    judged.every((theirs) =>
      expected.some((ours) => sameText(ours.domain, theirs.domain) && sameText(ours.identity, theirs.identity)),
    )
  );
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
