import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { ORDER_EVENTS, type OrderEventName, isOrderEvent } from '../../domain/orders/connect-order.js';
import type { HookRepository, HookState, FeedRepository } from '../../ports/orders/connect-shops.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';

interface HookDeps {
  hooks: HookRepository;
  /** Fault of the URL as written. Host names are checked when connecting. */
  urlFault: (url: string) => string | undefined;
}

export interface HookCalls {
  /** `eventName`: one name, or several separated by commas. Refuses with INVALID_REQUEST, HOOK_URL_REFUSED. */
  register(shop: ConnectShop, eventName: string, url: string): Promise<Outcome<HookState>>;
  /** Without `eventName` it removes the whole hook. Removing an unknown hook succeeds. */
  remove(shop: ConnectShop, eventName: string | undefined, url: string): Promise<Outcome<HookState | undefined>>;
  resume(shop: ConnectShop, url: string): Promise<Outcome<HookState>>;
  replay(shop: ConnectShop, url: string, revision: string): Promise<Outcome<HookState>>;
}

const MOST_HOOKS = 20;

/** Shopware Connect's hooks, and what their owner can do when a hook is paused. */
export function hookCalls({ hooks, urlFault }: HookDeps): HookCalls {
  return {
    async register({ tenantId, shopId }, eventName, url) {
      const events = eventsOf(eventName);
      if (!events.ok) return events;
      const fault = urlFault(url);
      if (fault !== undefined) return refuse('HOOK_URL_REFUSED', `This address cannot be a hook: ${fault}.`, { fault });
      const hook = await hooks.add(tenantId, shopId, url, events.value, MOST_HOOKS);
      return hook === undefined ? refuse('INVALID_REQUEST', `A shop has ${MOST_HOOKS} hooks at most.`) : accept(hook);
    },
    async remove({ tenantId, shopId }, eventName, url) {
      const events = eventName === undefined ? accept([...ORDER_EVENTS]) : eventsOf(eventName);
      return events.ok ? accept(await hooks.remove(tenantId, shopId, url.replaceAll('\0', ''), events.value)) : events;
    },
    resume: async ({ tenantId, shopId }, url) => known(await hooks.resume(tenantId, shopId, url.replaceAll('\0', ''))),
    replay: async ({ tenantId, shopId }, url, revision) =>
      known(await hooks.replay(tenantId, shopId, url.replaceAll('\0', ''), revision)),
  };
}

function eventsOf(eventName: string): Outcome<OrderEventName[]> {
  const names = eventName.split(',').map((name) => name.trim());
  const events = names.filter(isOrderEvent);
  return events.length === names.length
    ? accept([...new Set(events)])
    : refuse('INVALID_REQUEST', `eventName: one of ${ORDER_EVENTS.join(', ')}, or several separated by commas.`, {
        field: 'eventName',
      });
}

function known(hook: HookState | undefined): Outcome<HookState> {
  return hook === undefined ? refuse('NOT_FOUND', 'There is no hook at that address.') : accept(hook);
}

interface FeedDeps {
  feeds: FeedRepository;
  /** Fault of the URL as written. Host names are checked when connecting. */
  urlFault: (url: string) => string | undefined;
}

export interface FeedCalls {
  /** Refuses a merchant with OPERATION_NOT_ALLOWED, and a bad URL with HOOK_URL_REFUSED. */
  register(shop: ConnectShop, url: string): Promise<Outcome<Feed>>;
  find(shop: ConnectShop): Promise<Outcome<Feed>>;
  reports(shop: ConnectShop): Promise<ImportReport[]>;
  report(shop: ConnectShop, reportId: string): Promise<Outcome<{ report: ImportReport; issues: ImportIssue[] }>>;
}

/** Shopware Connect's feed of a supplier and the reports of its imports. */
export function feedCalls({ feeds, urlFault }: FeedDeps): FeedCalls {
  return {
    async register({ tenantId, shopId, role }, url) {
      if (role !== 'supplier') return refuse('OPERATION_NOT_ALLOWED', 'Only a supplier can have a feed.');
      const fault = urlFault(url);
      return fault === undefined
        ? accept(await feeds.save(tenantId, shopId, url))
        : refuse('HOOK_URL_REFUSED', `This address cannot be a feed: ${fault}.`, { fault });
    },
    async find({ tenantId, shopId }) {
      const feed = await feeds.find(tenantId, shopId);
      return feed === undefined ? refuse('NOT_FOUND', 'There is no feed.') : accept(feed);
    },
    reports: ({ tenantId, shopId }) => feeds.reports(tenantId, shopId),
    async report({ tenantId, shopId }, reportId) {
      const found = /^[1-9]\d{0,8}$/.test(reportId)
        ? await feeds.report(tenantId, shopId, Number(reportId))
        : undefined;
      return found === undefined ? refuse('NOT_FOUND', 'There is no such report.') : accept(found);
    },
  };
}
