import { isDecimalText } from '../decimal.js';
import { nearestName } from '../nearest-name.js';
import type { Transform } from './mapping.js';

/** How each transform is written in a line, for people. */
export const TRANSFORM_FORMS = [
  'trim',
  'upper',
  'lower',
  'cut 40',
  'cut 2000 bytes',
  'pad 10 with "0"',
  'pad 10 with " " at end',
  'scale 100 digits 2',
  'remove "-/"',
  'lookup {"A":"B"} otherwise "X"',
] as const;

/** A transform as one line. `readTransform` reads it back. */
export function transformText(transform: Transform): string {
  if (typeof transform === 'string') return transform;
  if ('maxLength' in transform) return `cut ${transform.maxLength}${transform.unit === 'bytes' ? ' bytes' : ''}`;
  if ('pad' in transform) {
    const { length, with: filler, side } = transform.pad;
    return `pad ${length} with ${JSON.stringify(filler)}${side === 'end' ? ' at end' : ''}`;
  }
  if ('scale' in transform) {
    const { by, digits } = transform.scale;
    return `scale ${by}${digits === undefined ? '' : ` digits ${digits}`}`;
  }
  if ('remove' in transform) return `remove ${JSON.stringify(transform.remove)}`;
  const { table, otherwise } = transform.lookup;
  return `lookup ${JSON.stringify(table)}${otherwise === undefined ? '' : ` otherwise ${JSON.stringify(otherwise)}`}`;
}

type Read = { ok: true; value: Transform } | { ok: false; fault: TransformFault };

export interface TransformFault {
  line: string;
  /** The word that was most likely meant. */
  meant?: string;
}

/** Reads a line; its form must be one of `TRANSFORM_FORMS`. */
export function readTransform(line: string): Read {
  const text = line.trim();
  const [word = ''] = text.split(/\s/, 1);
  const rest = text.slice(word.length).trim();
  const value = WORDS.get(word.toLowerCase())?.(rest);
  if (value !== undefined) return { ok: true, value };
  const meant = WORDS.has(word.toLowerCase()) ? undefined : nearestName(word, WORDS.keys());
  return { ok: false, fault: meant === undefined ? { line: text } : { line: text, meant } };
}

const whole =
  (name: 'trim' | 'upper' | 'lower') =>
  (rest: string): Transform | undefined =>
    rest === '' ? name : undefined;

const WORDS: ReadonlyMap<string, (rest: string) => Transform | undefined> = new Map([
  ['trim', whole('trim')],
  ['upper', whole('upper')],
  ['lower', whole('lower')],
  ['cut', readCut],
  ['pad', readPad],
  ['scale', readScale],
  ['remove', readRemove],
  ['lookup', readLookup],
]);

function readCut(rest: string): Transform | undefined {
  const [, digits, unit] = /^(\d{1,7})( bytes| characters)?$/.exec(rest) ?? [];
  if (digits === undefined) return undefined;
  return unit === ' bytes' ? { maxLength: Number(digits), unit: 'bytes' } : { maxLength: Number(digits) };
}

function readPad(rest: string): Transform | undefined {
  const [, digits, filler = '', end] = /^(\d{1,3}) with ("[^ ]+"|" "|[^\s"])( at end)?$/.exec(rest) ?? [];
  const text = filler.startsWith('"') ? textOf(filler) : filler;
  if (digits === undefined || text === undefined) return undefined;
  const pad = { length: Number(digits), with: text };
  return { pad: end === undefined ? pad : { ...pad, side: 'end' } };
}

function readScale(rest: string): Transform | undefined {
  const [by = '', word, digits, ...more] = rest.split(/\s+/);
  if (!isDecimalText(by) || more.length > 0) return undefined;
  if (word === undefined) return { scale: { by } };
  return word === 'digits' && digits !== undefined && /^\d{1,2}$/.test(digits)
    ? { scale: { by, digits: Number(digits) } }
    : undefined;
}

function readRemove(rest: string): Transform | undefined {
  const text = rest.startsWith('"') ? textOf(rest) : rest;
  return text === undefined || text === '' ? undefined : { remove: text };
}

function readLookup(rest: string): Transform | undefined {
  const end = endOfTable(rest);
  const table = jsonOf(rest.slice(0, end));
  if (!isTable(table)) return undefined;
  if (end === rest.length) return { lookup: { table } };
  const after = rest.slice(end);
  const otherwise = after.startsWith(OTHERWISE) ? textOf(after.slice(OTHERWISE.length).trim()) : undefined;
  return otherwise === undefined ? undefined : { lookup: { table, otherwise } };
}

const OTHERWISE = ' otherwise ';

/** Behind the first closing brace that stands in no text of the table. Reads the line once. */
function endOfTable(text: string): number {
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInText && character === '\\') at += 1;
    else if (character === '"') isInText = !isInText;
    else if (character === '}' && !isInText) return at + 1;
  }
  return text.length;
}

function textOf(json: string): string | undefined {
  const value = jsonOf(json);
  return typeof value === 'string' ? value : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}
