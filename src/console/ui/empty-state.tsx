import type { JSX } from 'preact';

interface EmptyStateProps {
  title: string;
  /** What to do next. */
  text: string;
  link?: { href: string; label: string };
}

/** Stands where a list has no rows: says why, and what comes next. */
export function EmptyState({ title, text, link }: EmptyStateProps): JSX.Element {
  return (
    <div class="card empty">
      <p class="what">{title}</p>
      <p class="hint">{text}</p>
      {link === undefined ? null : (
        <p>
          <a href={link.href}>{link.label}</a>
        </p>
      )}
    </div>
  );
}
