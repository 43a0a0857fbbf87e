import type { Language } from './language.js';

/** A whole number or decimal text, grouped as people of that language write it. Text keeps all of its digits. */
export function numberText(value: number | string, language: string): string {
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
  const [whole = '', fraction] = value.split('.');
  const { group, point } = marksOf(language);
  const grouped = whole.replace(/\B(?=(\d{3}){1,10}$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
}

/** Between groups of three digits, and before the fraction. */
function marksOf(language: string): { group: string; point: string } {
  if (language === 'de') return { group: '.', point: ',' };
  if (language === 'en') return { group: ',', point: '.' };
  const parts = new Intl.NumberFormat(language).formatToParts(11_111.1);
  const markOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { group: markOf('group'), point: markOf('decimal') };
}

/** `1,299.99 EUR` */
export function amountText(amount: string, currency: string, language: string): string {
  return `${numberText(amount, language)} ${currency}`;
}

/** `+12 %`, `-3 %`; undefined where there is nothing to compare with. */
export function changeText(now: number, before: number, language: Language): string | undefined {
  if (before === 0) return undefined;
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? '+' : ''}${numberText(percent, language)} %`;
}

/** `68 %`; undefined for a share of nothing. */
export function shareText(part: number, whole: number, language: Language): string | undefined {
  return whole === 0 ? undefined : `${numberText(Math.round((part / whole) * 100), language)} %`;
}

/** `12 ms`, `3.4 s`, `2 min 5 s`, `1 h 3 min`. */
export function durationText(ms: number, language: Language): string {
  if (ms < 999.5) return `${numberText(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms), language)} ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${numberText(seconds, language)} s`;
  const whole = Math.round(ms / 1000);
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${numberText(Math.floor(minutes / 60), language)} h ${minutes % 60} min`;
}
