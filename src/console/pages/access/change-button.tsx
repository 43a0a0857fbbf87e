import type { JSX } from 'preact';
import { ProofField } from '../../ui/proof-field.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';

interface ChangeButtonProps {
  frame: PageFrame;
  action: string;
  /** Keeps the forms of a page apart. */
  id: string;
  text: string;
  /** What it changes, for screen readers. */
  label: string;
  tone: 'quiet' | 'danger';
}

/** A form of one button, with the proof of the operator where it is asked. */
export function ChangeButton({ frame, action, id, text, label, tone }: ChangeButtonProps): JSX.Element {
  return (
    <form method="post" action={action}>
      <FormToken signedIn={frame.signedIn} />
      <ProofField frame={frame} id={id} />
      <button type="submit" class={tone} aria-label={label}>
        {text}
      </button>
    </form>
  );
}
