import type { ConnectionSettings } from '../access/connection.js';
import type { SetupRequest } from './setup-request.js';

/**
 * The call-up with the language and currency that its session is shopped in: its own, else the connection's. What neither names
 * is the store's to choose.
 */
export function shoppedIn(request: SetupRequest, { language, currency }: Pick<ConnectionSettings, 'language' | 'currency'>): SetupRequest {
  const wish = { language: said(request.language) ?? said(language), currency: said(request.currency) ?? currency };
  return { ...request, ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) };
}

function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
