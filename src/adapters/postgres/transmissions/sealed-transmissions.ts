import type { SentCart } from '../../../domain/transmission/sent-cart.js';
import type { TransferPayload } from '../../../domain/transmission/transfer-payload.js';
import type { Transmission, TransmissionKey } from '../../../domain/transmission/transmission.js';
import type { PurchaseOrders } from '../../../ports/orders/order-repository.js';
import type { PastSession, SessionHistory } from '../../../ports/transmission/session-history.js';
import type { FoundCart, SentCarts } from '../../../ports/transmission/sent-carts.js';
import type { TransmissionRepository } from '../../../ports/transmission/transmission-repository.js';
import { isSecretFieldName } from '../../../protocols/secret-name.js';
import { withSecretTexts, withTexts } from '../../../protocols/secret-texts.js';

/** The part of `SecretBox` that is needed here. */
export interface TextBox {
  seal(text: string, owner: string): string;
  open(sealed: string, owner: string): { text: string } | undefined;
}

const MARK = 'sealed:';
/** Maximum length of a return document, which we wrote ourselves. */
const LONGEST_OF_PAYLOAD = 4_096;

/**
 * Secrets in a call-up of a buyer's system (an Extrinsic named Password, an address with `sap-password=…`) must come
 * back with the cart, so they are kept. They are sealed, so that a copy of the database shows none (T29). Rows of
 * earlier versions are read unsealed. A text whose key is gone stays sealed.
 */
export function sealedTransmissions(transmissions: TransmissionRepository, box: TextBox): TransmissionRepository {
  const { seal, open } = sealing(box);
  const opened = <Found extends Transmission | undefined>(found: Found): Found => {
    if (found === undefined) return found;
    const sealed = { request: found.request, returnUrl: found.returnUrl };
    const plain = open(found, sealed);
    return plain === sealed ? found : { ...found, ...plain };
  };
  const sealedPayload = (key: TransmissionKey, payload: TransferPayload): TransferPayload =>
    seal(key, payload, { longest: LONGEST_OF_PAYLOAD });

  return {
    ...transmissions,
    async create(transmission) {
      const { request, returnUrl } = transmission;
      return opened(await transmissions.create({ ...transmission, ...seal(transmission, { request, returnUrl }) }));
    },
    find: async (key) => opened(await transmissions.find(key)),
    findByClaim: async (claimDigest) => opened(await transmissions.findByClaim(claimDigest)),
    findByBuyerCookie: async (...wish) => (await transmissions.findByBuyerCookie(...wish)).map(opened),
    findOpenByCallUp: async (...wish) => opened(await transmissions.findOpenByCallUp(...wish)),
    claim: async (key, claim) => opened(await transmissions.claim(key, claim)),
    attachCart: async (key, cart) => opened(await transmissions.attachCart(key, cart)),
    transfer: (key, transfer) =>
      transmissions.transfer(key, {
        ...transfer,
        payload: sealedPayload(key, transfer.payload),
        sent: holdsSecretField(transfer.sent) ? seal(key, transfer.sent, { longest: 0 }) : transfer.sent,
      }),
    end: (key, to, actor, payload) =>
      transmissions.end(key, to, actor, payload === undefined ? undefined : sealedPayload(key, payload)),
    async findPayload(key) {
      const found = await transmissions.findPayload(key);
      return found === undefined ? undefined : { ...found, payload: open(key, found.payload) };
    },
    async takePayload(key) {
      const taken = await transmissions.takePayload(key);
      return taken === undefined ? undefined : open(key, taken);
    },
  };
}

/** The same for lists of sessions. */
export function openedHistory(history: SessionHistory, box: TextBox): SessionHistory {
  const { open } = sealing(box);
  const opened = (tenantId: string, session: PastSession): PastSession => {
    const { transmissionId, returnUrl, buyer } = session;
    return { ...session, ...open({ tenantId, transmissionId }, { returnUrl, buyer }) };
  };
  return {
    async list(tenantId, ...wish) {
      const page = await history.list(tenantId, ...wish);
      return { ...page, sessions: page.sessions.map((session) => opened(tenantId, session)) };
    },
    findMany: async (tenantId, ids) =>
      (await history.findMany(tenantId, ids)).map((session) => opened(tenantId, session)),
  };
}

/** The same for the carts that orders are compared with. */
export function openedOrders(orders: PurchaseOrders, box: TextBox): PurchaseOrders {
  const { open } = sealing(box);
  return {
    ...orders,
    sentCarts: async (tenantId, ...wish) =>
      (await orders.sentCarts(tenantId, ...wish)).map((sent) => ({
        ...sent,
        payload: open({ tenantId, transmissionId: sent.transmissionId }, sent.payload),
      })),
  };
}

/** The same for the carts that are kept for previews and replays. */
export function openedSentCarts(carts: SentCarts, box: TextBox): SentCarts {
  const { open } = sealing(box);
  const opened = (found: FoundCart): FoundCart => {
    const { transmission, sent } = found;
    const { request, returnUrl } = transmission;
    return {
      ...found,
      sent: open(transmission, sent),
      transmission: { ...transmission, ...open(transmission, { request, returnUrl }) },
    };
  };
  return {
    async last(...wish) {
      const page = await carts.last(...wish);
      return { ...page, carts: page.carts.map(opened) };
    },
    async find(key) {
      const found = await carts.find(key);
      return found === undefined ? undefined : opened(found);
    },
    list: carts.list,
  };
}

function sealing(box: TextBox): {
  seal<Value>(key: TransmissionKey, value: Value, wish?: { longest: number }): Value;
  open<Value>(key: TransmissionKey, value: Value): Value;
} {
  // A sealed text does not open in the row of another transmission.
  const ownerOf = ({ tenantId, transmissionId }: TransmissionKey): string =>
    JSON.stringify([tenantId, transmissionId, 'text']);
  const openText = (key: TransmissionKey, text: string): string | undefined => {
    const opened = text.startsWith(MARK) ? box.open(text.slice(MARK.length), ownerOf(key)) : undefined;
    return opened === undefined ? undefined : String(JSON.parse(opened.text));
  };
  return {
    // As JSON: a text may hold lone surrogates, which UTF-8 bytes cannot.
    seal: (key, value, wish) =>
      withSecretTexts(value, (text) => MARK + box.seal(JSON.stringify(text), ownerOf(key)), wish),
    open: (key, value) => (holdsSealed(value) ? withTexts(value, (text) => openText(key, text)) : value),
  };
}

/**
 * Only these parts of a cart have names of the shop's own. Looking at every text would take as long as the encoding.
 */
function holdsSecretField(sent: SentCart | undefined): boolean {
  const isSecret = (fields: Record<string, string> | undefined): boolean =>
    fields !== undefined && Object.keys(fields).some(isSecretFieldName);
  return sent?.cart.lines.some(({ customFields, ociFields }) => isSecret(customFields) || isSecret(ociFields)) === true;
}

/** Most values hold no sealed text; they are not copied. */
function holdsSealed(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith(MARK);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsSealed);
}
