import type { JSX } from 'preact';

interface BarPlotProps {
  /** Unique in the page. */
  id: string;
  title: string;
  /** What the plot shows, in words: the sum, the highest bar. */
  description: string;
  bars: readonly { label: string; value: number; text: string }[];
  /** The same values as a table, folded. */
  table: { summary: string; label: string; value: string };
}

const WIDTH = 720;
const HEIGHT = 120;

/** Bars over time, drawn on the server, with the table behind them. */
export function BarPlot({ id, title, description, bars, table }: BarPlotProps): JSX.Element {
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const step = WIDTH / Math.max(1, bars.length);
  return (
    <figure class="card plot">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {bars.map(({ label, value, text }, index) => {
          const height = Math.max(value === 0 ? 0 : 2, (value / highest) * (HEIGHT - 6));
          return (
            <rect
              class="bar"
              x={round(index * step + step * 0.12)}
              y={round(HEIGHT - height)}
              width={round(step * 0.76)}
              height={round(height)}
            >
              <title>{`${label}: ${text}`}</title>
            </rect>
          );
        })}
      </svg>
      <div class="ends" aria-hidden="true">
        <span>{bars[0]?.label}</span>
        <span>{bars.at(-1)?.label}</span>
      </div>
      <figcaption class="hint">{description}</figcaption>
      <details>
        <summary>{table.summary}</summary>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">{table.label}</th>
              <th scope="col" class="num">
                {table.value}
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, text }) => (
              <tr>
                <th scope="row">{label}</th>
                <td class="num">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
