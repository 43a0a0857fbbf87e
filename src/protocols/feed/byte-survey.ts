import type { FeedEncoding } from '../../domain/orders/feed.js';

const MARKS: [encoding: FeedEncoding, bytes: number[]][] = [
  ['UTF-8', [0xef, 0xbb, 0xbf]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/**
 * Finds a file's encoding while its bytes pass by. A mark at the start decides; then well-formed UTF-8 is UTF-8. What is left is of
 * one byte a character: with a byte of 0x80 to 0x9F, which are control characters in ISO-8859-1, it is windows-1252.
 */
export class ByteSurvey {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #isUtf8 = true;
  #hasControls = false;
  #start: number[] = [];

  add(chunk: Uint8Array): void {
    if (this.#start.length < 3) this.#start.push(...chunk.subarray(0, 3 - this.#start.length));
    if (this.#isUtf8) {
      try {
        this.#utf8.decode(chunk, { stream: true });
      } catch {
        this.#isUtf8 = false;
      }
    }
    this.#hasControls ||= chunk.some((byte) => byte >= 0x80 && byte <= 0x9f);
  }

  /** After the last byte. */
  encoding(): FeedEncoding {
    const marked = MARKS.find(([, bytes]) => bytes.every((byte, index) => this.#start[index] === byte));
    if (marked !== undefined) return marked[0];
    if (this.#isUtf8) {
      try {
        this.#utf8.decode();
        return 'UTF-8';
      } catch {
        // A character is cut off at the end.
      }
    }
    return this.#hasControls ? 'windows-1252' : 'ISO-8859-1';
  }
}
