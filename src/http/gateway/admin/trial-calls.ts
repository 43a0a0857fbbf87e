import type { Cart } from '../../../domain/cart/cart.js';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { ChangedLine } from '../../../domain/replay/compare-lines.js';
import type { Replay, ReplayedCart } from '../../../domain/replay/replay.js';
import { MOST_REPLAYED, type SettingsTrial } from '../../../usecases/manage/try-settings.js';
import { goneSignal } from '../../callers/gone-signal.js';
import type { AdminCall, AdminRequest } from './admin-route.js';

interface Deps {
  trial: SettingsTrial;
  readCart: (document: unknown) => Outcome<Cart>;
}

interface Edit {
  settings?: object;
  all_settings?: object;
}

export function trialCalls({ trial, readCart }: Deps): Record<string, AdminCall> {
  return {
    async adminPreview(request: AdminRequest<Edit & { cart?: object; session_id?: string }>) {
      const { body } = request;
      if (body.cart !== undefined && body.session_id !== undefined)
        return refuse('INVALID_REQUEST', 'Name a cart or a session, not both.', { field: 'session_id' });
      const cart = body.cart === undefined ? accept(undefined) : readCart(body.cart);
      if (!cart.ok) return cart;
      const choice = { cart: cart.value, sessionId: body.session_id };
      const tried = await trial.preview(connectionOf(request), editOf(body), choice);
      if (!tried.ok) return tried;
      const { document, refused, findings } = tried.value;
      return accept({ data: { document, refused: refused ?? null, findings } });
    },
    async adminReplay(request: AdminRequest<Edit & { limit?: number }>) {
      const { body, req } = request;
      const wish = { limit: body.limit ?? MOST_REPLAYED, signal: goneSignal(req.res) };
      const replay = await trial.replay(connectionOf(request), editOf(body), wish);
      return replay.ok ? accept({ data: replayView(replay.value) }) : replay;
    },
  };
}

function connectionOf({ tenantId, params }: AdminRequest): { tenantId: string; connectionId: string } {
  return { tenantId, connectionId: params['connection'] ?? '' };
}

function editOf({ settings, all_settings: allSettings }: Edit): { settings?: object; allSettings?: object } {
  return {
    ...(settings === undefined ? {} : { settings }),
    ...(allSettings === undefined ? {} : { allSettings }),
  };
}

export function replayView({ carts, cartsLeftOut, ...counts }: Replay): object {
  return { ...counts, carts: carts.map(cartView), carts_left_out: cartsLeftOut };
}

function cartView(cart: ReplayedCart): object {
  return {
    session_id: cart.transmissionId,
    sent_at: cart.sentAt.toISOString(),
    refused_before: cart.refusedBefore ?? null,
    refused_after: cart.refusedAfter ?? null,
    changes: cart.changes.map(({ before, after }: ChangedLine) => ({ before: before ?? null, after: after ?? null })),
    changes_left_out: cart.changesLeftOut,
    findings_gained: cart.gained,
    findings_lost: cart.lost,
  };
}
