import { languageTag } from '../../domain/transmission/setup-request.js';
import { type SessionContext, fieldsOf } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { SessionContexts, Sites } from '../../ports/context.js';
import { readUnseen } from '../transfer/read-cart-to-send.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';

interface Deps {
  contexts: SessionContexts;
  sites: Sites;
  transmissions: Pick<TransmissionRepository, 'find' | 'findShown' | 'noteUntold'>;
  store: Pick<Store, 'readCart'>;
}

/** Undefined: there is no context, or its session has no cart yet. A punchout's context is stored at the first read. */
export type ReadContext = (tenantId: string, sessionId: string) => Promise<SessionContext | undefined>;

/**
 * Emporix's initial values. Currency and language: those in which the cart was opened, as the customer's preference, or
 * else the site's. Target location: from the shipping address, or else the site's home base. A punchout has no billing
 * address.
 */
export function readContext({ contexts, sites, transmissions, store }: Deps): ReadContext {
  async function begin(transmission: Transmission): Promise<SessionContext | undefined> {
    const { tenantId, transmissionId, request, cart, status } = transmission;
    if (cart === undefined) return undefined;
    const [site] = await sites.list(tenantId);
    const shown = status === 'active' ? await readUnseen({ transmissions, store })(transmission, cart) : undefined;
    const language = languageTag(shown?.language ?? request.language);
    const currency = shown?.currency ?? request.currency;
    const country = request.shipTo?.countryCode;
    const fields = {
      ...fieldsOf(site),
      cartId: cart.id,
      // What nobody has named is that of the site.
      ...(currency === undefined ? {} : { currency }),
      ...(language === undefined ? {} : { language }),
      ...(country === undefined ? {} : { targetLocation: country }),
    };
    return (
      (await contexts.create({ tenantId, sessionId: transmissionId, fields, attributes: {} }, 'session')) ??
      (await contexts.find(tenantId, transmissionId))
    );
  }

  return async (tenantId, sessionId) => {
    const known = await contexts.find(tenantId, sessionId);
    if (known !== undefined) return known;
    const transmission = await transmissions.find({ tenantId, transmissionId: sessionId });
    return transmission === undefined ? undefined : begin(transmission);
  };
}

const MOST_ATTRIBUTES = 100;

interface AttributeCommand {
  tenantId: string;
  sessionId: string;
  name: string;
  actor: string;
}

/** Attributes of a context, one at a time, without optimistic locking. */
export interface ContextAttributes {
  set(command: AttributeCommand & { value: unknown }): Promise<Outcome<void>>;
  remove(command: AttributeCommand): Promise<Outcome<void>>;
}

export function contextAttributes({
  contexts,
  read,
}: {
  contexts: SessionContexts;
  read: ReadContext;
}): ContextAttributes {
  return {
    async set({ tenantId, sessionId, name, value, actor }) {
      const context = await read(tenantId, sessionId);
      if (context === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (!Object.hasOwn(context.attributes, name) && Object.keys(context.attributes).length >= MOST_ATTRIBUTES)
        return refuse('INVALID_REQUEST', `A context has ${MOST_ATTRIBUTES} attributes at most.`, { field: 'key' });
      return (await contexts.setAttribute(tenantId, sessionId, name, value, actor))
        ? accept(undefined)
        : refuse('TRANSMISSION_NOT_FOUND');
    },
    async remove({ tenantId, sessionId, name, actor }) {
      const gone =
        !name.includes('\0') &&
        (await read(tenantId, sessionId)) !== undefined &&
        (await contexts.removeAttribute(tenantId, sessionId, name, actor));
      return gone ? accept(undefined) : refuse('TRANSMISSION_NOT_FOUND');
    },
  };
}
