import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import type { FormCharset } from '../../../src/protocols/form/parse-flat-form.js';

/**
 * The WHATWG index of windows-1252 for 0x80 to 0x9F, in numbers, as an independent check of our table. Not from
 * TextDecoder: that of Node 20.20 reads windows-1252 as ISO-8859-1.
 */
// prettier-ignore
const HIGH = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

const BYTE_OF = new Map(
  Array.from(
    { length: 256 },
    (_, byte) =>
      [String.fromCharCode(byte >= 0x80 && byte <= 0x9f ? (HIGH[byte - 0x80] ?? byte) : byte), byte] as const,
  ),
);

/**
 * The body that a browser posts (T21): CRLF, windows-1252 under the name of ISO-8859-1, `&#…;` for characters outside
 * the charset.
 */
export function browserBody(fields: readonly NameValue[], charset: FormCharset): Uint8Array {
  return Buffer.from(
    fields.map(({ name, value }) => `${escapeText(name, charset)}=${escapeText(value, charset)}`).join('&'),
    'latin1',
  );
}

function escapeText(text: string, charset: FormCharset): string {
  let out = '';
  for (const byte of bytesOf(text.replace(/\r\n?|\n/g, '\r\n'), charset)) {
    const character = String.fromCharCode(byte);
    out +=
      byte === 0x20
        ? '+'
        : /[A-Za-z0-9*._-]/.test(character)
          ? character
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function bytesOf(text: string, charset: FormCharset): Uint8Array {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  return Buffer.concat(
    Array.from(text, (character) => {
      const byte = BYTE_OF.get(character);
      return byte === undefined ? Buffer.from(`&#${character.codePointAt(0)};`) : Buffer.of(byte);
    }),
  );
}
