import { accept } from '../../../../domain/error-codes.js';
import type { LiveEvent } from '../../../../ports/transmission/live-events.js';
import type { EventTails } from '../../../../usecases/history/follow-events.js';
import { placeOf } from '../../../answers/event-stream.js';
import { bearerKey } from '../../caller-standing.js';
import type { AdminCall, AdminRequest } from '../admin-route.js';
import { DEFAULT_LIMIT } from '../connection-calls.js';

interface Deps {
  tails: EventTails;
  /** The key is still valid for the admin API. */
  keyIsValid: (key: string | undefined) => Promise<boolean>;
}

export function eventCalls({ tails, keyIsValid }: Deps): Record<string, AdminCall> {
  return {
    async adminListEvents({ tenantId, by, query, req }: AdminRequest<unknown, { refused?: boolean; limit?: number }>) {
      const { refused: refusedOnly = false, limit = DEFAULT_LIMIT } = query;
      const after = placeOf(req);
      if (req.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
        const key = bearerKey(req);
        const tail = await tails.follow({ tenantId, holder: by, after, refusedOnly, mayFollow: () => keyIsValid(key) });
        if (!tail.ok) return tail;
        const linesOf = (events: readonly LiveEvent[]) =>
          events.map((event) => ({ name: event.type, data: eventView(event) }));
        return accept({ data: {}, stream: { tail: tail.value, linesOf } });
      }
      const page = await tails.page({ tenantId, after, refusedOnly, limit });
      if (!page.ok) return page;
      const { events, place, more } = page.value;
      return accept({ data: { events: events.map(eventView), last_event_id: place, more } });
    },
  };
}

function eventView(event: LiveEvent): object {
  return {
    event_id: event.place,
    type: event.type,
    at: event.at.toISOString(),
    session_id: event.transmissionId ?? null,
    connection_id: event.connectionId ?? null,
    protocol: event.protocol ?? null,
    code: event.code ?? null,
    reason: event.reason ?? null,
    kind: event.kind ?? null,
    reference: event.reference ?? null,
    address: event.address ?? null,
    total_amount: event.totalAmount ?? null,
    currency: event.currency ?? null,
  };
}
