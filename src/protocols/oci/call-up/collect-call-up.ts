import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';

/** Meaning of a call-up parameter. */
export type CallUpKey =
  | 'username'
  | 'password'
  | 'hookUrl'
  | 'language'
  | 'currency'
  | 'version'
  | 'function'
  | 'productId'
  | 'quantity'
  | 'searchString'
  | 'vendor'
  | 'charset'
  | 'returnTarget'
  | 'target'
  | 'okCode'
  | 'caller';

/** Names that a connection may choose (`OciSettings.parameters`). */
export interface CallUpNames {
  username?: string;
  password?: string;
  hookUrl?: string;
}

/** oci.md 1: the names of each meaning in lower case, the one with the highest priority first. */
const NAMES: Record<CallUpKey, readonly string[]> = {
  username: ['username', '~username', 'u'],
  password: ['password', '~password', 'p'],
  hookUrl: ['hook_url'],
  language: ['language', 'langu', '~language', 'sap-language'],
  currency: ['currency'],
  version: ['oci_version', 'ociversion'],
  function: ['function'],
  productId: ['productid'],
  quantity: ['quantity'],
  searchString: ['searchstring'],
  vendor: ['vendor'],
  charset: ['http_content_charset'],
  returnTarget: ['returntarget'],
  target: ['~target'],
  okCode: ['~okcode'],
  caller: ['~caller'],
};

/** Meaning and rank (0 wins) of a lower-case parameter name. */
interface KnownName {
  key: CallUpKey;
  rank: number;
}

const DEFAULTS = tableOf({});

/** The table of known names: a connection's own names before the usual ones. */
export function knownCallUpNames(names: CallUpNames = {}): ReadonlyMap<string, KnownName> {
  return names.username === undefined && names.password === undefined && names.hookUrl === undefined
    ? DEFAULTS
    : tableOf(names);
}

function tableOf(names: CallUpNames): ReadonlyMap<string, KnownName> {
  const table = new Map<string, KnownName>();
  for (const [key, aliases] of entriesOf(NAMES))
    for (const [place, name] of aliases.entries()) table.set(name, { key, rank: place + 1 });
  for (const key of ['username', 'password', 'hookUrl'] as const) {
    const own = names[key]?.toLowerCase();
    if (own !== undefined && own !== '') table.set(own, { key, rank: 0 });
  }
  return table;
}

function entriesOf(names: Record<CallUpKey, readonly string[]>): [CallUpKey, readonly string[]][] {
  return Object.entries(names) as [CallUpKey, readonly string[]][];
}

const SECRET = /passw|pwd|kennwort|secret|api[-_]?key/;

/** Whether an unknown lower-case name looks like a credential, which is never stored. */
function looksSecret(name: string): boolean {
  return SECRET.test(name);
}

const EMPTY = 1000;

interface CollectedCallUp {
  /** The chosen pair of each meaning. */
  known: ReadonlyMap<CallUpKey, NameValue>;
  /** Unknown pairs, and known pairs of lower priority, in order; no credentials. */
  extra: NameValue[];
}

/**
 * Sorts the pairs of a call-up by a table of names, case-insensitively. A name may be repeated with an equal value,
 * ignoring blanks around it (except in a password), or with an empty value, which counts as absent. Refuses
 * INVALID_REQUEST if a known name has two values, in one spelling or two (T32); details: `parameter`.
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

export interface OciCredentials {
  username?: string;
  password?: string;
}

/**
 * First look at a call-up, to find its connection: user name and password by their usual names (USERNAME, ~username, u;
 * PASSWORD, ~password, p, in any case), or by the given names. Refuses INVALID_REQUEST as `parseOciCallUp` does.
 */
export function findOciCredentials(pairs: readonly NameValue[], names?: CallUpNames): Outcome<OciCredentials> {
  const collected = collectCallUp(pairs, knownCallUpNames(names));
  if (!collected.ok) return collected;
  const username = collected.value.known.get('username')?.value;
  const password = collected.value.known.get('password')?.value;
  return accept({ username, password });
}
