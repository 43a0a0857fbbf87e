import type { JSX } from 'preact';

/** What a sign means. The text says it too: colour is never the only sign. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export function Badge({ tone, text }: { tone: Tone; text: string }): JSX.Element {
  return <span class={`badge ${tone}`}>{text}</span>;
}
