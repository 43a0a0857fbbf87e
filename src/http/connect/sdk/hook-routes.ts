import type { ConnectShop } from '../../../domain/orders/connect-shop.js';
import type { Outcome } from '../../../domain/error-codes.js';
import type { HookState } from '../../../ports/orders/hook-repository.js';
import type { HookCalls } from '../../../usecases/orders/manage-hooks.js';
import { bodyCheck, jsonOf } from '../../middleware/check-input.js';
import type { ConnectRoute } from '../connect-router.js';
import { jsonAnswer, refusalAnswer } from '../envelope.js';
import {
  HOOK_BODY,
  HOOK_REMOVAL,
  HOOK_REPLAY,
  HOOK_RESUME,
  type HookBody,
  type HookRemoval,
  type HookReplay,
  type HookResume,
} from './hook-schemas.js';

const checkBody = bodyCheck<HookBody>(HOOK_BODY);
const checkRemoval = bodyCheck<HookRemoval>(HOOK_REMOVAL);
const checkResume = bodyCheck<HookResume>(HOOK_RESUME);
const checkReplay = bodyCheck<HookReplay>(HOOK_REPLAY);

/** `POST` and `DELETE /sdk/hooks` (source 003), and two of our own for a hook that is stuck. */
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

/** Null: it is no hook. */
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
    ...(lastError === undefined ? {} : { last_error: lastError }),
  };
}
