// Usage: node test/ci/check-lock.mjs [package-lock.json]. Exit code 1 and one line per fault.
// npm may drop packages of other platforms from the lock file; `npm ci` then fails on those platforms with "Missing:
// …". A `resolved` address would tie everybody to the registry of whoever wrote the file last.
import { readFileSync } from 'node:fs';

const path = process.argv[2] ?? 'package-lock.json';
const { packages } = JSON.parse(readFileSync(path, 'utf8'));
const faults = Object.entries(packages).flatMap(([place, { optionalDependencies = {}, resolved = '' }]) => [
  ...Object.keys(optionalDependencies)
    .filter((name) => !isThere(place, name))
    .map((name) => `${place || 'the project'}: optional dependency ${name} has no entry`),
  ...(/^https?:/.test(resolved) ? [`${place}: resolved names a registry host (${new URL(resolved).host})`] : []),
]);

for (const fault of faults) console.error(fault);
console.log(`${path}: ${Object.keys(packages).length} packages, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** As Node looks it up: beside the package that asks, then in every folder above. */
function isThere(place, name) {
  for (let folder = place; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (`${folder}${folder === '' ? '' : '/'}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
