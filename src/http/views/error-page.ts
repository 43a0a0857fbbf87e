import type { ErrorCode, Refusal } from '../../domain/error-codes.js';
import { ENGLISH_ERROR_TEXTS, type ErrorTexts, type PageTexts } from './error-texts-english.js';
import { GERMAN_ERROR_TEXTS } from './error-texts-german.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import { type Language, referenceText } from './texts.js';

export interface ErrorPage {
  /** HTTP status, for the small print. */
  status: number;
  code: ErrorCode;
  /** Details of the refusal; some change the text. */
  details?: Refusal['details'];
  language: Language;
  /** These three default to the texts of the code. */
  title?: string;
  text?: string;
  /** What to do next. */
  hint?: string;
  /** Of this attempt: it stands in the logs too. */
  reference?: string;
  /** A way on. */
  action?: { href: string; label: string };
}

/** A refusal as a person reads it: what happened and what to do next, never internals. */
export function errorPage({ status, code, details, language, reference, action, ...own }: ErrorPage): string {
  const texts = errorTexts({ code, details }, language);
  const { title = texts.title, text = texts.text, hint = texts.hint } = own;
  const small = [`${status} ${code}`, ...(reference === undefined ? [] : [referenceText(reference, language)])];
  const body = askBody({
    title,
    sentences: [text, hint],
    small: small.join(', '),
    ...(action === undefined ? {} : { link: { ...action, primary: true } }),
  });
  return page({ language, title, body });
}

function errorTexts({ code, details }: Pick<Refusal, 'code' | 'details'>, language: Language): ErrorTexts {
  const texts: PageTexts = language === 'de' ? GERMAN_ERROR_TEXTS : ENGLISH_ERROR_TEXTS;
  if (code === 'SESSION_EXPIRED' && details?.['link_used'] === false) return texts.LINK_NOT_USED;
  return code in texts ? texts[code as keyof PageTexts] : texts.INTERNAL_ERROR;
}
