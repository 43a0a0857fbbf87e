import { readFileSync } from 'node:fs';
import type { OwnTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { ownTexts } from './own-texts.js';

const FORM = 'a JSON file of texts for buyers by language: {"de":{"cancel":"Zurück"}}';

/** The option `texts` from a JSON file, for the server. Adds every fault of it. Undefined: none is named. */
export function textsInFile(path: string | undefined, faults: string[]): OwnTexts | undefined {
  if (path === undefined) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    faults.push(`TEXTS_FILE: ${FORM}; ${error instanceof SyntaxError ? 'it is no JSON' : 'it cannot be read'}`);
    return undefined;
  }
  const found = ownTexts(given, '');
  faults.push(...found.map(({ option, cure, seen }) => `TEXTS_FILE: ${option}: ${cure} (${seen})`));
  return found.length === 0 ? (given as OwnTexts) : undefined;
}
