/** Words that mark a secret anywhere in a name: UserPassword, x-api-key, SharedSecret1. */
const SECRET_PASSWORD = /pass|pwd|kennwort|geheim|wachtwoord|contrase|secret/;
const SECRET_KEY = /token|apikey|accesskey|privatekey|authorization|credentialmac|digitalsignature/;
/** Names that are too short to be matched inside others. */
const SECRET_WHOLE = new Set(['pw', 'userpw', 'loginpw', 'pin', 'userpin', 'loginpin', 'mdp', 'senha']);

const MOST_NAMES = 1_000;
const LONGEST_NAME = 64;

/** Documents use the same few names again and again, so each is judged once. */
function remembered(judge: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const verdict = judge(name);
    if (name.length > LONGEST_NAME) return verdict;
    if (known.size >= MOST_NAMES) known.clear();
    // Copied: a part of a document would keep the whole of it in memory.
    known.set(Buffer.from(name, 'utf16le').toString('utf16le'), verdict);
    return verdict;
  };
}

/**
 * Whether a name of an element or attribute means a secret, with or without a namespace prefix. Case, dashes,
 * underscores and other signs are ignored.
 */
export const isSecretName = remembered((name) => {
  const letters = lettersOf(name);
  if (SECRET_PASSWORD.test(letters) || SECRET_KEY.test(letters)) return true;
  return SECRET_WHOLE.has(letters) || SECRET_WHOLE.has(lettersOf(withoutPrefix(name)));
});

/**
 * Names that mean a secret only in a field: as an element, `p` is a paragraph and Credential also holds an Identity.
 */
const SECRET_FIELD = new Set(['p', 'credential', 'credentials']);

/** The same for a field: of a form, of JSON, or an Extrinsic. */
export const isSecretFieldName = remembered((name) => isSecretName(name) || SECRET_FIELD.has(lettersOf(name)));

/** An element that is a payment card: its number, expiry and holder are attributes. */
export const isCardName = remembered((name) => lettersOf(withoutPrefix(name)) === 'pcard');

/** A local name reduced to lower-case letters and digits. */
export function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z\d]/g, '');
}

export function withoutPrefix(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
