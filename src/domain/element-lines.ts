/** Deeper elements are not indented further. */
const DEEPEST = 20;

/**
 * XML with each element on a line of its own, for people. A text stands beside its element. Only white space between
 * tags changes.
 */
export function elementLines(content: string): string[] {
  const lines: string[] = [];
  let depth = 0;
  let isLeaf = false;
  for (const token of content.match(/<[^<>]*>?|[^<]+/g) ?? []) {
    if (token.trim() === '') continue;
    const isClosing = token.startsWith('</');
    if (isClosing) depth = Math.max(0, depth - 1);
    // A text, and the end of an element without children, stand beside the start.
    if (lines.length > 0 && (isClosing ? isLeaf : !token.startsWith('<'))) lines.push(`${lines.pop() ?? ''}${token}`);
    else lines.push('  '.repeat(Math.min(depth, DEEPEST)) + token);
    if (token.startsWith('<')) isLeaf = /^<[^/?!]/.test(token) && !token.endsWith('/>');
    if (isLeaf && token.startsWith('<') && !isClosing) depth += 1;
  }
  return lines.flatMap((line) => line.split('\n'));
}
