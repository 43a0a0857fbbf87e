import { EDITS, type BoundMutant, type Edit } from './bound-mutants.js';

interface Loaded {
  format: string;
  source: string | Uint8Array;
}

let edits: readonly Edit[] = [];

/** Hook of Node.js: called with the data of `register`. */
export function initialize(mutant: BoundMutant): void {
  edits = EDITS[mutant];
}

/** Hook of Node.js: the source of a program file, changed as the mutant defines. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const loaded = await next(url, context);
  const due = edits.filter(({ file }) => url.endsWith(file));
  if (due.length === 0) return loaded;
  return { ...loaded, source: due.reduce(edited, Buffer.from(loaded.source as Uint8Array).toString('utf8')) };
}

function edited(source: string, { file, find, replace }: Edit): string {
  if (source.split(find).length !== 2) throw new Error(`the mutant does not know ${file} any more: ${find}`);
  return source.replace(find, () => replace);
}
