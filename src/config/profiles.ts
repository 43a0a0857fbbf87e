import { type ProfileName, type ConnectionSettings, PROFILE_NAMES } from '../domain/access/connection.js';
import type { PreflightRules } from '../domain/transmission/transfer-payload.js';

/** Presets for one platform: default settings of its connections, and the rules of its pre-flight. */
interface Profile {
  name: ProfileName;
  protocol: 'cxml' | 'oci';
  /** Part of a settings document; a connection's own values override it. */
  settings: Record<string, unknown>;
  preflight: PreflightRules;
}

/** The long text within a platform's limit; without one the name, as in the writer. */
function descriptionWithin(maxLength: number, unit: 'characters' | 'bytes'): object {
  return { from: 'line.description', fallbacks: ['line.name'], transforms: ['trim', { maxLength, unit }] };
}

/** Where nothing else is known of a platform. */
const GENERIC_CXML: Omit<PreflightRules, 'platform'> = {
  unknownUnit: { effect: 'many buyers refuse the line', severity: 'warning' },
  wantsClassification: true,
};

const ODOO_UNIT: PreflightRules['unknownUnit'] = {
  effect: 'it becomes "Units", and the quantity is ordered in pieces',
  severity: 'warning',
};

/** Facts of cxml.md 7, 8 and 11. For unknown platforms the generic rules apply. */
const CXML_PROFILES: readonly Profile[] = [
  {
    name: 'generic-cxml',
    protocol: 'cxml',
    settings: {},
    preflight: { platform: 'cXML', ...GENERIC_CXML },
  },
  {
    name: 'ariba',
    protocol: 'cxml',
    settings: { mapping: { cxml: { Description: descriptionWithin(2000, 'bytes') } } },
    preflight: {
      platform: 'SAP Ariba',
      partId: { forbidden: '?{}', maxLength: 128, lengthSeverity: 'warning' },
      description: { maxLength: 2000, unit: 'bytes', severity: 'error' },
      unknownUnit: { effect: 'the requisition shows a unit that nobody knows', severity: 'warning' },
      wantsClassification: true,
    },
  },
  {
    name: 'coupa',
    protocol: 'cxml',
    settings: {},
    preflight: {
      platform: 'Coupa',
      manufacturer: { maxLength: 255 },
      description: { maxLength: 255, unit: 'characters', severity: 'warning' },
      unknownUnit: { effect: 'the import of the cart fails', severity: 'error' },
      wantsClassification: true,
    },
  },
  {
    name: 'jaggaer',
    protocol: 'cxml',
    settings: { mapping: { cxml: { Description: descriptionWithin(256, 'characters') } } },
    preflight: {
      platform: 'JAGGAER',
      partId: { maxLength: 100 },
      manufacturer: { maxLength: 100 },
      description: { maxLength: 256, unit: 'characters', severity: 'warning' },
      unknownUnit: { effect: 'it becomes EA, and the quantity is ordered in pieces', severity: 'warning' },
      wantsClassification: true,
    },
  },
  {
    name: 'oracle',
    protocol: 'cxml',
    settings: {},
    preflight: {
      platform: 'Oracle Procurement',
      description: { maxLength: 240, unit: 'characters', severity: 'warning' },
      unknownUnit: { effect: 'EBS takes only units that are mapped there', severity: 'warning' },
      wantsClassification: true,
      emptyCart: 'The cart is empty; some releases of Oracle Fusion and EBS fail with a null pointer on it.',
    },
  },
  {
    name: 'dynamics365',
    protocol: 'cxml',
    settings: {},
    preflight: {
      platform: 'Dynamics 365',
      unknownUnit: { effect: 'the line has no unit that Dynamics knows', severity: 'warning' },
      wantsClassification: true,
    },
  },
  { name: 'workday', protocol: 'cxml', settings: {}, preflight: { platform: 'Workday', ...GENERIC_CXML } },
  { name: 'ivalua', protocol: 'cxml', settings: {}, preflight: { platform: 'Ivalua', ...GENERIC_CXML } },
  { name: 'proactis', protocol: 'cxml', settings: {}, preflight: { platform: 'PROACTIS', ...GENERIC_CXML } },
  {
    name: 'odoo-cxml',
    protocol: 'cxml',
    settings: { cxml: { encoding: 'urlencoded', fieldNames: 'cxml', shortName: false } },
    preflight: { platform: 'Odoo', unknownUnit: ODOO_UNIT, wantsClassification: false },
  },
];

/** A line has some 14 fields; PHP reads 1,000 parameters by default (oci.md 4). */
const PHP_LINES = 70;

const GENERIC_OCI: Omit<PreflightRules, 'platform'> = {
  unknownUnit: { effect: 'many buyers drop the line', severity: 'error' },
  wantsClassification: false,
  manyLines: {
    count: PHP_LINES,
    reason: 'a buyer written in PHP reads 1,000 fields with its usual settings and loses the rest.',
  },
};

/** Facts of oci.md 3, 4, 9.1, 9.2 and 9.3. */
const OCI_PROFILES: readonly Profile[] = [
  {
    name: 'generic-oci',
    protocol: 'oci',
    settings: {},
    preflight: { platform: 'OCI', ...GENERIC_OCI },
  },
  {
    name: 'sap-oci4',
    protocol: 'oci',
    settings: { oci: { charset: 'utf-8', startIndex: 1, alwaysPassThrough: true } },
    preflight: {
      platform: 'SAP OCI 4',
      unknownUnit: { effect: 'SAP does not transfer the line ("is not an ISO code")', severity: 'error' },
      wantsClassification: false,
    },
  },
  {
    name: 'odoo-oci',
    protocol: 'oci',
    settings: { oci: { allowGet: true, charset: 'utf-8', startIndex: 1 } },
    preflight: {
      platform: 'Odoo',
      unknownUnit: ODOO_UNIT,
      wantsClassification: false,
      emptyCart: 'The cart is empty; Odoo records a cart without lines as an error.',
    },
  },
  {
    name: 'basware',
    protocol: 'oci',
    settings: {},
    preflight: { platform: 'Basware', ...GENERIC_OCI, wantsClassification: true },
  },
  {
    name: 'unite',
    protocol: 'oci',
    settings: { oci: { allowGet: true } },
    preflight: { platform: 'Unite', ...GENERIC_OCI },
  },
];

const PROFILES: ReadonlyMap<string, Profile> = new Map(
  [...CXML_PROFILES, ...OCI_PROFILES].map((profile) => [profile.name, profile]),
);

/** For people who choose one. */
export function listProfiles(): { name: ProfileName; platform: string; protocol: 'cxml' | 'oci'; settings: object }[] {
  return [...PROFILES.values()].map(({ name, protocol, settings, preflight }) => ({
    name,
    platform: preflight.platform,
    protocol,
    settings,
  }));
}

export function findProfile(name: ProfileName): Profile {
  const profile = PROFILES.get(name);
  if (profile === undefined) throw new RangeError(`there is no profile ${name}`);
  return profile;
}

/**
 * The connection's profile for carts of this protocol: the generic one if it names none, or one of the other protocol.
 */
export function profileFor({ profile: name }: Pick<ConnectionSettings, 'profile'>, protocol: 'cxml' | 'oci'): Profile {
  const profile = name === undefined ? undefined : findProfile(name);
  return profile?.protocol === protocol ? profile : findProfile(protocol === 'cxml' ? 'generic-cxml' : 'generic-oci');
}

const NAMES: readonly string[] = PROFILE_NAMES;

/**
 * Merges a settings document over the presets of its profile: objects are merged, other values of the document replace
 * the preset.
 */
export function withProfile(document: unknown): unknown {
  const name = isObject(document) ? document['profile'] : undefined;
  return isProfileName(name) ? merged(findProfile(name).settings, document) : document;
}

function isProfileName(name: unknown): name is ProfileName {
  return typeof name === 'string' && NAMES.includes(name);
}

/** A field rule is a single value: it replaces a preset's rule and is never merged with it. */
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
