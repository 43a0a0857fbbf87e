/** How one setting is entered in a form. */
export interface SettingField {
  /** `cxml.version` */
  path: string;
  kind: 'yes_no' | 'choice' | 'number' | 'text' | 'lines' | 'numbers' | 'pairs' | 'json';
  /** Of a choice. */
  choices?: readonly string[];
  min?: number;
  max?: number;
  /** In force where nobody has set it. */
  fallback?: unknown;
  isNeeded?: boolean;
}

/** Who has set a value that is in force. `here`: what the form is about. */
export type SettingSource = 'here' | 'profile' | 'tenant' | 'default';

/** The value at a dotted path; undefined where there is none. */
export function settingAt(settings: unknown, path: string): unknown {
  let part: unknown = settings;
  for (const name of path.split('.')) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

/** The settings with another value at a dotted path; undefined takes it out, with objects that are then empty. */
export function withSetting(settings: object, path: string, value: unknown): object {
  const [name = '', ...rest] = path.split('.');
  const parts = { ...(settings as Record<string, unknown>) };
  if (rest.length === 0) {
    if (value === undefined) delete parts[name];
    else parts[name] = value;
    return parts;
  }
  const inner = parts[name];
  const changed = withSetting(typeof inner === 'object' && inner !== null ? inner : {}, rest.join('.'), value);
  if (Object.keys(changed).length === 0) delete parts[name];
  else parts[name] = changed;
  return parts;
}

/** A value as the text of its field. */
export function settingText({ kind }: Pick<SettingField, 'kind'>, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) && (kind === 'lines' || kind === 'numbers')) return value.join('\n');
  if (kind === 'pairs' && typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([from, to]) => `${from} = ${String(to)}`)
      .join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value on one line. */
export function settingLine({ kind }: Pick<SettingField, 'kind'>, value: unknown): string {
  return kind === 'json' && value !== undefined
    ? JSON.stringify(value)
    : settingText({ kind }, value).replaceAll('\n', ', ');
}

/**
 * Reads a field's text; empty: nobody has set it. A number or a word that does not fit is passed on as text, so that
 * the schema says what is wrong.
 */
export function readSetting(
  { kind }: Pick<SettingField, 'kind'>,
  entered: string,
): { ok: true; value: unknown } | { ok: false; fault: 'not_json' | 'no_pair'; line: number } {
  const text = entered.replaceAll('\r\n', '\n').trim();
  if (text === '') return { ok: true, value: undefined };
  const lines = text.split('\n').map((line) => line.trim());
  const filled = lines.filter((line) => line !== '');
  if (kind === 'yes_no') return { ok: true, value: text === 'true' ? true : text === 'false' ? false : text };
  if (kind === 'number') return { ok: true, value: numberOf(text) };
  if (kind === 'lines') return { ok: true, value: filled };
  if (kind === 'numbers') return { ok: true, value: filled.map(numberOf) };
  if (kind === 'pairs') return readPairs(lines);
  if (kind === 'json') {
    try {
      return { ok: true, value: JSON.parse(text) };
    } catch {
      return { ok: false, fault: 'not_json', line: 1 };
    }
  }
  // JSON of a choice between numbers.
  return { ok: true, value: kind === 'choice' && /^\d+$/.test(text) ? Number(text) : text };
}

function readPairs(lines: readonly string[]): ReturnType<typeof readSetting> {
  const pairs = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const at = line.indexOf('=');
    if (at < 1) return { ok: false, fault: 'no_pair', line: index + 1 };
    pairs.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return { ok: true, value: Object.fromEntries(pairs) };
}

function numberOf(text: string): unknown {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
