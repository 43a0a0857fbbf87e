/** SAP's one-letter language keys (data element SPRAS). */
const SAP_LANGUAGES = new Map(
  Object.entries({
    D: 'de',
    E: 'en',
    F: 'fr',
    I: 'it',
    S: 'es',
    P: 'pt',
    N: 'nl',
    C: 'cs',
    G: 'el',
    H: 'hu',
    J: 'ja',
    K: 'da',
    L: 'pl',
    O: 'no',
    Q: 'sk',
    R: 'ru',
    T: 'tr',
    U: 'fi',
    V: 'sv',
    W: 'bg',
    1: 'zh',
    3: 'ko',
    4: 'ro',
    5: 'sl',
    6: 'hr',
  }),
);

const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i;

/** `D`, `EN`, `de_DE`, `de-de` -> `de`, `en`, `de-DE`, `de-DE`; undefined for anything else. */
export function readLanguage(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length === 1) return SAP_LANGUAGES.get(trimmed.toUpperCase());
  if (!TAG.test(trimmed)) return undefined;
  const [language = '', ...rest] = trimmed.split(/[-_]/);
  return [language.toLowerCase(), ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part))].join('-');
}
