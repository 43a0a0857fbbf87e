import type { ComponentChildren, JSX } from 'preact';

interface Column {
  label: string;
  /** Right-aligned, digits of one width. */
  isNumber?: boolean;
  /** The label is for screen readers only. */
  isQuiet?: boolean;
}

interface TableProps {
  caption: string;
  columns: readonly Column[];
  /** One cell for each column. */
  rows: readonly (readonly ComponentChildren[])[];
  /** Rows that stand out, by position. */
  marked?: readonly boolean[];
}

/**
 * A table whose rows become blocks on narrow screens: each cell then shows the label of its column. The roles keep it a
 * table for screen readers, which a changed `display` would end.
 */
export function Table({ caption, columns, rows, marked }: TableProps): JSX.Element {
  return (
    <div class="card flush">
      <table role="table">
        <caption class="unseen">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ label, isNumber, isQuiet }) => (
              <th scope="col" role="columnheader" class={isNumber === true ? 'num' : undefined}>
                {isQuiet === true ? <span class="unseen">{label}</span> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((cells, row) => (
            <tr role="row" class={marked?.[row] === true ? 'marked' : undefined}>
              {cells.map((cell, index) => (
                <td
                  role="cell"
                  class={columns[index]?.isNumber === true ? 'num' : undefined}
                  data-label={columns[index]?.isQuiet === true ? undefined : columns[index]?.label}
                >
                  <div>{cell}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
