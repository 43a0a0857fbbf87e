import { type ErrorCode, refuse } from '../../domain/error-codes.js';

/**
 * A fault of a foreign document at its 1-based place. Thrown only inside the codecs, because the tokenizer cannot stop
 * in another way; every public function of the codecs catches it and returns a refusal.
 */
export class XmlFault extends Error {
  constructor(
    /**
     * What is wrong and what to write instead. It repeats only the wrong characters of the document, never a secret.
     */
    readonly error: string,
    readonly line: number,
    readonly column: number,
    readonly code: ErrorCode = 'INVALID_XML',
  ) {
    super(error);
    this.name = 'XmlFault';
  }

  /** Details as PunchFlow's "Invalid XML" example shows them. */
  toRefusal(): ReturnType<typeof refuse> {
    return refuse(this.code, this.error, { line: this.line, column: this.column, error: this.error });
  }
}

/** PunchFlow's sentence: "Element 'ItemIn': Missing child element 'ItemID'", at the parent's place. */
export function missingChild(
  parent: { name: string; line: number; column: number; emptied?: ReadonlySet<string> | undefined },
  child: string,
): XmlFault {
  const empty = parent.emptied?.has(child) === true ? ': it is there, but empty' : '';
  return new XmlFault(`Element '${parent.name}': Missing child element '${child}'${empty}`, parent.line, parent.column);
}

export function missingAttribute(element: { name: string; line: number; column: number }, attribute: string): XmlFault {
  return new XmlFault(`Element '${element.name}': Missing attribute '${attribute}'`, element.line, element.column);
}

/** Converts offsets of a document to lines and columns. Computed on demand, that is only for faults. */
export class DocumentPlaces {
  #lineStarts: number[] | undefined;

  constructor(private readonly source: string) {}

  /** 1-based place of the `<` of the tag that ends before `offset`; a tag contains no other `<`. */
  startOfTag(offset: number): { line: number; column: number } {
    return this.at(this.source.lastIndexOf('<', offset - 1));
  }

  /** 1-based place of the character at `start`. */
  at(start: number): { line: number; column: number } {
    const starts = (this.#lineStarts ??= lineStartsOf(this.source));
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= start) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: start - (starts[low] ?? 0) + 1 };
  }
}

/** XML's line breaks: LF, CR, and CR LF as one. */
function lineStartsOf(source: string): number[] {
  const starts = [0];
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && source.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
