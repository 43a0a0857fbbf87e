import type { JSX } from 'preact';

interface StepsProps {
  label: string;
  steps: readonly { name: string; label: string; href?: string | undefined }[];
  current: string;
}

/** Where one is in a task of several pages. Steps with an address can be opened again. */
export function Steps({ label, steps, current }: StepsProps): JSX.Element {
  const place = steps.findIndex(({ name }) => name === current);
  return (
    <nav aria-label={label}>
      <ol class="steps">
        {steps.map(({ name, label: text, href }, index) => (
          <li class={index < place ? 'past' : undefined} aria-current={name === current ? 'step' : undefined}>
            {href === undefined || name === current ? text : <a href={href}>{text}</a>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
