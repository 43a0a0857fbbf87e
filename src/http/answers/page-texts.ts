import type { RequestHandler, Response } from 'express';
import type { LanguageTexts } from '../../domain/buyer-texts/buyer-texts.js';
import { shippedTexts, type TextsFor } from '../views/texts.js';

interface Locals {
  textsFor?: TextsFor;
}

/** Lets the pages that answer a request speak the languages of this connector. */
export function speak(textsFor: TextsFor): RequestHandler {
  return (_req, res, next) => {
    (res as { locals: Locals }).locals.textsFor = textsFor;
    next();
  };
}

/** What the buyer of this request reads: in the language of the punchout if there is one, else in the browser's. */
export function pageTexts(res: Response, language?: string): LanguageTexts {
  const { textsFor = shippedTexts } = (res as { locals: Locals }).locals;
  return textsFor(language ?? res.req.get('accept-language'));
}
