import type { JSX } from 'preact';
import type { Language } from './language.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

interface MomentProps {
  at: Date;
  now: Date;
  language: Language;
}

/** A time as people say it, with the exact moment in the markup and on hover. */
export function Moment({ at, now, language }: MomentProps): JSX.Element {
  return (
    <time dateTime={at.toISOString()} title={exactText(at)}>
      {agoText(at, now, language)}
    </time>
  );
}

/** The exact moment, in UTC. */
export function exactText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `3 hours ago`, `vor 3 Stunden`. */
export function agoText(at: Date, now: Date, language: Language): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(seconds, 'second');
}

/** Time after the first entry: `+3.2 s`, `+1 min 40 s`, `+2 h 5 min`. */
export function sinceText(at: Date, start: Date, language: Language): string {
  const seconds = Math.max(0, at.getTime() - start.getTime()) / 1000;
  const number = (value: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  if (seconds < 60) return `+${number(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `+${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `+${hours} h ${minutes % 60} min` : `+${Math.floor(hours / 24)} d ${hours % 24} h`;
}
