import type { ComponentChildren, JSX } from 'preact';
import type { Tone } from './badge.js';

/** A sentence that the operator must see: a fault with its remedy, or that something is done. */
export function Notice({ tone, children }: { tone: Tone; children: ComponentChildren }): JSX.Element {
  return (
    <div class={`say ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
