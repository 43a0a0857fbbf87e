import type { ErrorCode, Refusal } from '../../domain/error-codes.js';
import type { ErrorTexts, PageTexts } from '../../domain/buyer-texts/error-texts-english.js';
import { askBody } from './page/form.js';
import { page } from './page/layout.js';
import type { LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { referenceText } from './texts.js';

export interface ErrorPage {
  /** HTTP status, for the small print. */
  status: number;
  code: ErrorCode;
  /** Details of the refusal; some change the text. */
  details?: Refusal['details'];
  texts: LanguageTexts;
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
export function errorPage({ status, code, details, texts, reference, action, ...own }: ErrorPage): string {
  const usual = errorTexts({ code, details }, texts.errors);
  const { title = usual.title, text = usual.text, hint = usual.hint } = own;
  const small = [`${status} ${code}`, ...(reference === undefined ? [] : [referenceText(reference, texts)])];
  const body = askBody({
    title,
    sentences: [text, hint],
    small: small.join(', '),
    link: action === undefined ? undefined : { ...action, primary: true },
  });
  return page({ language: texts.language, title, body });
}

function errorTexts({ code, details }: Pick<Refusal, 'code' | 'details'>, texts: PageTexts): ErrorTexts {
  if (code === 'SESSION_EXPIRED' && details?.['link_used'] === false) return texts.LINK_NOT_USED;
  return code in texts ? texts[code as keyof PageTexts] : texts.INTERNAL_ERROR;
}
