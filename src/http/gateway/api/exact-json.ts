import { type DecimalText, formatDecimal, parseDecimal } from '../../../domain/decimal.js';

/** A number that is written into JSON digit by digit as it is: 881510.00 stays 881510.00 and never was a float. */
export class ExactNumber {
  readonly text: string;

  /** Throws a RangeError for what is no decimal text. */
  constructor(text: DecimalText) {
    this.text = formatDecimal(parseDecimal(text));
  }
}

/** JSON text of plain values, in which ExactNumbers stand as number literals. Undefined members are left out. */
export function exactJson(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${exactJson(member)}`).join(',')}}`;
}
