/** What a call-up parameter means to us. */
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

/** OCI.md 1: the names of each meaning, lower case, the one that wins first. */
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
export interface KnownName {
  key: CallUpKey;
  rank: number;
}

const DEFAULTS = tableOf({});

/** The table of known names, with a connection's own names before the usual ones. */
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

/** Whether a lower-case name that we do not know looks like a credential, which is never kept. */
export function looksSecret(name: string): boolean {
  return SECRET.test(name);
}
