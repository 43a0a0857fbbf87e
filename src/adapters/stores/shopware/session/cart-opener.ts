import type { CustomerSession } from '../../../../domain/access/connection.js';
import type { Transmission } from '../../../../domain/transmission/transmission.js';
import type { Deadline } from '../../exchange/throttle.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { storeFault, StoreSessionLost } from '../api/store-fault.js';
import { type CartHandle, LANGUAGE_WHERE_UNKNOWN, readContext } from './shop-context.js';
import { logIn, type OpenContext, type OpenedContext, type ShopCustomer } from './open-context.js';
import type { ShopCustomers } from './shop-customers.js';
import { type Choices, chooseLanguage, type SalesChannelChoices } from './sales-channel.js';
import { BoundedCache } from '../../bounded-cache.js';

interface Deps {
  api: StoreApi;
  choices: SalesChannelChoices;
  customers: ShopCustomers | undefined;
  /** Kinds of session for which this store has credentials. */
  open: Partial<Record<CustomerSession, OpenContext>>;
  openClone: ((customerId: string, deadline: Deadline) => Promise<OpenedContext>) | undefined;
  customerOf: (transmission: Transmission) => ShopCustomer | Promise<ShopCustomer>;
  /** Kind of session where the customer names none. */
  session: CustomerSession;
}

type OpenedCart = Omit<CartHandle, 'language' | 'openedAt'> & { language: string | undefined };

export interface CartOpener {
  /** Opens an isolated context, in the requested currency and language where the sales channel has them. */
  open(transmission: Transmission, deadline: Deadline): Promise<OpenedCart>;
  /**
   * Opens a context like `open`, to read the catalogue. The only context of a `login` stays as it is, with the cart and
   * the currency that its customer is using.
   */
  visit(transmission: Transmission, deadline: Deadline): Promise<OpenedCart & { language: string }>;
  /** Whether opening would empty a cart that a customer may be using: the only cart of a `login`. */
  isShared(transmission: Transmission): Promise<boolean>;
  /** Logs in like `open`, and changes nothing. */
  tryLogin(transmission: Transmission, deadline: Deadline): Promise<void>;
}

export function cartOpener({ api, choices, customers, open, openClone, customerOf, session }: Deps): CartOpener {
  async function contextFor(
    transmission: Transmission,
    deadline: Deadline,
    logsIn: OpenContext | undefined = open.login,
  ): Promise<OpenedContext & { isOwn: boolean }> {
    const { clone } = transmission;
    if (clone !== undefined && openClone !== undefined)
      return { ...(await openClone(clone.customerId, deadline)), isOwn: false };
    const customer = await customerOf(transmission);
    const kind = customer.session ?? session;
    const opener = kind === 'login' ? logsIn : open[kind];
    if (opener === undefined) throw storeFault(`session '${kind}' needs the access data of an integration`);
    return { ...(await opener(customer, deadline)), isOwn: kind === 'login' };
  }

  /** If the shop refuses the language, only the currency is set: our own calls name the language anyway. */
  async function prepare(
    context: StoreApiSession,
    change: { currencyId?: string; languageId?: string },
  ): Promise<void> {
    if (Object.keys(change).length === 0) return;
    const answer = await api.send(context, { method: 'PATCH', path: '/context', body: change });
    const { languageId, ...rest } = change;
    if (answer.status === 400 && languageId !== undefined) await prepare(context, rest);
    else expectStatus(answer, 200, 'PATCH /store-api/context');
  }

  async function inWishedContext(
    transmission: Transmission,
    { contextToken, customerId, guestId, isOwn, context }: OpenedContext & { isOwn: boolean },
    { languages, currencies }: Choices,
    { deadline, mayChange }: { deadline: Deadline; mayChange: boolean },
  ): Promise<OpenedCart> {
    const language =
      chooseLanguage(languages, transmission.request.language) ??
      languages.find(({ languageId }) => languageId === context.languageId);
    const wished = currencies.find(({ isoCode }) => isoCode === transmission.request.currency);
    const change = {
      ...(wished === undefined || wished.isoCode === context.currency ? {} : { currencyId: wished.currencyId }),
      // Our own calls name the language. A frontend's calls through the proxy use that of the context.
      ...(language === undefined || language.languageId === context.languageId
        ? {}
        : { languageId: language.languageId }),
    };
    if (mayChange) await prepare({ contextToken, deadline }, change);
    return { contextToken, customerId, guestId, isOwn, languageId: language?.languageId, language: language?.tag };
  }

  async function openWith(
    transmission: Transmission,
    deadline: Deadline,
    { logsIn, mayChange }: { logsIn?: OpenContext; mayChange: (isOwn: boolean) => boolean },
  ): Promise<OpenedCart> {
    const offered = await choices.read(deadline);
    const opened = await contextFor(transmission, deadline, logsIn);
    try {
      return await inWishedContext(transmission, opened, offered, { deadline, mayChange: mayChange(opened.isOwn) });
    } catch (fault) {
      if (opened.guestId !== undefined) await customers?.discard(opened.guestId);
      throw fault;
    }
  }

  return {
    open: (transmission, deadline) => openWith(transmission, deadline, { mayChange: () => true }),
    async visit(transmission, deadline) {
      const logsIn: OpenContext = (customer, until) => logIn(api, customer, until);
      const opened = await openWith(transmission, deadline, { logsIn, mayChange: (isOwn) => !isOwn });
      return { ...opened, language: opened.language ?? LANGUAGE_WHERE_UNKNOWN };
    },
    async isShared(transmission) {
      return transmission.clone === undefined && ((await customerOf(transmission)).session ?? session) === 'login';
    },
    async tryLogin(transmission, deadline) {
      await logIn(api, await customerOf(transmission), deadline);
    },
  };
}

/** Shopware drops a context 24 h after the last write; reads do not count (shopware.md 8.1). */
const RENEW_AFTER_MS = 4 * 3600 * 1000;
const MAX_REMEMBERED = 20_000;

/** Writes to the contexts of live carts from time to time, so that the shop keeps them. */
export class ContextKeeper {
  readonly #api: StoreApi;
  readonly #now: () => number;
  /** Context token to its last known write, Unix milliseconds. */
  readonly #written: BoundedCache<number>;

  constructor(api: StoreApi, now: () => number) {
    this.#api = api;
    this.#now = now;
    this.#written = new BoundedCache({ maxEntries: MAX_REMEMBERED, lifeSeconds: 24 * 3600, now });
  }

  /**
   * Writes the current value to the context if the last known write (else `openedAt`) was four hours ago. Throws
   * StoreSessionLost; after any other failure the next call tries again.
   */
  async keep(session: StoreApiSession & { contextToken: string }, openedAt: number | undefined): Promise<void> {
    const { contextToken } = session;
    if (!this.isDue(contextToken, openedAt)) return;
    const last = this.#lastWrite(contextToken, openedAt);
    this.wrote(contextToken);
    try {
      const { currencyId } = await readContext(this.#api, session);
      await this.#api.read(session, { method: 'PATCH', path: '/context', body: { currencyId } });
    } catch (fault) {
      this.#written.set(contextToken, last);
      if (fault instanceof StoreSessionLost) throw fault;
    }
  }

  isDue(contextToken: string, openedAt: number | undefined): boolean {
    return this.#now() - this.#lastWrite(contextToken, openedAt) >= RENEW_AFTER_MS;
  }

  wrote(contextToken: string): void {
    this.#written.set(contextToken, this.#now());
  }

  #lastWrite(contextToken: string, openedAt: number | undefined): number {
    return this.#written.get(contextToken) ?? openedAt ?? Number.NEGATIVE_INFINITY;
  }
}
