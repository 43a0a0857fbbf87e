import type { ComponentChildren, JSX } from 'preact';
import { exactText } from './moment.js';
import type { Tone } from './badge.js';

export interface TimelineEntry {
  at: Date;
  /** Relative to the entry before; the exact moment is in the markup. */
  when: string;
  tone?: Tone;
  title: ComponentChildren;
  body?: ComponentChildren;
}

/** What happened, one below the other, oldest first. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }): JSX.Element {
  return (
    <ol class="time" aria-label={label}>
      {entries.map(({ at, when, tone, title, body }) => (
        <li>
          <time class="when" dateTime={at.toISOString()} title={exactText(at)}>
            {when}
          </time>
          <span class={`dot ${tone ?? ''}`} aria-hidden="true" />
          <div>
            <h2 class="what">{title}</h2>
            {body}
          </div>
        </li>
      ))}
    </ol>
  );
}
