// Types that a public type mentions and that no entry point exports: their users could not name them.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

const files = new Map();

/** `entries`: files of declarations. Returns one line for each type. */
export function unexportedTypes(entries) {
  const exported = new Set(
    entries.flatMap((entry) => [...read(resolve(entry)).exports.values()].map(([file, name]) => placeOf(file, name))),
  );
  const seen = new Set();
  const waiting = [...exported];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const [file, name] = place.split('#');
    const text = (read(file).declarations.get(name) ?? '').replace(/'[^']*'/g, '');
    for (const [word] of text.matchAll(/\b[A-Z]\w+\b/g)) {
      const mentioned = placeOf(file, word);
      if (mentioned !== undefined) waiting.push(mentioned);
    }
  }
  // Constants are mentioned as `(typeof NAMES)[number]`.
  return [...seen]
    .filter((place) => !exported.has(place) && !/#[A-Z_]+$/.test(place))
    .map((place) => relative(process.cwd(), place));
}

/** Where `name`, as `file` knows it, is declared; undefined for what is not of this package. */
function placeOf(file, name) {
  const { declarations, imports, exports } = read(file);
  if (declarations.has(name)) return `${file}#${name}`;
  const [source, original] = imports.get(name) ?? exports.get(name) ?? [];
  return source === undefined || source === file ? undefined : placeOf(source, original);
}

function read(file) {
  const known = files.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = { imports: new Map(), exports: new Map(), declarations: new Map() };
  files.set(file, found);
  const path = (from) => resolve(dirname(file), from.replace(/\.js$/, '.d.ts'));
  for (const [, kind, list, from] of text.matchAll(/(import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(\.[^']+)'/g))
    for (const [original, name = original] of names(list)) found[`${kind}s`].set(name, [path(from), original]);
  for (const [, from] of text.matchAll(/export\s+(?:type\s+)?\*\s+from\s+'(\.[^']+)'/g))
    for (const [name, place] of read(path(from)).exports) found.exports.set(name, place);
  for (const [, list] of text.matchAll(/export\s+(?:type\s+)?\{([^}]*)\};/g))
    for (const [name] of names(list)) found.exports.set(name, found.imports.get(name) ?? [file, name]);
  const heads = [
    ...text.matchAll(/^(export\s+)?(?:declare\s+)?(?:abstract\s+)?(?:interface|type|class|function|const)\s+(\w+)/gm),
  ];
  for (const [nth, { 1: isExported, 2: name, index }] of heads.entries()) {
    const before = found.declarations.get(name) ?? '';
    found.declarations.set(name, before + text.slice(index, heads[nth + 1]?.index));
    if (isExported !== undefined) found.exports.set(name, [file, name]);
  }
  return found;
}

function names(list) {
  return list
    .split(',')
    .map((each) => each.trim().replace(/^type /, ''))
    .filter((each) => each !== '')
    .map((each) => each.split(' as '));
}
