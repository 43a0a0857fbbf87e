import type { Profile } from './profile.js';

/** The long text within a platform's limit; the name where there is none, as the writer would have it. */
function descriptionWithin(maxLength: number, unit: 'characters' | 'bytes'): object {
  return { from: 'line.description', fallbacks: ['line.name'], transforms: ['trim', { maxLength, unit }] };
}

/** Facts of RULES 7, 8 and 11. Where nothing is known of a platform, the generic rules hold. */
export const CXML_PROFILES: readonly Profile[] = [
  {
    name: 'generic-cxml',
    protocol: 'cxml',
    settings: {},
    preflight: {
      platform: 'cXML',
      unknownUnit: { effect: 'many buyers refuse the line', severity: 'warning' },
      wantsClassification: true,
    },
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
];
