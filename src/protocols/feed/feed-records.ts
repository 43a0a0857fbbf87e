import type { FeedEncoding } from '../../domain/orders/feed.js';

/** The text of one record: a line, or several where a quoted field has line breaks. */
export interface FeedRecord {
  text: string;
  /** Number of its first line; the header is line 1. */
  line: number;
  /** Why the record cannot be read. The lines after an unclosed quote are records again. */
  fault?: 'open_quote' | 'too_long';
}

/**
 * Maximum number of lines in a quoted field. After that its first line is at fault, and the other lines are read again
 * as records.
 */
const MOST_LINES = 100;
export const MOST_CHARACTERS = 131_072;

const LINE_END = /\r\n|\n|\r/g;

/** Splits text that arrives in chunks into records, in constant memory. Skips blank lines. */
export class FeedRecords {
  readonly delimiter: string;
  #rest = '';
  #isTooLong = false;
  #open: string[] = [];
  #openCharacters = 0;
  /** Number of lines read so far. */
  lines = 0;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  *add(text: string): Generator<FeedRecord> {
    const all = this.#rest + text;
    let from = 0;
    LINE_END.lastIndex = 0;
    for (let end = LINE_END.exec(all); end !== null; end = LINE_END.exec(all)) {
      // The line feed may be in the next chunk.
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
    // The quote that closes the field here was meant to open the next one.
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

/**
 * A quote opens a field only at its start; a doubled quote inside is a character. `broken`: text follows a closing
 * quote.
 */
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
 * Detects the encoding of a file while its bytes pass. A byte order mark decides; else well-formed UTF-8 is UTF-8.
 * Other files are single-byte: a byte from 0x80 to 0x9F, a control character in ISO-8859-1, means windows-1252.
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

  /** Call it after the last byte. */
  encoding(): FeedEncoding {
    const marked = MARKS.find(([, bytes]) => bytes.every((byte, index) => this.#start[index] === byte));
    if (marked !== undefined) return marked[0];
    if (this.#isUtf8) {
      try {
        this.#utf8.decode();
        return 'UTF-8';
      } catch {
        // A character is cut at the end.
      }
    }
    return this.#hasControls ? 'windows-1252' : 'ISO-8859-1';
  }
}
