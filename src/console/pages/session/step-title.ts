import type { Language } from '../../ui/language.js';
import { TEXTS } from './texts.js';

type NamedStep = keyof (typeof TEXTS)['en']['stepTexts'];

/** A step of the timeline that has a text of its own. */
export function isNamedStep(event: string): event is NamedStep {
  return Object.hasOwn(TEXTS.en.stepTexts, event);
}

/** `login` as people say it. */
export function stepTitle(event: string, language: Language): string {
  const { steps } = TEXTS[language];
  return isNamedStep(event) ? steps[event] : steps.other(event);
}
