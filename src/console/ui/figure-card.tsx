import type { JSX } from 'preact';

interface FigureCardProps {
  label: string;
  value: string;
  /** Unit and comparison: a number never stands alone. */
  note: string;
}

export function FigureCard({ label, value, note }: FigureCardProps): JSX.Element {
  return (
    <div class="card">
      <div class="label">{label}</div>
      <div class="figure">{value}</div>
      <div class="hint">{note}</div>
    </div>
  );
}
