import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { type CallUpKey, type KnownName, looksSecret } from './call-up-names.js';

const EMPTY = 1000;

export interface CollectedCallUp {
  /** The winning pair of each meaning. */
  known: ReadonlyMap<CallUpKey, NameValue>;
  /** What we do not know, and known names that lost to a better one, in order; no credentials. */
  extra: NameValue[];
}

/**
 * Sorts the pairs of a call-up by a table of names, whatever their case. A name may come again with an equal value,
 * blanks round it aside (except in a password), or with an empty one, which counts as absent. Refuses INVALID_REQUEST
 * when a known name comes with two values, in one spelling or two (SECURITY T32); details: `parameter`.
 */
export function collectCallUp(
  pairs: readonly NameValue[],
  names: ReadonlyMap<string, KnownName>,
): Outcome<CollectedCallUp> {
  const seen = new Map<string, string>();
  const best = new Map<CallUpKey, { rank: number; pair: NameValue }>();
  for (const pair of pairs) {
    const name = pair.name.toLowerCase();
    const meaning = names.get(name);
    if (meaning === undefined) continue;
    const value = meaning.key === 'password' ? pair.value : pair.value.trim();
    const former = seen.get(name);
    if (former !== undefined && value !== '' && former !== value)
      return refuse('INVALID_REQUEST', `The parameter ${name.toUpperCase()} is given twice with different values.`, {
        parameter: name.toUpperCase(),
      });
    if (value !== '') seen.set(name, value);
    // An empty value never hides another name of the same meaning.
    const rank = value === '' ? meaning.rank + EMPTY : meaning.rank;
    const holder = best.get(meaning.key);
    if (holder === undefined || rank < holder.rank) best.set(meaning.key, { rank, pair });
  }
  const known = new Map<CallUpKey, NameValue>();
  for (const [key, { pair }] of best) known.set(key, pair);
  return accept({ known, extra: pairs.filter((pair) => isExtra(pair, names, known)) });
}

function isExtra(
  pair: NameValue,
  names: ReadonlyMap<string, KnownName>,
  known: ReadonlyMap<CallUpKey, NameValue>,
): boolean {
  const name = pair.name.toLowerCase();
  const key = names.get(name)?.key;
  if (key === undefined) return !looksSecret(name);
  return key !== 'username' && key !== 'password' && known.get(key)?.name.toLowerCase() !== name;
}
