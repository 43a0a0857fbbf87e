import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Reference material that is not part of the project: official DTDs, foreign documents, recordings of a real shop. */
export const REFERENCE_DIRECTORY = process.env['PUNCHOUT_REFERENCE'] ?? '../shared';

/** Folder -> its content and its source. */
const PARTS = new Map([
  ['cxml', 'official cXML DTDs (cxml.org) and sample documents'],
  ['oci', 'sample forms of SAP OCI 5.0 (github.com/meplato/sapoci)'],
  ['cases', 'documents that once went wrong'],
  ['shopware/recordings', 'recorded answers of a Shopware 6.6'],
]);

/** Once before a run, in one line: the tests that are left out, and the source of their material. */
export default function sayWhatIsLeftOut(): void {
  const missing = [...PARTS].filter(([folder]) => !existsSync(join(REFERENCE_DIRECTORY, folder)));
  if (missing.length === 0) return;
  process.stderr.write(
    `Left out, as ${REFERENCE_DIRECTORY} (PUNCHOUT_REFERENCE) does not have ` +
      `it: ${missing.map(([, what]) => what).join('; ')}\n`,
  );
}
