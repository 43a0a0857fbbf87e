import type { InLanguages } from '../../../console/ui/language.js';
import { english } from './english.js';
import { german } from './german.js';

export type BuyerTexts = typeof english;

export const BUYER_TEXTS: InLanguages<BuyerTexts> = { en: english, de: german };
