import type { Request, Response } from 'express';
import { newSecret } from '../../domain/digest.js';
import type { Language } from '../../http/views/texts.js';

const CART = 'demo-cart';
const LANGUAGE = 'demo-language';

/** Cart id of an ordinary visitor; undefined until his first article. */
export function visitorCartId(req: Request): string | undefined {
  const secret = cookie(req, CART);
  return secret !== undefined && /^[\w-]{43}$/.test(secret) ? `visitor-${secret}` : undefined;
}

/** Starts a cart for a visitor who has none. */
export function startVisitorCart(res: Response, secure: boolean): string {
  const secret = newSecret();
  res.cookie(CART, secret, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
  return `visitor-${secret}`;
}

/** The language a visitor chose before, by `?lang=`. */
export function chosenLanguage(req: Request, res: Response, secure: boolean): Language | undefined {
  const asked = req.query.lang;
  if (asked === 'de' || asked === 'en') {
    res.cookie(LANGUAGE, asked, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
    return asked;
  }
  const kept = cookie(req, LANGUAGE);
  return kept === 'de' || kept === 'en' ? kept : undefined;
}

function cookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
