import type { JSX } from 'preact';

export interface FunnelStep {
  label: string;
  value: number;
  /** The value as text. */
  text: string;
  /** The value of the period before, and what became of the others. */
  notes: readonly string[];
}

interface FunnelProps {
  title: string;
  description: string;
  steps: readonly FunnelStep[];
}

/** Steps that fewer and fewer reach: label, bar and number in a row, so that no text shrinks on narrow screens. */
export function Funnel({ title, description, steps }: FunnelProps): JSX.Element {
  const highest = Math.max(1, ...steps.map(({ value }) => value));
  return (
    <figure class="card funnel">
      <figcaption class="unseen">{`${title}. ${description}`}</figcaption>
      <dl>
        {steps.map(({ label, value, text, notes }) => (
          <div>
            <dt>{label}</dt>
            <dd class="track">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img">
                <title>{`${label}: ${text}`}</title>
                <desc>{notes.join(', ')}</desc>
                <rect class="rail" width="100" height="10" />
                <rect class="bar" width={Math.round((value / highest) * 10_000) / 100} height="10" />
              </svg>
            </dd>
            <dd class="figures">
              <strong>{text}</strong> <span class="hint">{notes.join(' · ')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
