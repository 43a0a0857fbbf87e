import type { FromSchema } from 'json-schema-to-ts';
import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { HookState } from '../../ports/orders/connect-shops.js';
import type { HookCalls } from '../../usecases/orders/manage-subscriptions.js';
import { bodyCheck, jsonOf } from '../body/check-input.js';
import type { ConnectRoute } from './connect-router.js';
import { jsonAnswer, refusalAnswer } from './envelope.js';

const URL_TEXT = { type: 'string', minLength: 1, maxLength: 2048 } as const;
const EVENT_NAME = { type: 'string', minLength: 1, maxLength: 500 } as const;

/** Body of `POST /sdk/hooks`. */
export const HOOK_BODY = {
  type: 'object',
  required: ['eventName', 'url'],
  properties: { eventName: EVENT_NAME, url: URL_TEXT },
} as const;
type HookBody = FromSchema<typeof HOOK_BODY>;

/** Body of `DELETE /sdk/hooks`. Without `eventName` it covers all events of that URL. */
export const HOOK_REMOVAL = {
  type: 'object',
  required: ['url'],
  properties: { eventName: EVENT_NAME, url: URL_TEXT },
} as const;
type HookRemoval = FromSchema<typeof HOOK_REMOVAL>;

/** Body of `POST /sdk/hooks/resume`. */
export const HOOK_RESUME = { type: 'object', required: ['url'], properties: { url: URL_TEXT } } as const;
type HookResume = FromSchema<typeof HOOK_RESUME>;

/** Body of `POST /sdk/hooks/replay`. */
export const HOOK_REPLAY = {
  type: 'object',
  required: ['url', 'revision'],
  properties: { url: URL_TEXT, revision: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const;
type HookReplay = FromSchema<typeof HOOK_REPLAY>;

const checkBody = bodyCheck<HookBody>(HOOK_BODY);
const checkRemoval = bodyCheck<HookRemoval>(HOOK_REMOVAL);
const checkResume = bodyCheck<HookResume>(HOOK_RESUME);
const checkReplay = bodyCheck<HookReplay>(HOOK_REPLAY);

/** `POST` and `DELETE /sdk/hooks` (order events), and two routes of our own for a paused hook. */
export function hookRoutes(hooks: HookCalls): ConnectRoute[] {
  return [
    {
      method: 'post',
      path: '/sdk/hooks',
      call: hookCall(checkBody, (shop, { eventName, url }) => hooks.register(shop, eventName, url)),
    },
    {
      method: 'delete',
      path: '/sdk/hooks',
      call: hookCall(checkRemoval, (shop, { eventName, url }) => hooks.remove(shop, eventName, url)),
    },
    {
      method: 'post',
      path: '/sdk/hooks/resume',
      call: hookCall(checkResume, (shop, { url }) => hooks.resume(shop, url)),
    },
    {
      method: 'post',
      path: '/sdk/hooks/replay',
      call: hookCall(checkReplay, (shop, { url, revision }) => hooks.replay(shop, url, String(revision))),
    },
  ];
}

function hookCall<T>(
  check: (value: unknown) => Outcome<T>,
  act: (shop: ConnectShop, body: T) => Promise<Outcome<HookState | undefined>>,
): ConnectRoute['call'] {
  return async ({ shop, payload }) => {
    const json = jsonOf(payload);
    const body = json.ok ? check(json.value) : json;
    if (!body.ok) return refusalAnswer(body.refusal);
    const outcome = await act(shop, body.value);
    return outcome.ok ? jsonAnswer({ success: true, hook: hookView(outcome.value) }) : refusalAnswer(outcome.refusal);
  };
}

/** Null if the hook does not exist. */
function hookView(hook: HookState | undefined): object | null {
  if (hook === undefined || hook.events.length === 0) return null;
  const { hookId, url, events, ackedRevision, lastRevision, failingSince, lastError, pausedAt } = hook;
  return {
    id: hookId,
    url,
    events,
    delivered_revision: ackedRevision,
    last_revision: lastRevision,
    status: pausedAt !== undefined ? 'paused' : failingSince !== undefined ? 'failing' : 'active',
    last_error: lastError,
  };
}
