import type { FieldFault, FieldFaults } from '../../../console/pages/connection-form/field-fault.js';
import { MAX_NAME_LENGTH } from '../../../domain/access/party-match.js';
import { returnOriginFault } from '../../../domain/access/return-url.js';
import { PROTOCOL_RULES } from '../../../domain/transmission/protocol-rules.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { CredentialName } from '../../../ports/access/connection-repository.js';

/** A part of a form as it was meant, or what is wrong with its fields. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; faults: FieldFaults };

/** Lines that hold something, trimmed. */
export function linesOf(text: string | null): string[] {
  return (text ?? '')
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** How the buyer names itself, for a protocol with names. */
export function nameIn(form: URLSearchParams, protocol: Exclude<Protocol, 'repost'>): Decoded<CredentialName> {
  const isCxml = protocol === 'cxml';
  const [domain, identity] = [isCxml ? (form.get('domain') ?? '').trim() : '', (form.get('identity') ?? '').trim()];
  const faults: Record<string, FieldFault> = {};
  for (const [field, text] of [
    ['domain', domain],
    ['identity', identity],
  ] as const) {
    if (text === '' && (isCxml || field === 'identity')) faults[field] = { kind: 'missing' };
    if (text.length > MAX_NAME_LENGTH) faults[field] = { kind: 'too_long' };
  }
  return Object.keys(faults).length > 0
    ? { ok: false, faults }
    : { ok: true, value: { kind: protocol, domain, identity } };
}

/** Shorter keys of a middleware can be guessed from their digest. */
const MIN_KEY_LENGTH = 16;
const MOST_OF_SECRET = 1000;

export function secretIn(form: URLSearchParams, protocol: Protocol): Decoded<string> {
  const secret = (form.get('secret') ?? '').trim();
  const fault = (kind: FieldFault['kind']): Decoded<never> => ({ ok: false, faults: { secret: { kind } } });
  if (secret === '') return fault('missing');
  if (secret.length > MOST_OF_SECRET) return fault('too_long');
  const isShort = PROTOCOL_RULES[protocol].isMiddleware && secret.length < MIN_KEY_LENGTH;
  return isShort ? fault('short_key') : { ok: true, value: secret };
}

export function returnsIn(form: URLSearchParams): Decoded<string[]> {
  const lines = linesOf(form.get('returns'));
  if (lines.length === 0) return { ok: false, faults: { returns: { kind: 'missing' } } };
  for (const [index, line] of lines.entries()) {
    const kind = returnOriginFault(line);
    if (kind !== undefined) return { ok: false, faults: { returns: { kind, line: index + 1 } } };
  }
  return { ok: true, value: lines };
}
