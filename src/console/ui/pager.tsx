import type { JSX } from 'preact';

interface PagerProps {
  label: string;
  /** Absent on the first page. */
  first?: { href: string; label: string };
  /** Absent on the last page. */
  next?: { href: string; label: string };
}

/** Links of a list that is read by keyset: to its start and to its next page. */
export function Pager({ label, first, next }: PagerProps): JSX.Element | null {
  if (first === undefined && next === undefined) return null;
  return (
    <nav class="pager" aria-label={label}>
      {first === undefined ? null : (
        <a class="button quiet" href={first.href} rel="first">
          {first.label}
        </a>
      )}
      {next === undefined ? null : (
        <a class="button quiet" href={next.href} rel="next">
          {next.label}
        </a>
      )}
    </nav>
  );
}
