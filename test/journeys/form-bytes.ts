import type { NameValue } from '../../src/domain/transmission/setup-request.js';

/** The WHATWG index of windows-1252 for 0x80 to 0x9F, in numbers: independent of the product's own table. */
// prettier-ignore
const HIGH = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

/** Reads a posted form from its bytes, without code of the product; throws for bytes that the charset does not have. */
export function readFormBytes(body: Uint8Array, charset: string): NameValue[] {
  const text = Buffer.from(body).toString('latin1');
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decoded(name, charset), value: decoded(value.join('='), charset) };
    });
}

function decoded(escaped: string, charset: string): string {
  const bytes = Buffer.from(
    escaped
      .replaceAll('+', ' ')
      .replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  if (charset === 'utf-8') return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  return Array.from(bytes, (byte) => {
    if (byte < 0x80 || byte > 0x9f) return String.fromCharCode(byte);
    if (charset === 'iso-8859-1') throw new Error(`byte ${byte.toString(16)} is none of ISO-8859-1`);
    return String.fromCharCode(HIGH[byte - 0x80] ?? 0xfffd);
  }).join('');
}

/** The fields as a browser posts them: every line break becomes CRLF (T21). */
export function asPosted(fields: readonly NameValue[]): NameValue[] {
  const breaks = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n');
  return fields.map(({ name, value }) => ({ name: breaks(name), value: breaks(value) }));
}
