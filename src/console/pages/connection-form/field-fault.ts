import type { Language } from '../../ui/language.js';
import { TEXTS } from './texts.js';

/** What is wrong with a field, with the line where it has several. */
export interface FieldFault {
  kind: keyof typeof TEXTS.en.faults;
  line?: number;
}

/** The fields of a form that are wrong, by their names. */
export type FieldFaults = Readonly<Record<string, FieldFault>>;

/** The sentence at the field: what is wrong and what to write. Undefined: nothing is wrong. */
export function faultText(fault: FieldFault | undefined, language: Language): string | undefined {
  if (fault === undefined) return undefined;
  const { faults, inLine } = TEXTS[language];
  const text = faults[fault.kind];
  return fault.line === undefined ? text : inLine(fault.line, text);
}
