import type { ComponentChildren, JSX } from 'preact';
import type { Language } from './language.js';
import type { Tone } from './badge.js';

/** A sentence that the operator must see: a fault with its remedy, or that something is done. */
export function Notice({ tone, children }: { tone: Tone; children: ComponentChildren }): JSX.Element {
  return (
    <div class={`say ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** Why a change was refused. Reasons are written in English, as in the audit; other languages quote them. */
export function RefusedReason({ language, reason }: { language: Language; reason: string }): JSX.Element {
  if (language === 'en') return <>{reason}</>;
  return (
    <>
      Das wurde abgelehnt, nichts wurde geändert. Genauer Grund: <span lang="en">{reason}</span>
    </>
  );
}
