import type { JSX } from 'preact';
import { Badge } from '../badge.js';
import { Notice } from '../notice.js';

/** All findings of one kind, with what they mean. */
export interface FindingGroup {
  /** Absent in carts of old versions. */
  code?: string | undefined;
  severity: 'error' | 'warning';
  places: readonly { line?: number | undefined; sku?: string | undefined; field: string; message: string }[];
  meaning?: string | undefined;
  remedy?: string | undefined;
}

interface ExplainedFindingsProps {
  groups: readonly FindingGroup[];
  labels: { what: string; remedy: string; line: (line: number) => string; more: (count: number) => string };
}

/** Places of one kind that are shown at once; the others are folded. */
const SHOWN = 5;

/** What the pre-flight found in a cart, by kind: where, what it means, what to do. */
export function ExplainedFindings({ groups, labels }: ExplainedFindingsProps): JSX.Element {
  return (
    <>
      {groups.map(({ code, severity, places, meaning, remedy }) => (
        <Notice tone={severity === 'error' ? 'bad' : 'warn'}>
          {code === undefined ? null : (
            <p>
              <Badge tone={severity === 'error' ? 'bad' : 'warn'} text={code} />
            </p>
          )}
          <Places places={places.slice(0, SHOWN)} labels={labels} />
          {places.length <= SHOWN ? null : (
            <details>
              <summary>{labels.more(places.length - SHOWN)}</summary>
              <Places places={places.slice(SHOWN)} labels={labels} />
            </details>
          )}
          {meaning === undefined ? null : (
            <p>
              <b>{labels.what}:</b> {meaning}
            </p>
          )}
          {remedy === undefined ? null : (
            <p>
              <b>{labels.remedy}:</b> {remedy}
            </p>
          )}
        </Notice>
      ))}
    </>
  );
}

function Places({
  places,
  labels,
}: Pick<FindingGroup, 'places'> & Pick<ExplainedFindingsProps, 'labels'>): JSX.Element {
  return (
    <ul class="places">
      {places.map(({ line, sku, field, message }) => (
        <li>
          <b>
            {[line === undefined ? undefined : labels.line(line), sku, field]
              .filter((part) => part !== undefined && part !== '')
              .join(', ')}
          </b>{' '}
          {message}
        </li>
      ))}
    </ul>
  );
}
