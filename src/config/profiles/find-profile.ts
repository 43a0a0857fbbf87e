import type { ConnectionSettings, ProfileName } from '../../domain/access/connection.js';
import { CXML_PROFILES } from './cxml-profiles.js';
import { OCI_PROFILES } from './oci-profiles.js';
import type { Profile } from './profile.js';

const PROFILES: ReadonlyMap<string, Profile> = new Map(
  [...CXML_PROFILES, ...OCI_PROFILES].map((profile) => [profile.name, profile]),
);

export function findProfile(name: ProfileName): Profile {
  const profile = PROFILES.get(name);
  if (profile === undefined) throw new RangeError(`there is no profile ${name}`);
  return profile;
}

/** The connection's profile for carts of this protocol: the generic one where it names none, or one of the other protocol. */
export function profileFor({ profile: name }: Pick<ConnectionSettings, 'profile'>, protocol: 'cxml' | 'oci'): Profile {
  const profile = name === undefined ? undefined : findProfile(name);
  return profile?.protocol === protocol ? profile : findProfile(protocol === 'cxml' ? 'generic-cxml' : 'generic-oci');
}
