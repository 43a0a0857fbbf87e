import type { JSX } from 'preact';
import { elementLines } from '../../domain/element-lines.js';

interface DocumentViewProps {
  /** Unique in the page. */
  id: string;
  title: string;
  content: string;
  /** Absent where it is shown only. */
  download?: { href: string; label: string };
  copyLabel: string;
  /** Shown instead of the rest of a long document. */
  cutText: (lines: number) => string;
  isOpen?: boolean;
  /** What is to be said under some of the shown lines, by position. */
  notesOf?: (lines: readonly string[]) => ReadonlyMap<number, readonly LineNote[]>;
}

export interface LineNote {
  tone: 'bad' | 'warn';
  text: string;
}

/** Longer documents are shown up to here; the download is whole. */
const MOST_LINES = 400;

/** A document, folded: numbered lines, tags and values told apart, to copy and to download. */
export function DocumentView(props: DocumentViewProps): JSX.Element {
  const { id, title, content, download, copyLabel, cutText, isOpen = false, notesOf } = props;
  const lines = linesOf(content);
  const notes = notesOf?.(lines);
  const shown = lines.slice(0, MOST_LINES);
  return (
    <details class="document" open={isOpen}>
      <summary>{title}</summary>
      <div class="tools">
        {download === undefined ? null : (
          <a href={download.href} download>
            {download.label}
          </a>
        )}
        <button type="button" class="link" data-copies={id} hidden>
          {copyLabel}
        </button>
      </div>
      <pre id={id} tabIndex={0} aria-label={title}>
        {shown.map((line, index) => (
          <>
            <span class={notes?.has(index) === true ? 'l noted' : 'l'} data-n={index + 1}>
              {tokensOf(line).map(({ kind, text }) => (kind === undefined ? text : <span class={kind}>{text}</span>))}
              {'\n'}
            </span>
            {notes?.get(index)?.map(({ tone, text }) => (
              <span class={`note ${tone}`}>{text}</span>
            ))}
          </>
        ))}
      </pre>
      {shown.length < lines.length ? <p class="hint">{cutText(lines.length - shown.length)}</p> : null}
    </details>
  );
}

interface Token {
  /** Class of the highlight: tag or name, attribute, text in quotes. */
  kind?: 't' | 'a' | 's';
  text: string;
}

const TOKEN = /<\/?[\w:.-]*|\/?>|"[^"]*"|'[^']*'|[\w:.-]+/g;

/** Tags, attribute names and quoted texts of a line. Joined, the tokens are the line. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let plain = '';
  let from = 0;
  for (const { 0: text, index } of line.matchAll(TOKEN)) {
    plain += line.slice(from, index);
    from = index + text.length;
    const kind = kindOf(text, line[from]);
    if (kind === undefined) {
      plain += text;
      continue;
    }
    if (plain !== '') tokens.push({ text: plain });
    plain = '';
    tokens.push({ kind, text });
  }
  plain += line.slice(from);
  if (plain !== '') tokens.push({ text: plain });
  return tokens;
}

function kindOf(text: string, next: string | undefined): Token['kind'] {
  if (/^[</>]/.test(text)) return 't';
  if (/^["']/.test(text)) return 's';
  return next === '=' ? 'a' : undefined;
}

/** Wider lines are hard to read. */
const WIDE = 100;

/** A document with wide lines is broken and indented where its elements or members begin. */
export function linesOf(content: string): string[] {
  const lines = content.replaceAll('\r\n', '\n').split('\n');
  if (lines.every(({ length }) => length <= WIDE)) return lines;
  if (/^\s*[{[]/.test(content)) return lines.length > 3 ? lines : jsonLines(content);
  return content.trimStart().startsWith('<') ? elementLines(lines.join('\n')) : lines;
}

/** JSON over several lines, each value as it was written: parsing it would change numbers. */
function jsonLines(content: string): string[] {
  let depth = 0;
  let text = '';
  for (const token of content.match(/"(?:[^"\\]|\\.)*"|[{}[\],]|[^{}[\],"]+|"/gs) ?? []) {
    if (token === '{' || token === '[') text += `${token}\n${'  '.repeat((depth += 1))}`;
    else if (token === '}' || token === ']') text += `\n${'  '.repeat((depth = Math.max(0, depth - 1)))}${token}`;
    else text += token === ',' ? `,\n${'  '.repeat(depth)}` : token;
  }
  return text.split('\n');
}
