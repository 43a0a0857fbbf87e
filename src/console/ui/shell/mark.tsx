import type { JSX } from 'preact';

/** Sign and name at the top of every page. */
export function Mark({ name = 'Punchout' }: { name?: string }): JSX.Element {
  return (
    <div class="mark">
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <path d="M3 7h9l-3-3M19 15h-9l3 3" />
      </svg>
      {name}
    </div>
  );
}
