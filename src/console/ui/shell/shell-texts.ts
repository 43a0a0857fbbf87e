import type { InLanguages } from '../language.js';
import { english } from './shell-english.js';
import { german } from './shell-german.js';

export const SHELL_TEXTS: InLanguages<typeof english> = { en: english, de: german };
