import type { ProfileName } from '../access/connection.js';
import type { ErrorCode } from '../error-codes.js';
import type { FindingCode } from '../transmission/finding-codes.js';

export type ExplanationLanguage = 'en' | 'de';

/** For the people who run the shop's side. What buyers read is in http/views. */
export interface Explanation {
  /** What has happened, and what usually causes it. */
  meaning: string;
  /** What to do, the most probable cause first. */
  remedy: string;
}

export interface PlatformExplanation extends Explanation {
  /** How well this is known: documented, counted in published documents, or inferred. */
  basis: string;
}

/** Where the values of a connection are entered on the buyer's side: for the people who hand them over. */
export interface PlatformSetup {
  /** Two to five, in their order; each is one or two sentences. */
  steps: readonly string[];
  /** Where the steps come from; says so if they are the same for every platform of the protocol. */
  basis: string;
}

/** A missing code does not compile. */
export type ErrorExplanations = Readonly<Record<ErrorCode, Explanation>>;
export type FindingExplanations = Readonly<Record<FindingCode, Explanation>>;
export type PlatformExplanations = Readonly<Record<ProfileName, PlatformExplanation>>;
export type PlatformSetups = Readonly<Record<ProfileName, PlatformSetup>>;
