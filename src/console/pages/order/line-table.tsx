import type { ComponentChildren, JSX } from 'preact';
import type { LineBesideLine, OrderBesideCart } from '../../../domain/orders/compare-order.js';
import type { OrderMismatch, PurchaseLine } from '../../../domain/orders/purchase-order.js';
import { Badge } from '../../ui/badge.js';
import { numberText } from '../../ui/numbers.js';
import type { PageFrame } from '../../ui/shell/page-shell.js';
import { Table } from '../../ui/table.js';
import { TEXTS } from './texts.js';

/** Lines that differ are always shown. */
const MOST_EQUAL_LINES = 500;

interface LineTableProps {
  frame: PageFrame;
  comparison: OrderBesideCart;
  /** Without a cart, only lines that fault by themselves differ. */
  hasCart: boolean;
}

/** Order and cart side by side. A value that differs is marked on both sides. */
export function LineTable({ frame, comparison: { lines }, hasCart }: LineTableProps): JSX.Element {
  const texts = TEXTS[frame.language];
  const differs = ({ mismatches }: LineBesideLine): boolean => mismatches.length > 0;
  const shown = lines.filter((line, index) => index < MOST_EQUAL_LINES || differs(line));
  const { columns } = texts;
  return (
    <>
      <Table
        caption={texts.lines}
        columns={[
          { label: columns.article },
          ...(hasCart ? [{ label: columns.sent }] : []),
          { label: columns.ordered },
          { label: columns.difference },
        ]}
        marked={shown.map(differs)}
        rows={shown.map((line) => [
          <Article frame={frame} line={line} />,
          ...(hasCart ? [<Side frame={frame} line={line.sent} mismatches={line.mismatches} />] : []),
          <Side frame={frame} line={line.ordered} mismatches={line.mismatches} />,
          differs(line) ? (
            line.mismatches.map(({ kind }) => <Badge tone="bad" text={texts.differences[kind]} />)
          ) : (
            <span class="hint">{hasCart ? texts.sameHere : '-'}</span>
          ),
        ])}
      />
      {shown.length < lines.length ? <p class="hint">{texts.more(lines.length - shown.length)}</p> : null}
    </>
  );
}

function Article({ frame, line: { ordered, sent } }: { frame: PageFrame; line: LineBesideLine }): JSX.Element {
  const texts = TEXTS[frame.language];
  const number = ordered?.supplierPartId || sent?.supplierPartId || '';
  const hints = [
    ...(ordered?.lineNumber === undefined ? [] : [texts.line(ordered.lineNumber)]),
    ...(ordered?.parentLineNumber === undefined ? [] : [texts.partOf(ordered.parentLineNumber)]),
  ];
  return (
    <>
      {number === '' ? <span class="hint">{texts.noArticle}</span> : <code>{number}</code>}
      {hints.length === 0 ? null : <p class="hint">{hints.join(', ')}</p>}
    </>
  );
}

interface SideProps {
  frame: PageFrame;
  line: PurchaseLine | undefined;
  mismatches: readonly OrderMismatch[];
}

/** `3 C62 × 0.89 EUR`: what differs is marked. */
function Side({ frame: { language }, line, mismatches }: SideProps): JSX.Element {
  if (line === undefined) return <span class="hint">-</span>;
  const marked = (isMarked: boolean, text: ComponentChildren): ComponentChildren =>
    isMarked ? <mark>{text}</mark> : text;
  const has = (...kinds: OrderMismatch['kind'][]): boolean => mismatches.some(({ kind }) => kinds.includes(kind));
  const { quantity, unit, unitPrice, priceBasis = '1' } = line;
  return (
    <span class="amount">
      {marked(has('quantity', 'added', 'missing'), numberText(quantity, language))}{' '}
      {unit === undefined ? null : marked(has('unit'), unit)}
      {unitPrice === undefined ? null : (
        <>
          {' × '}
          {marked(has('price'), numberText(unitPrice.amount, language))} {marked(has('currency'), unitPrice.currency)}
          {Number(priceBasis) === 1 ? null : ` / ${numberText(priceBasis, language)}`}
        </>
      )}
    </span>
  );
}
