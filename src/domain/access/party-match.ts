import type { PartyCredential } from '../transmission/setup-request.js';

/** Credentials of one party that are looked at; more are a sender's mistake, and work for us. */
export const MAX_CREDENTIALS = 10;

/** No credential is registered with a longer domain or identity (characters). */
export const MAX_NAME_LENGTH = 255;

/** Whether a credential can be registered at all; one that cannot is never looked up. */
export function isPossibleName({ domain, identity }: Pick<PartyCredential, 'domain' | 'identity'>): boolean {
  return domain.length <= MAX_NAME_LENGTH && identity.length <= MAX_NAME_LENGTH;
}

/** A party's own names: a hub's, marked `marketplace`, stand beside them and say nothing of who it is (cxml.md 2). */
export function ownCredentials(party: readonly PartyCredential[]): PartyCredential[] {
  const own = party.filter(({ type }) => type?.toLowerCase() !== 'marketplace');
  return (own.length === 0 ? [...party] : own).slice(0, MAX_CREDENTIALS);
}

/** Two names in one domain: nobody can say which organisation is meant. */
export function isAmbiguous(party: readonly PartyCredential[]): boolean {
  return party.some((a) => party.some((b) => sameText(a.domain, b.domain) && !sameText(a.identity, b.identity)));
}

/** Whether a party is one that is expected: one of its names must be, and none of a domain that we know may be another. Nothing expected: anybody. */
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
