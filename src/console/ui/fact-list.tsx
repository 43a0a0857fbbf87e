import type { ComponentChildren, JSX } from 'preact';

/** What is known about one thing, as names and values. */
export function FactList({ children }: { children: ComponentChildren }): JSX.Element {
  return <dl class="facts">{children}</dl>;
}

interface FactProps {
  label: ComponentChildren;
  children?: ComponentChildren;
}

/** Left out without a value. */
export function Fact({ label, children }: FactProps): JSX.Element | null {
  if (children === undefined) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
