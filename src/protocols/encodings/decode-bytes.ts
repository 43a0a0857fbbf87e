import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeWindows1252 } from '../form/form-text.js';
import type { Encoding } from './encoding-of-label.js';

const BYTE_ORDER_MARK = 0xfeff;
const REPLACEMENT = '\ufffd';

/** Decodes bytes; undefined if they are not valid in the encoding. Removes a byte order mark. */
export function decodeBytes(bytes: Uint8Array, encoding: Encoding): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (encoding) {
    case 'us-ascii':
      return isAscii(buffer) ? buffer.toString('latin1') : undefined;
    case 'utf-8': {
      // Twice as fast as a fatal TextDecoder; ASCII text then takes one byte per character.
      if (isAscii(buffer)) return buffer.toString('latin1');
      if (!isUtf8(buffer)) return undefined;
      const text = buffer.toString('utf8');
      return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
    }
    case 'windows-1252':
      // Not with TextDecoder: that of Node 20 reads windows-1252 as Latin-1, where byte 80 is not the euro sign.
      return decodeWindows1252(buffer.toString('latin1'));
    default:
      try {
        return decoderOf(encoding).decode(bytes);
      } catch {
        return undefined;
      }
  }
}

const decoders = new Map<Encoding, TextDecoder>();

/** `fatal`: an invalid byte throws instead of becoming U+FFFD. Without `stream`, decoders keep no state. */
function decoderOf(encoding: Encoding): TextDecoder {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: true });
    decoders.set(encoding, decoder);
  }
  return decoder;
}

export interface WrongByte {
  /** 1-based. */
  line: number;
  column: number;
  /** Two hexadecimal digits, and the offset from 0. Absent for multi-byte encodings. */
  byte?: string;
  offset?: number;
}

/** Place of the first invalid byte. Call it only if `decodeBytes` returns undefined. */
export function firstWrongByte(bytes: Uint8Array, encoding: Encoding): WrongByte {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding === 'us-ascii')
    return found(
      buffer,
      buffer.findIndex((byte) => byte > 0x7f),
      'latin1',
    );
  if (encoding !== 'utf-8') {
    const before = new TextDecoder(encoding).decode(bytes).split(REPLACEMENT, 1)[0] ?? '';
    return placeBehind(before);
  }
  const text = buffer.toString('utf8');
  let offset = 0;
  for (let from = 0, at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    // The text may contain a genuine U+FFFD.
    if (buffer.toString('latin1', offset, offset + 3) !== '\xef\xbf\xbd') break;
    offset += 3;
    from = at + 1;
  }
  return found(buffer, offset, 'utf8');
}

function found(buffer: Buffer, offset: number, encoding: 'latin1' | 'utf8'): WrongByte {
  const byte = (buffer[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return { ...placeBehind(buffer.toString(encoding, 0, offset)), byte, offset };
}

function placeBehind(text: string): { line: number; column: number } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
