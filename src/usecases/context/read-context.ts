import { languageTag } from '../../domain/language-tag.js';
import { type SessionContext, fieldsOf } from '../../domain/context/session-context.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { SessionContexts, Sites } from '../../ports/context.js';
import { readUnseen } from '../transfer/read-cart-to-send.js';
import type { Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  contexts: SessionContexts;
  sites: Sites;
  transmissions: Pick<TransmissionRepository, 'find' | 'findShown' | 'noteUntold'>;
  store: Pick<Store, 'readCart'>;
}

/** Undefined: there is none, or its session has no cart yet. The context of a punchout is written down when somebody first asks for it. */
export type ReadContext = (tenantId: string, sessionId: string) => Promise<SessionContext | undefined>;

/**
 * Source 001's initial values: the currency and language that the customer prefers, which are those his cart was opened in, else the site's own;
 * the target location from the shipping address, else the home base of the site. A punchout knows no billing address.
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
