import type { BuyerTexts } from '../../src/domain/buyer-texts/buyer-texts.js';
import { ENGLISH } from '../../src/domain/buyer-texts/english.js';

/** Sentences with their places: `['.transfer.title', 'Your cart …']`. */
export function sentences(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]];
  return Object.entries(value as object).flatMap(([name, part]) => sentences(part, `${place}.${name}`));
}

/** A whole language: what is made of each English sentence. */
export function mapped(make: (english: string, place: string) => string): BuyerTexts {
  const partOf = (value: unknown, place: string): unknown =>
    typeof value === 'string'
      ? make(value, place)
      : Object.fromEntries(
          Object.entries(value as object).map(([name, part]) => [name, partOf(part, `${place}.${name}`)]),
        );
  return partOf(ENGLISH, '') as BuyerTexts;
}

/** A language that an app adds: each sentence says where it stands, and has its values. */
export const ITALIAN = mapped((english, place) => `frase ${place} ${(english.match(/\{\w+\}/g) ?? []).join(' ')}.`);
