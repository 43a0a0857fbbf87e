const LONGEST = 80;
const MOST_KEYS = 5;

/** A wrong value, for the message about it. Hides user names, passwords and query values of addresses. */
export function valueSeen(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return textSeen(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null) return 'null';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object') return `${value as number | boolean | bigint}`;
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  if (typeof maker === 'function' && maker !== Object) return `an instance of ${maker.name || 'a class'}`;
  const keys = Object.keys(value);
  const more = keys.length > MOST_KEYS ? ', …' : '';
  return keys.length === 0 ? '{}' : `{ ${keys.slice(0, MOST_KEYS).join(', ')}${more} }`;
}

/** The same for a secret: its kind and length only. */
export function secretSeen(value: unknown): string {
  if (typeof value === 'string') return `${value.length} characters, not shown`;
  return typeof value === 'number' || typeof value === 'bigint' ? 'a number, not shown' : valueSeen(value);
}

function textSeen(text: string): string {
  const at = text.lastIndexOf('@');
  const [scheme = ''] = /^[a-z][\w+.-]{0,20}:\/\//i.exec(text) ?? [];
  const plain = (at === -1 ? text : `${scheme}…${text.slice(at)}`).replace(/=[^&#]*/g, '=…').replace(/\p{C}/gu, ' ');
  return `"${plain.slice(0, LONGEST)}${plain.length > LONGEST ? '…' : ''}"`;
}
