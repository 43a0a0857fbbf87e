/** Where things stand in a document. Worked out when somebody asks, which is when something is wrong. */
export class DocumentPlaces {
  #lineStarts: number[] | undefined;

  constructor(private readonly source: string) {}

  /** 1-based place of the `<` of the tag that ends before `offset`; a tag holds no other. */
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

/** XML's line breaks: LF, CR, and CR LF for one. */
function lineStartsOf(source: string): number[] {
  const starts = [0];
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && source.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
