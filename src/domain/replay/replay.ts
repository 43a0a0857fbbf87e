import type { PreflightFinding } from '../transmission/transfer-payload.js';
import { type ChangedLine, compareLines, isInsidePair, type LinePart } from './compare-lines.js';

/** What a cart gives with the settings of a connection. */
export interface TriedCart {
  /**
   * The form that the buyer's browser would post: its address, then each field; a cXML document line by line. Without
   * secrets. Empty if the cart cannot be written.
   */
  document: string[];
  findings: PreflightFinding[];
  /** Why the cart would not be sent. */
  refused?: string;
}

/** A sent cart whose document or findings differ between two settings. */
export interface ReplayedCart {
  transmissionId: string;
  sentAt: Date;
  /** Why it would not be sent with the saved settings. */
  refusedBefore?: string;
  /** The same with the edited settings. */
  refusedAfter?: string;
  changes: ChangedLine[];
  /** Changes that are not listed. */
  changesLeftOut: number;
  gained: PreflightFinding[];
  lost: PreflightFinding[];
}

export interface Replay {
  /** Version of the connection whose saved settings were used. */
  version: number;
  /** Carts that were read: the newest that are kept. */
  replayed: number;
  changed: number;
  /** Sent with the saved settings, and refused with the edited ones. */
  refused: number;
  /** Refused with the saved settings, and sent with the edited ones. */
  mended: number;
  /** The changed ones, newest first, as far as the answer has room. */
  carts: ReplayedCart[];
  /** Changed carts that are not listed. */
  cartsLeftOut: number;
  /** False: the time was over before all carts were replayed. */
  complete: boolean;
}

/** Changed lines that are listed of one cart. */
const MOST_CHANGES = 100;
/** Longer lines are cut around what differs. */
const LONGEST_LINE = 600;

/** Undefined: nothing differs. */
export function compareTried(
  before: TriedCart,
  after: TriedCart,
): Omit<ReplayedCart, 'transmissionId' | 'sentAt'> | undefined {
  // Where one of them cannot be written, the reason says all.
  const isWritten = before.document.length > 0 && after.document.length > 0;
  const changes = isWritten ? compareLines(before.document, after.document) : [];
  const gained = after.document.length > 0 ? missingIn(before.findings, after.findings) : [];
  const lost = isWritten ? missingIn(after.findings, before.findings) : [];
  if (changes.length + gained.length + lost.length === 0 && before.refused === after.refused) return undefined;
  return {
    ...(before.refused === undefined ? {} : { refusedBefore: before.refused }),
    ...(after.refused === undefined ? {} : { refusedAfter: after.refused }),
    changes: changes.slice(0, MOST_CHANGES).map(cutChange),
    changesLeftOut: Math.max(0, changes.length - MOST_CHANGES),
    gained,
    lost,
  };
}

/** The findings of `all` that `known` does not have. */
function missingIn(known: readonly PreflightFinding[], all: readonly PreflightFinding[]): PreflightFinding[] {
  const there = new Set(known.map(identityOf));
  return all.filter((finding) => !there.has(identityOf(finding)));
}

/** The same finding of another platform, or about another article number, is the same. */
function identityOf({ code, severity, line, field, message }: PreflightFinding): string {
  const place = code === undefined || line === undefined ? message : line;
  return JSON.stringify([code, severity, field, place]);
}

function cutChange({ before, after }: ChangedLine): ChangedLine {
  return {
    ...(before === undefined ? {} : { before: cutLine(before) }),
    ...(after === undefined ? {} : { after: cutLine(after) }),
  };
}

function cutLine({ number, text, differs: [from, to] }: LinePart): LinePart {
  if (text.length <= LONGEST_LINE) return { number, text, differs: [from, to] };
  let start = Math.max(0, Math.min(from - LONGEST_LINE / 3, text.length - LONGEST_LINE));
  let end = start + LONGEST_LINE;
  if (isInsidePair(text, start)) start += 1;
  if (isInsidePair(text, end)) end -= 1;
  const [head, tail] = [start > 0 ? '…' : '', end < text.length ? '…' : ''];
  const shift = head.length - start;
  return {
    number,
    text: head + text.slice(start, end) + tail,
    differs: [from + shift, Math.min(to, end) + shift],
  };
}
