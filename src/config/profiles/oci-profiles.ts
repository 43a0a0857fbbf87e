import type { Profile } from './profile.js';

/** A line has some 14 fields; PHP reads 1,000 parameters with its usual settings (OCI.md 4). */
const PHP_LINES = 70;

/** Facts of OCI.md 3 and 4. */
export const OCI_PROFILES: readonly Profile[] = [
  {
    name: 'generic-oci',
    protocol: 'oci',
    settings: {},
    preflight: {
      platform: 'OCI',
      unknownUnit: { effect: 'many buyers drop the line', severity: 'error' },
      wantsClassification: false,
      manyLines: {
        count: PHP_LINES,
        reason: 'a buyer written in PHP reads 1,000 fields with its usual settings and loses the rest.',
      },
    },
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
];
