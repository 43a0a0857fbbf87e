import { accept, type Outcome } from '../../../domain/error-codes.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { type CallUpNames, knownCallUpNames } from './call-up-names.js';
import { collectCallUp } from './collect-call-up.js';

export interface OciCredentials {
  username?: string;
  password?: string;
}

/**
 * First look at a call-up, to find its connection: user name and password by their usual names (USERNAME, ~username, u;
 * PASSWORD, ~password, p, in any case), or by names given. Refuses INVALID_REQUEST as `parseOciCallUp` does.
 */
export function findOciCredentials(pairs: readonly NameValue[], names?: CallUpNames): Outcome<OciCredentials> {
  const collected = collectCallUp(pairs, knownCallUpNames(names));
  if (!collected.ok) return collected;
  const username = collected.value.known.get('username')?.value;
  const password = collected.value.known.get('password')?.value;
  return accept({ ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) });
}
