import type { InLanguages } from '../../ui/language.js';
import { english } from './english.js';
import { german } from './german.js';

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
