import { Ajv, type ErrorObject } from 'ajv';
import { isCountry, isCurrency } from '../../config/iso-codes.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ContextWish } from '../../domain/context/session-context.js';
import { jsonOf } from '../body/check-input.js';
import { ATTRIBUTE_BODY, CONTEXT_BODY, OWN_CONTEXT_BODY } from './context-schemas.js';

interface ContextBody extends Omit<ContextWish, 'attributes'> {
  sessionId?: string;
  context?: Record<string, unknown>;
  metadata?: { version?: number };
}

/** A change requested by a body. */
export interface ReadChange {
  wish: ContextWish;
  version?: number;
}

/** Compiled by the first use, so that the start is quick. */
let checks: ReturnType<typeof compiled> | undefined;

function compiled() {
  const ajv = new Ajv({ strictTypes: false });
  return {
    context: ajv.compile<ContextBody>(CONTEXT_BODY),
    own: ajv.compile<ContextBody>(OWN_CONTEXT_BODY),
    attribute: ajv.compile<{ key: string; value: unknown }>(ATTRIBUTE_BODY),
  };
}

/** Reads the body of a PUT. Refuses with INVALID_REQUEST and the path of the first wrong field. */
export function readChange(bytes: unknown, sessionId: string): Outcome<ReadChange> {
  const body = checked(bytes, (checks ??= compiled()).context);
  if (!body.ok) return body;
  if (body.value.sessionId !== undefined && body.value.sessionId !== sessionId)
    return wrong('sessionId', 'is not the one in the address');
  const { customerId, cartId } = body.value;
  return changeOf(body.value, { customerId, cartId });
}

/** Reads the body of a PATCH of the session's own context. Fields that a session may not change are ignored. */
export function readOwnChange(bytes: unknown): Outcome<ReadChange> {
  const body = checked(bytes, (checks ??= compiled()).own);
  return body.ok ? changeOf(body.value, {}) : body;
}

export function readAttribute(bytes: unknown): Outcome<{ key: string; value: unknown }> {
  return checked(bytes, (checks ??= compiled()).attribute);
}

function changeOf(
  { siteCode, currency, targetLocation, language, context, metadata }: ContextBody,
  identities: Pick<ContextWish, 'customerId' | 'cartId'>,
): Outcome<ReadChange> {
  if (currency !== undefined && !isCurrency(currency)) return wrong('currency', 'is no code of ISO 4217');
  if (targetLocation !== undefined && !isCountry(targetLocation))
    return wrong('targetLocation', 'is no code of ISO 3166-1');
  return accept({
    wish: { ...identities, siteCode, currency, targetLocation, language, attributes: context },
    version: metadata?.version,
  });
}

function checked<T>(
  bytes: unknown,
  isValid: { (value: unknown): value is T; errors?: ErrorObject[] | null },
): Outcome<T> {
  const body = jsonOf(bytes);
  if (!body.ok) return body;
  if (isValid(body.value)) return accept(body.value);
  const [fault] = isValid.errors ?? [];
  const name: unknown = fault?.params['additionalProperty'] ?? fault?.params['missingProperty'];
  const path = [
    ...(fault?.instancePath ?? '').slice(1).split('/'),
    ...(typeof name === 'string' ? [name.slice(0, 60)] : []),
  ]
    .filter((part) => part !== '')
    .join('.');
  return wrong(
    path === '' ? 'The body' : path,
    fault?.keyword === 'additionalProperties'
      ? 'is not known'
      : fault?.keyword === 'required'
        ? 'is missing'
        : (fault?.message ?? 'is not valid'),
  );
}

function wrong(field: string, what: string): Outcome<never> {
  return refuse('INVALID_REQUEST', `${field} ${what}.`, { field });
}
