import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { ORDER_EVENTS, type OrderEventName, isOrderEvent } from '../../domain/orders/connect-order.js';
import type { HookRepository, HookState } from '../../ports/orders/hook-repository.js';

interface Deps {
  hooks: HookRepository;
  /** What is wrong with the literal URL; names are judged when they are connected to. */
  urlFault: (url: string) => string | undefined;
}

export interface HookCalls {
  /** `eventName`: one name, or several separated by commas. Refuses INVALID_REQUEST, HOOK_URL_REFUSED. */
  register(shop: ConnectShop, eventName: string, url: string): Promise<Outcome<HookState>>;
  /** Without `eventName` the whole hook. What is no hook already is accepted. */
  remove(shop: ConnectShop, eventName: string | undefined, url: string): Promise<Outcome<HookState | undefined>>;
  resume(shop: ConnectShop, url: string): Promise<Outcome<HookState>>;
  replay(shop: ConnectShop, url: string, revision: string): Promise<Outcome<HookState>>;
}

const MOST_HOOKS = 20;

/** Source 003's hooks, and what their owner can do when one is stuck. */
export function hookCalls({ hooks, urlFault }: Deps): HookCalls {
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
