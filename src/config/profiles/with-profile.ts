import { PROFILE_NAMES, type ProfileName } from '../../domain/access/connection.js';
import { findProfile } from './find-profile.js';

const NAMES: readonly string[] = PROFILE_NAMES;

/** A settings document over the presets of the profile it names: objects are merged, anything else of the document's own wins. */
export function withProfile(document: unknown): unknown {
  const name = isObject(document) ? document['profile'] : undefined;
  return isProfileName(name) ? merged(findProfile(name).settings, document) : document;
}

function isProfileName(name: unknown): name is ProfileName {
  return typeof name === 'string' && NAMES.includes(name);
}

/** A field rule is one value: half of a preset's rule under half of one's own would be nobody's. */
const RULES_DEPTH = 3;

function merged(preset: unknown, own: unknown, depth = 0): unknown {
  if (own === undefined) return preset;
  if (!isObject(preset) || !isObject(own) || depth >= RULES_DEPTH) return own;
  const names = new Set([...Object.keys(preset), ...Object.keys(own)]);
  return Object.fromEntries([...names].map((name) => [name, merged(preset[name], own[name], depth + 1)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
