/**
 * The 27 printable characters that windows-1252 has where ISO-8859-1 has control codes, by byte (0x80 to 0x9F).
 * The five bytes that windows-1252 leaves open stand for the control code of the same number, as in the WHATWG standard.
 */
const PRINTABLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const HIGH_CONTROLS = /[\x80-\x9f]/g;

/** Characters of U+0100 and above that windows-1252 can carry. */
export const WINDOWS_1252_ONLY: ReadonlySet<string> = new Set(
  PRINTABLE.split('').filter((character) => character > '\x9f'),
);

/**
 * Turns text that holds one byte a character into what those bytes mean.
 * Also right for bytes declared as ISO-8859-1: browsers write windows-1252 under that name (SECURITY R19).
 */
export function decodeWindows1252(byteText: string): string {
  return byteText.replace(HIGH_CONTROLS, (byte) => PRINTABLE.charAt(byte.charCodeAt(0) - 0x80));
}
