import { PROFILE_NAMES, type ProfileName } from '../access/connection.js';
import { type ErrorCode, SENTENCES } from '../error-codes.js';
import { FINDING_CODES, type FindingCode } from '../transmission/finding-codes.js';
import { ENGLISH_ERRORS } from './errors-english.js';
import { GERMAN_ERRORS } from './errors-german.js';
import type { Explanation, ExplanationLanguage, PlatformSetup } from './explanation.js';
import { ENGLISH_FINDINGS } from './findings-english.js';
import { GERMAN_FINDINGS } from './findings-german.js';
import { ENGLISH_SETUPS } from './platform-setup-english.js';
import { GERMAN_SETUPS } from './platform-setup-german.js';
import { ENGLISH_PLATFORMS } from './platforms-english.js';
import { GERMAN_PLATFORMS } from './platforms-german.js';

/**
 * What error codes, pre-flight findings and platform profiles mean and what to do about them, in one place for the
 * message log, the console and the command line.
 */
const CATALOGUE = {
  en: { errors: ENGLISH_ERRORS, findings: ENGLISH_FINDINGS, platforms: ENGLISH_PLATFORMS, setups: ENGLISH_SETUPS },
  de: { errors: GERMAN_ERRORS, findings: GERMAN_FINDINGS, platforms: GERMAN_PLATFORMS, setups: GERMAN_SETUPS },
} as const;

export function explainError(code: ErrorCode, language: ExplanationLanguage): Explanation {
  return CATALOGUE[language].errors[code];
}

export function explainFinding(code: FindingCode, language: ExplanationLanguage): Explanation {
  return CATALOGUE[language].findings[code];
}

/** One entry, whatever its kind. */
export interface Explained extends Explanation {
  kind: 'error' | 'finding' | 'profile';
  /** As the catalogue spells it. */
  name: string;
  /** The sentence that answers with this error code hold. */
  sentence?: string;
  /** Of a profile: how well this is known. */
  basis?: string;
  /** Of a profile: where the buyer's side enters the values of the connection. */
  setup?: PlatformSetup;
}

/** All names that `explain` knows: error codes, finding codes, profiles. */
export const EXPLAINED_NAMES: readonly string[] = [...Object.keys(SENTENCES), ...FINDING_CODES, ...PROFILE_NAMES];

/** By its name in any letter case, `-` or `_`. Undefined: there is no such code, finding or profile. */
export function explain(wanted: string, language: ExplanationLanguage): Explained | undefined {
  const plain = (text: string): string => text.trim().toLowerCase().replaceAll('-', '_');
  const name = EXPLAINED_NAMES.find((candidate) => plain(candidate) === plain(wanted));
  if (name === undefined) return undefined;
  const { errors, findings, platforms, setups } = CATALOGUE[language];
  if (name in errors) {
    const code = name as ErrorCode;
    return { kind: 'error', name, sentence: SENTENCES[code][language], ...errors[code] };
  }
  if (name in findings) return { kind: 'finding', name, ...findings[name as FindingCode] };
  const profile = name as ProfileName;
  return { kind: 'profile', name, ...platforms[profile], setup: setups[profile] };
}
