import type { JSX } from 'preact';
import type { RefusalMeaning } from './refusal-meaning.js';
import { Badge } from './badge.js';
import { Notice } from './notice.js';

interface RefusalNoticeProps {
  refusal: RefusalMeaning;
  labels: { what: string; remedy: string };
}

/** A refusal with its meaning and its remedy: a fault never stands alone. */
export function RefusalNotice({ refusal, labels }: RefusalNoticeProps): JSX.Element {
  const { code, title, reason, meaning, remedy } = refusal;
  return (
    <Notice tone="bad">
      <p>
        <Badge tone="bad" text={code} /> {title}
      </p>
      {reason === undefined ? null : <p class="mono">{reason}</p>}
      <p>
        <b>{labels.what}:</b> {meaning}
      </p>
      <p>
        <b>{labels.remedy}:</b> {remedy}
      </p>
    </Notice>
  );
}
