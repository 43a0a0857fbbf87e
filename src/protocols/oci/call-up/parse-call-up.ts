import { CURRENCY_CODE } from '../../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { NameValue, OciCallUp, SetupRequest, BuyerPerson } from '../../../domain/transmission/setup-request.js';
import {
  type CallUpKey,
  type CallUpNames,
  knownCallUpNames,
  collectCallUp,
  type OciCredentials,
} from './collect-call-up.js';
import { frameTarget } from './return-target.js';
import { readNumber } from '../read/oci-item.js';
import { fullName, isEmail, personFields } from '../../person-fields.js';

export interface ParsedOciCallUp extends OciCredentials {
  /** As received and unchecked: `returnUrlFault` checks it. */
  hookUrl?: string;
  language?: string;
  currency?: string;
  request: SetupRequest;
}

/** oci.md 2. DETAILADD is an alias; any other value is an ordinary visit. */
const FUNCTIONS = new Map([
  ['DETAIL', 'DETAIL'],
  ['DETAILADD', 'DETAIL'],
  ['VALIDATE', 'VALIDATE'],
  ['SOURCING', 'SOURCING'],
  ['BACKGROUND_SEARCH', 'BACKGROUND_SEARCH'],
]);

const CHARSET_NAME = /^[A-Za-z0-9][\w.:-]{0,39}$/;

/**
 * Parses the parameters of an OCI call-up (oci.md 1 and 2), by POST or GET, with case-insensitive names. `names` are
 * the connection's own parameter names, which come before the usual ones. Known parameters with unusable values
 * (FUNCTION=CREATE_SESSION, LANGUAGE=?) are kept in `oci.extra` and cause no refusal; credentials are never kept.
 * Blanks and line breaks around HOOK_URL and the user name are removed. Refuses INVALID_REQUEST for a known name with
 * two values (T32), and QUANTITY_INVALID if the QUANTITY of a VALIDATE is not a positive number of at most 11 digits
 * before and 3 after the point; details: `parameter`.
 */
export function parseOciCallUp(pairs: readonly NameValue[], names?: CallUpNames): Outcome<ParsedOciCallUp> {
  const collected = collectCallUp(pairs, knownCallUpNames(names));
  if (!collected.ok) return collected;
  const { known } = collected.value;
  const unusable = new Set<NameValue>();
  const text = (key: CallUpKey): string | undefined => emptyAsMissing(known.get(key)?.value);
  const read = <T>(key: CallUpKey, reader: (value: string) => T | undefined): T | undefined => {
    const pair = known.get(key);
    if (pair === undefined || pair.value.trim() === '') return undefined;
    const value = reader(pair.value);
    if (value === undefined) unusable.add(pair);
    return value;
  };

  const ociFunction = read('function', (value) => FUNCTIONS.get(value.trim().toUpperCase()));
  const language = read('language', readLanguage);
  const currency = read('currency', readCurrency);
  const charset = read('charset', (value) =>
    CHARSET_NAME.test(value.trim()) ? value.trim().toLowerCase() : undefined,
  );
  const quantity = read('quantity', readQuantity);
  if (ociFunction === 'VALIDATE' && quantity === undefined && text('quantity') !== undefined) {
    const seen = JSON.stringify(known.get('quantity')?.value.slice(0, 40));
    return refuse(
      'QUANTITY_INVALID',
      `QUANTITY is ${seen}. Write a number above 0 with at most 11 digits before and 3 behind a decimal point, ` +
        'such as 2 or 1.500.',
      { parameter: 'QUANTITY' },
    );
  }

  const kept = new Set(collected.value.extra);
  const extra = pairs.filter((pair) => kept.has(pair) || unusable.has(pair));
  const productId = text('productId');
  const target = text('target');
  const returnTarget = text('returnTarget') ?? target;
  const username = text('username')?.trim();
  const oci: OciCallUp = {
    version: text('version')?.trim(),
    username,
    function: ociFunction,
    productId,
    // Without a quantity from the buyer, shops take 1 (oci.md 1).
    quantity: quantity ?? (ociFunction === 'VALIDATE' ? '1' : undefined),
    searchString: text('searchString'),
    vendor: text('vendor'),
    charset,
    returnTarget: returnTarget === undefined ? undefined : frameTarget(returnTarget),
    okCode: text('okCode'),
    caller: text('caller'),
    target: target === undefined ? undefined : frameTarget(target),
    extra,
  };
  return accept({
    username,
    password: known.get('password')?.value,
    hookUrl: text('hookUrl')?.trim(),
    language,
    currency,
    request: {
      deploymentMode: 'production',
      language,
      currency,
      buyer: readBuyer(username, extra),
      extrinsics: [],
      selectedItem: ociFunction === 'DETAIL' && productId !== undefined ? { supplierPartId: productId } : undefined,
      items: [],
      oci,
    },
  });
}

function emptyAsMissing(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function readCurrency(value: string): string | undefined {
  const code = value.trim().toUpperCase();
  return CURRENCY_CODE.test(code) ? code : undefined;
}

function readQuantity(value: string): string | undefined {
  const number = readNumber(value);
  return number !== undefined && /^\d+(\.\d{1,3}0*)?$/.test(number) && /[1-9]/.test(number) ? number : undefined;
}

/**
 * The person behind a call-up, from the customary extras of oci.md 1. A user name or user id that is an e-mail address
 * counts as e-mail.
 */
function readBuyer(username: string | undefined, extra: readonly NameValue[]): BuyerPerson {
  const fields = personFields(extra);
  const userId = fields.get('userId') ?? username;
  const email = fields.get('email') ?? [username, userId].find((text) => text !== undefined && isEmail(text));
  const name = fullName(fields) ?? fields.get('name');
  const company = fields.get('company');
  return {
    email,
    name,
    company,
    userId: userId === '' ? undefined : userId,
  };
}

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
function readLanguage(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length === 1) return SAP_LANGUAGES.get(trimmed.toUpperCase());
  if (!TAG.test(trimmed)) return undefined;
  const [language = '', ...rest] = trimmed.split(/[-_]/);
  return [language.toLowerCase(), ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part))].join('-');
}
