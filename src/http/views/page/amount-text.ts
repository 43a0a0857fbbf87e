import type { Language } from '../texts.js';

/** A decimal text for people: digits grouped, none lost. `1299.99` -> `1.299,99` in German. */
export function numberText(decimal: string, language: Language): string {
  const [whole = '', fraction] = decimal.split('.');
  const [group, point] = language === 'de' ? ['.', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3}){1,10}$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
}

/** `1.299,99 EUR` */
export function amountText(decimal: string, currency: string, language: Language): string {
  return `${numberText(decimal, language)} ${currency}`;
}

/** Text for an article or discount: its name, if known, and its number. */
export function articleText(number: string, name: string | undefined): string {
  return name === undefined ? number : `${name} (${number})`;
}
