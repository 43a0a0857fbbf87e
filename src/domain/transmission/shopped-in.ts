import type { ConnectionSettings } from '../access/connection.js';
import type { SetupRequest } from './setup-request.js';

/**
 * The call-up with the language and currency of its session: its own, else those of the connection. Where neither names
 * one, the store chooses.
 */
export function shoppedIn(
  request: SetupRequest,
  { language, currency }: Pick<ConnectionSettings, 'language' | 'currency'>,
): SetupRequest {
  const wish = { language: said(request.language) ?? said(language), currency: said(request.currency) ?? currency };
  return { ...request, ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) };
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
