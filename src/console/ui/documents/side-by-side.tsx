import type { JSX } from 'preact';
import { type LinePart, compareLines } from '../../../domain/replay/compare-lines.js';
import { linesOf } from '../document-view.js';

interface SideBySideProps {
  title: string;
  left: { label: string; content: string | undefined };
  right: { label: string; content: string | undefined };
  texts: {
    /** Instead of a document that one side does not have. */
    missing: string;
    same: string;
    changed: (lines: number) => string;
    cut: (lines: number) => string;
  };
}

/** Longer documents are compared up to here. */
const MOST_LINES = 400;

/** Two documents beside each other. Lines that differ are marked, and in them the part that differs. */
export function SideBySide({ title, left, right, texts }: SideBySideProps): JSX.Element {
  const all = [left, right].map(({ content }) => (content === undefined ? [] : linesOf(content)));
  const [before = [], after = []] = all.map((lines) => lines.slice(0, MOST_LINES));
  const isPair = left.content !== undefined && right.content !== undefined;
  const changes = isPair ? compareLines(before, after) : [];
  const cut = Math.max(0, ...all.map((lines) => lines.length - MOST_LINES));
  const marks = (side: 'before' | 'after'): Map<number, LinePart> =>
    new Map(changes.flatMap(({ [side]: part }) => (part === undefined ? [] : [[part.number, part] as const])));
  return (
    <details class="document" open={changes.length > 0}>
      <summary>
        {title}{' '}
        <span class="hint">{isPair ? (changes.length === 0 ? texts.same : texts.changed(changes.length)) : null}</span>
      </summary>
      <div class="sides">
        <Side {...left} lines={before} marks={marks('before')} missing={texts.missing} />
        <Side {...right} lines={after} marks={marks('after')} missing={texts.missing} />
      </div>
      {cut === 0 ? null : <p class="hint">{texts.cut(cut)}</p>}
    </details>
  );
}

interface SideProps {
  label: string;
  content: string | undefined;
  lines: readonly string[];
  marks: ReadonlyMap<number, LinePart>;
  missing: string;
}

function Side({ label, content, lines, marks, missing }: SideProps): JSX.Element {
  return (
    <figure>
      <figcaption class="label">{label}</figcaption>
      {content === undefined ? (
        <p class="hint">{missing}</p>
      ) : (
        <pre tabIndex={0} aria-label={label}>
          {lines.map((text, index) => (
            <Line text={text} number={index + 1} mark={marks.get(index + 1)} />
          ))}
        </pre>
      )}
    </figure>
  );
}

function Line({ text, number, mark }: { text: string; number: number; mark: LinePart | undefined }): JSX.Element {
  if (mark === undefined)
    return (
      <span class="l" data-n={number}>
        {text}
        {'\n'}
      </span>
    );
  const [from, to] = mark.differs;
  return (
    <span class="l differs" data-n={number}>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
      {'\n'}
    </span>
  );
}
