import { nearestName } from '../domain/nearest-name.js';
import { secretSeen, valueSeen } from './value-seen.js';

/** What is wrong with one option. */
export interface OptionFault {
  /** Its path: `outbound.networks.0`. */
  option: string;
  /** A correct value, or what to do. */
  cure: string;
  /** The value, in words that show no secret. */
  seen: string;
}

/** Finds the faults of the option at this path. */
export type Check = (value: unknown, path: string) => OptionFault[];

export const faultText = ({ option, cure, seen }: OptionFault): string => `${option}: ${cure}; seen: ${seen}`;

/** One message with all faults. */
export function startFault(what: 'connector' | 'server' | 'command', faults: readonly string[]): string {
  return `The ${what} cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
}

/** One value. `seen`: how the message shows it. */
export function fits(cure: string, isRight: (value: unknown) => boolean, seen = valueSeen): Check {
  return (value, path) => (isRight(value) ? [] : [{ option: path, cure, seen: seen(value) }]);
}

/** A text that this rule accepts. */
export function text(cure: string, isRight: (value: string) => boolean, seen = valueSeen): Check {
  return fits(cure, (value) => typeof value === 'string' && isRight(value), seen);
}

export function oneOf(...choices: readonly string[]): Check {
  return text(choices.map((choice) => `'${choice}'`).join(' or '), (value) => choices.includes(value));
}

/** A whole number in these limits. */
export function wholeNumber(cure: string, least: number, most: number): Check {
  return fits(cure, (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
}

export const yesNo = fits('true or false', (value) => typeof value === 'boolean');
export const aFunction = fits('a function', (value) => typeof value === 'function');

/** A list whose entries are checked one by one. */
export function list(cure: string, entry: Check, { least = 0 }: { least?: number } = {}): Check {
  return (value, path) =>
    Array.isArray(value) && value.length >= least
      ? value.flatMap((each, index) => entry(each, `${path}.${index}`))
      : [{ option: path, cure, seen: typeof value === 'string' ? secretSeen(value) : valueSeen(value) }];
}

/** An object with these members and no others; those of `needed` must be there. */
export function group(checks: Readonly<Record<string, Check>>, cure: string, needed: readonly string[] = []): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [{ option: path === '' ? 'options' : path, cure, seen: secretSeen(value) }];
    const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
    const unknown = Object.entries(value).filter(([name]) => !Object.hasOwn(checks, name));
    return [
      ...unknown.map(([name, given]) => ({
        option: pathOf(name),
        cure: `there is no such option${meantText(name, Object.keys(checks))}`,
        // It may be a secret whose name is mistyped.
        seen: secretSeen(given),
      })),
      ...Object.entries(checks).flatMap(([name, check]) => {
        const given = (value as Record<string, unknown>)[name];
        return given === undefined && !needed.includes(name) ? [] : check(given, pathOf(name));
      }),
    ];
  };
}

/** An object of any class with these methods. */
export function withMethods(cure: string, methods: readonly string[]): Check {
  return fits(
    cure,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
  );
}

function meantText(name: string, names: readonly string[]): string {
  const meant = nearestName(name, names);
  return meant === undefined ? `: there are ${names.join(', ')}` : `; did you mean ${meant}?`;
}
