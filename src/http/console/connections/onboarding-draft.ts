import type { FieldFault, FieldFaults } from '../../../console/pages/connection-form/field-fault.js';
import { DRAFT_STEPS, type DraftStep } from '../../../console/pages/onboarding/step-frame.js';
import type { PlatformChoice } from '../../../console/pages/onboarding/draft-page.js';
import { PLACEHOLDER_SUPPLIER, demoOnlyFaultsHere } from '../../../config/demo-settings.js';
import { MAX_NAME_LENGTH } from '../../../domain/access/party-match.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { CredentialName } from '../../../ports/access/connection-repository.js';
import { CONNECTION_ID, type NewConnection } from '../../../usecases/manage/change-connection.js';
import { type Decoded, linesOf, nameIn, returnsIn } from './connection-form.js';

/** What the steps before a connection exists have asked for. */
export interface Draft {
  connectionId: string;
  wish: NewConnection;
  /** For people. */
  to?: string;
}

const FIELDS = [
  'platform',
  'name',
  'id',
  'domain',
  'identity',
  'to_domain',
  'to_identity',
  'templates',
  'customers',
  'returns',
] as const;
const MOST_CHARACTERS = 4000;

/** The fields that were entered, each cut; others are left out. */
export function enteredIn(fields: URLSearchParams): Record<string, string> {
  const entered: Record<string, string> = {};
  for (const name of FIELDS) {
    const text = fields.get(name);
    if (text !== null) entered[name] = text.slice(0, MOST_CHARACTERS);
  }
  return entered;
}

/**
 * The draft, if every step up to `wanted` is right; else the first step that is not, with its faults. A draft is
 * complete when `wanted` is `check`.
 */
export function draftOf(
  fields: URLSearchParams,
  chosen: PlatformChoice | undefined,
  wanted: DraftStep,
): { step: DraftStep; faults: FieldFaults; draft?: Draft } {
  const place = DRAFT_STEPS.indexOf(wanted);
  if (place === 0) return { step: 'platform', faults: {} };
  if (chosen === undefined) return { step: 'platform', faults: { platform: { kind: 'missing' } } };
  if (place === 1) return { step: 'names', faults: {} };
  const names = namesIn(fields, chosen);
  if (!names.ok) return { step: 'names', faults: names.faults };
  if (place === 2) return { step: 'returns', faults: {} };
  const returns = returnsIn(fields);
  if (!returns.ok) return { step: 'returns', faults: returns.faults };
  const unsafe = returns.value.findIndex((origin) => isUnfit({ returnOrigins: [origin] }, chosen.protocol));
  if (unsafe !== -1) return { step: 'returns', faults: { returns: { kind: 'not_https', line: unsafe + 1 } } };
  const { connectionId, wish, to } = names.value;
  const settings = { ...wish.settings, returnOrigins: returns.value };
  const draft: Draft = { connectionId, wish: { ...wish, settings } };
  if (to !== undefined) draft.to = to;
  return { step: 'check', faults: {}, draft };
}

/** Production takes no cXML connection without the shop's identity, which stands in every cart. */
export function needsTo(protocol: Protocol): boolean {
  return isUnfit({ supplier: PLACEHOLDER_SUPPLIER }, protocol);
}

/** This process would refuse to save it. */
function isUnfit(
  {
    returnOrigins = [],
    supplier = { domain: '', identity: '' },
  }: { returnOrigins?: string[]; supplier?: { domain: string; identity: string } },
  protocol: Protocol,
): boolean {
  return demoOnlyFaultsHere({ returnOrigins, cxml: { supplier } }, protocol).length > 0;
}

const LONGEST_NAME = 200;

function namesIn(fields: URLSearchParams, { value, protocol }: PlatformChoice): Decoded<Draft> {
  const text = (name: string): string => (fields.get(name) ?? '').trim();
  const faults: Record<string, FieldFault> = {};
  const name = text('name');
  if (name === '') faults['name'] = { kind: 'missing' };
  if (name.length > LONGEST_NAME) faults['name'] = { kind: 'too_long' };
  const connectionId = text('id') === '' ? idOf(name) : text('id');
  if (name !== '' && !CONNECTION_ID.test(connectionId)) faults['id'] = { kind: 'no_id' };
  // The address of this very page.
  if (connectionId === 'new') faults['id'] = { kind: 'taken' };

  const profile = protocol === 'repost' ? {} : { profile: value };
  const credentials: CredentialName[] = [];
  if (protocol !== 'repost') {
    const from = nameIn(fields, protocol);
    if (from.ok) credentials.push(from.value);
    else Object.assign(faults, from.faults);
  }
  const to = { domain: text('to_domain'), identity: text('to_identity') };
  const hasTo = protocol === 'cxml' && to.identity !== '';
  if (hasTo && to.domain === '') faults['to_domain'] = { kind: 'missing' };
  if (isUnfit({ supplier: hasTo ? to : PLACEHOLDER_SUPPLIER }, protocol))
    faults['to_identity'] = { kind: 'no_supplier' };
  if (to.domain.length > 100) faults['to_domain'] = { kind: 'too_long' };
  if (to.identity.length > MAX_NAME_LENGTH) faults['to_identity'] = { kind: 'too_long' };

  const templates = [...new Set(linesOf(fields.get('templates')))];
  const customers = [...new Set(linesOf(fields.get('customers')))];
  if (protocol === 'repost') {
    if (templates.length === 0) faults['templates'] = { kind: 'missing' };
    const wrong = customers.findIndex((line) => !/^\d{1,9}$/.test(line));
    if (wrong !== -1) faults['customers'] = { kind: 'no_number', line: wrong + 1 };
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const settings = {
    ...profile,
    ...(hasTo ? { cxml: { supplier: to, to: [to] } } : {}),
    ...(protocol === 'repost' ? { repost: { templateUsers: templates, endCustomers: customers.map(Number) } } : {}),
  };
  const draft: Draft = { connectionId, wish: { name, protocol, settings, credentials, disabled: true } };
  if (hasTo) draft.to = `${to.domain}:${to.identity}`;
  return { ok: true, value: draft };
}

const LONGEST_ID = 48;

/** `Company GmbH (Köln)` becomes `company-gmbh-koln`. */
function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .slice(0, LONGEST_ID)
    .split(/[^a-z0-9]/)
    .filter((word) => word !== '')
    .join('-');
}
