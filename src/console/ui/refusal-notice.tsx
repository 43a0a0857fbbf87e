import type { JSX } from 'preact';
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

/** A refusal in words: what happened, what it means, what to do. */
export interface RefusalMeaning {
  code: string;
  /** The sentence of the code. */
  title: string;
  /** The exact reason of this one, as the message log has it. */
  reason?: string;
  meaning: string;
  remedy: string;
}
