import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import {
  type ContextFields,
  type ContextWish,
  type SessionContext,
  fieldsAfter,
  fieldsOf,
} from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { SessionContexts, Sites } from '../../ports/context.js';
import type { Store, StoreContext } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { ReadContext } from './read-context.js';

interface Deps {
  contexts: SessionContexts;
  sites: Sites;
  transmissions: Pick<TransmissionRepository, 'find' | 'writeCart'>;
  store: Pick<Store, 'changeContext'>;
  read: ReadContext;
  changed: (event: { context: SessionContext; before: SessionContext | undefined }) => void;
}

export interface ContextCommand {
  tenantId: string;
  sessionId: string;
  wish: ContextWish;
  /** The version that the caller knows. Undefined: the caller sent none. */
  version?: number;
  /** The shop itself changes what it shows, so any version is accepted. */
  anyVersion?: true;
  /** Creates the context if it does not exist. */
  upsert?: boolean;
  /** The customer that a token proves. The shop itself needs none. */
  customer?: { proven: string | undefined };
  actor: string;
}

export type ChangeContext = (command: ContextCommand) => Promise<Outcome<SessionContext>>;

/**
 * Applies a change completely or not at all, and only to the version that the caller knows. For a live punchout the
 * shop is changed first, under the lease of its cart: no line is added and no cart leaves between the shop's change and
 * ours.
 */
export function changeContext(deps: Deps): ChangeContext {
  const { contexts, sites, transmissions, read } = deps;

  async function create(command: ContextCommand): Promise<Outcome<SessionContext>> {
    const { tenantId, sessionId, wish, actor } = command;
    const stranger = customerFault(command, undefined);
    if (stranger !== undefined) return stranger;
    const known = await sites.list(tenantId);
    const site = wish.siteCode === undefined ? known[0] : known.find(({ siteCode }) => siteCode === wish.siteCode);
    const fields = fieldsAfter(fieldsOf(site), fieldsIn(wish), known);
    if (!fields.ok) return fields;
    const context = await contexts.create(
      { tenantId, sessionId, fields: fields.value, attributes: wish.attributes ?? {} },
      actor,
    );
    if (context !== undefined) return accept(context);
    return otherVersion(await contexts.find(tenantId, sessionId));
  }

  /** `live`: the current session, with its lease held. */
  async function change(
    command: ContextCommand,
    before: SessionContext,
    live?: Transmission,
  ): Promise<Outcome<SessionContext>> {
    const { tenantId, sessionId, wish, actor } = command;
    if (command.anyVersion !== true && command.version !== before.version) return otherVersion(before);
    const stranger = customerFault(command, before.fields.customerId);
    if (stranger !== undefined) return stranger;
    const after = fieldsAfter(before.fields, fieldsIn(wish), await sites.list(tenantId));
    if (!after.ok) return after;
    if (live !== undefined && after.value.cartId !== before.fields.cartId)
      return refuse('CONTEXT_REFUSED', 'cartId: The cart of a punchout cannot be changed.', { field: 'cartId' });
    const moved = await inShop(live, before.fields, after.value);
    if (!moved.ok) return moved;
    const context = await contexts.change(
      {
        tenantId,
        sessionId,
        fields: after.value,
        attributes: wish.attributes ?? before.attributes,
        version: before.version,
      },
      actor,
      moved.value,
    );
    return context === undefined ? otherVersion(await contexts.find(tenantId, sessionId)) : accept(context);
  }

  async function inShop(
    live: Transmission | undefined,
    before: ContextFields,
    after: ContextFields,
  ): Promise<Outcome<Transmission['cart']>> {
    const wish = storeWish(before, after);
    if (live?.cart === undefined || Object.keys(wish).length === 0) return accept(undefined);
    if (deps.store.changeContext === undefined) return refuse('CONTEXT_REFUSED', 'The shop supports only one context.');
    const moved = await deps.store.changeContext(live.cart, wish);
    const field = moved.ok ? '' : FIELDS[moved.unknown];
    return moved.ok
      ? accept(moved.cart)
      : refuse('CONTEXT_REFUSED', `${field}: The shop does not offer this value.`, { field });
  }

  async function ofLive(
    command: ContextCommand,
    transmission: Transmission,
  ): Promise<Outcome<SessionContext> & { before?: SessionContext }> {
    const written = await transmissions.writeCart(
      transmission,
      async (): Promise<Outcome<SessionContext> & { before?: SessionContext }> => {
        const [before, live] = await Promise.all([
          contexts.find(command.tenantId, command.sessionId),
          transmissions.find(transmission),
        ]);
        return before === undefined
          ? refuse('TRANSMISSION_NOT_FOUND')
          : { ...(await change(command, before, live)), before };
      },
      () => (command.wish.siteCode === undefined ? 'as_before' : undefined),
    );
    if (written.ok) return written.value;
    if (written.refused === 'not_active') return refuse('SESSION_CLOSED');
    const now = await contexts.find(command.tenantId, command.sessionId);
    return command.anyVersion !== true && now !== undefined && now.version !== command.version
      ? otherVersion(now)
      : refuse('CART_CHANGING', undefined, now && { version: now.version });
  }

  return async (command) => {
    const { tenantId, sessionId } = command;
    const [before, transmission] = await Promise.all([
      read(tenantId, sessionId),
      transmissions.find({ tenantId, transmissionId: sessionId }),
    ]);
    if (before === undefined) {
      // The context of a punchout is created with its cart.
      if (command.upsert !== true || transmission !== undefined) return refuse('TRANSMISSION_NOT_FOUND');
      const created = await create(command);
      if (created.ok) deps.changed({ context: created.value, before: undefined });
      return created;
    }
    if (command.anyVersion !== true && command.version !== before.version) return otherVersion(before);
    if (transmission !== undefined && transmission.status !== 'active') return refuse('SESSION_CLOSED');
    const outcome: Outcome<SessionContext> & { before?: SessionContext } =
      transmission === undefined ? await change(command, before) : await ofLive(command, transmission);
    if (outcome.ok) deps.changed({ context: outcome.value, before: outcome.before ?? before });
    return outcome.ok ? accept(outcome.value) : { ok: false, refusal: outcome.refusal };
  };
}

const FIELDS: Record<keyof StoreContext, keyof ContextFields> = {
  currency: 'currency',
  language: 'language',
  country: 'targetLocation',
  site: 'siteCode',
};

function fieldsIn(wish: ContextWish): ContextFields {
  return Object.fromEntries(
    Object.entries(wish).filter(([name, value]) => name !== 'attributes' && value !== undefined),
  );
}

/** The changes that the shop has to make. */
function storeWish(before: ContextFields, after: ContextFields): StoreContext {
  const differing = Object.entries(FIELDS).filter(
    ([, field]) => after[field] !== undefined && after[field] !== before[field],
  );
  return Object.fromEntries(differing.map(([name, field]) => [name, after[field]]));
}

function otherVersion(now: SessionContext | undefined): {
  ok: false;
  refusal: { code: 'CONTEXT_VERSION'; reason: string; details: { version: number } };
} {
  const version = now?.version ?? 0;
  return {
    ok: false,
    refusal: { code: 'CONTEXT_VERSION', reason: `metadata.version is ${version}.`, details: { version } },
  };
}

/** Token, body and session must belong to the same customer (session context). */
function customerFault(
  { customer, wish }: ContextCommand,
  owner: string | undefined,
): { ok: false; refusal: { code: 'CUSTOMER_MISMATCH'; reason: string } } | undefined {
  if (customer === undefined || (owner === undefined && wish.customerId === undefined)) return undefined;
  const mismatch = (reason: string): ReturnType<typeof customerFault> => ({
    ok: false,
    refusal: { code: 'CUSTOMER_MISMATCH', reason },
  });
  if (customer.proven === undefined)
    return mismatch("This session belongs to a customer: send the customer's token in the header saas-token.");
  if (wish.customerId !== customer.proven) return mismatch('customerId is not the customer of the token.');
  return owner !== undefined && owner !== wish.customerId
    ? mismatch('The session belongs to another customer.')
    : undefined;
}
