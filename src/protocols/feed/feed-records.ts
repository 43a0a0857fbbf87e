import type { FeedEncoding } from '../../domain/orders/feed.js';

/** The text of one record: a line, or several where a quoted field has line breaks. */
export interface FeedRecord {
  text: string;
  /** Of its first line; the header's is 1. */
  line: number;
  /** Why it cannot be read. The lines after an open quote are records of their own. */
  fault?: 'open_quote' | 'too_long';
}

/** A quoted field that has not ended by then never will: its first line is at fault, and the others are read for themselves. */
const MOST_LINES = 100;
export const MOST_CHARACTERS = 131_072;

const LINE_END = /\r\n|\n|\r/g;

/** Cuts text that comes in pieces into records, in constant memory. Blank lines are none. */
export class FeedRecords {
  readonly delimiter: string;
  #rest = '';
  #isTooLong = false;
  #open: string[] = [];
  #openCharacters = 0;
  /** Lines that were read so far. */
  lines = 0;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  *add(text: string): Generator<FeedRecord> {
    const all = this.#rest + text;
    let from = 0;
    LINE_END.lastIndex = 0;
    for (let end = LINE_END.exec(all); end !== null; end = LINE_END.exec(all)) {
      // The other half may be in the next piece.
      if (end[0] === '\r' && end.index + 1 === all.length) break;
      const { lastIndex } = LINE_END;
      yield* this.#line(all.slice(from, end.index));
      LINE_END.lastIndex = from = lastIndex;
    }
    this.#rest = all.slice(from);
    if (this.#rest.length <= MOST_CHARACTERS) return;
    this.#isTooLong = true;
    this.#rest = this.#rest.endsWith('\r') ? '\r' : '';
  }

  *end(): Generator<FeedRecord> {
    const last = this.#rest.replace(/\r$/, '');
    this.#rest = '';
    if (last !== '' || this.#isTooLong) yield* this.#line(last);
    while (this.#open.length > 0) yield* this.#giveUp();
  }

  *#line(text: string): Generator<FeedRecord> {
    if (this.#isTooLong || text.length > MOST_CHARACTERS) {
      while (this.#open.length > 0) yield* this.#giveUp();
      this.#isTooLong = false;
      this.lines += 1;
      yield { text: '', line: this.lines, fault: 'too_long' };
      return;
    }
    this.lines += 1;
    yield* this.#take(text, this.lines);
    while (this.#open.length >= MOST_LINES || this.#openCharacters > MOST_CHARACTERS) yield* this.#giveUp();
  }

  *#take(text: string, line: number): Generator<FeedRecord> {
    const continues = this.#open.length > 0;
    if (!continues && text.trim() === '') return;
    this.#open.push(text);
    this.#openCharacters += text.length;
    const quotes = quotesAfter(text, this.delimiter, continues);
    if (quotes === 'open') return;
    // What closes it here was meant to open the next one.
    if (quotes === 'broken' && continues) return yield* this.#giveUp(line);
    const record = { text: this.#open.join('\n'), line: line - this.#open.length + 1 };
    this.#open = [];
    this.#openCharacters = 0;
    yield record;
  }

  *#giveUp(last = this.lines): Generator<FeedRecord> {
    const [first = '', ...others] = this.#open;
    const line = last - this.#open.length + 1;
    this.#open = [];
    this.#openCharacters = 0;
    yield { text: first, line, fault: 'open_quote' };
    for (const [index, other] of others.entries()) yield* this.#take(other, line + 1 + index);
  }
}

/** A quote opens a field only where the field begins; a doubled one within is a character. `broken`: something stands behind a closing one. */
function quotesAfter(text: string, delimiter: string, startsInQuotes: boolean): 'open' | 'closed' | 'broken' {
  let at = 0;
  let isInside = startsInQuotes;
  if (!text.includes('"')) return isInside ? 'open' : 'closed';
  for (;;) {
    if (!isInside && text[at] === '"') {
      isInside = true;
      at += 1;
      continue;
    }
    if (isInside) {
      let close = text.indexOf('"', at);
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
      if (close < 0) return 'open';
      isInside = false;
      at = close + 1;
      if (at < text.length && !text.startsWith(delimiter, at)) return 'broken';
    }
    const next = text.indexOf(delimiter, at);
    if (next < 0) return 'closed';
    at = next + delimiter.length;
  }
}

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
