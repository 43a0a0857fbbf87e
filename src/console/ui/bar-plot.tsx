import type { JSX } from 'preact';

interface BarPlotProps {
  /** Unique in the page. */
  id: string;
  title: string;
  /** What the plot shows, in words: the sum, the highest bar. */
  description: string;
  /** `part`: how much of the bar is filled; the rest is pale. */
  bars: readonly { label: string; value: number; text: string; part?: { value: number; text: string } }[];
  /** The same values as a table, folded: what the columns are called. */
  table: { summary: string; label: string; value: string; part?: string };
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
        {bars.map(({ label, value, text, part }, index) => {
          const place = { x: round(index * step + step * 0.12), width: round(step * 0.76) };
          const [height, filled] = [heightOf(value, highest), heightOf(part?.value ?? value, highest)];
          return (
            <g>
              <title>{part === undefined ? `${label}: ${text}` : `${label}: ${text}, ${part.text}`}</title>
              <rect
                class={part === undefined ? 'bar' : 'bar pale'}
                y={round(HEIGHT - height)}
                height={height}
                {...place}
              />
              {part === undefined ? null : <rect class="bar" y={round(HEIGHT - filled)} height={filled} {...place} />}
            </g>
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
              {table.part === undefined ? null : (
                <th scope="col" class="num">
                  {table.part}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, text, part }) => (
              <tr>
                <th scope="row">{label}</th>
                <td class="num">{text}</td>
                {part === undefined ? null : <td class="num">{part.text}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** A value above 0 gets a height of at least 2, so that it can be seen. */
function heightOf(value: number, highest: number): number {
  return round(Math.max(value === 0 ? 0 : 2, (value / highest) * (HEIGHT - 6)));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
