import { LIVE_EVENT_TYPES } from '../../../../ports/transmission/live-events.js';
import { MAYBE_TEXT, TIME, record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';
import { PAGE_QUERY } from '../connection-operations.js';

const EVENT = record({
  event_id: { type: 'string', description: 'Of the place after this event' },
  type: { enum: LIVE_EVENT_TYPES },
  at: TIME,
  session_id: MAYBE_TEXT,
  connection_id: MAYBE_TEXT,
  protocol: MAYBE_TEXT,
  code: MAYBE_TEXT,
  reason: { ...MAYBE_TEXT, description: 'Of a refusal; of a delivery that failed' },
  kind: { ...MAYBE_TEXT, description: 'Of a refusal or delivery: the document. Of an end: logout, cancel or time' },
  reference: MAYBE_TEXT,
  address: MAYBE_TEXT,
  total_amount: MAYBE_TEXT,
  currency: MAYBE_TEXT,
});

export const EVENT_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListEvents',
    method: 'get',
    path: '/events',
    summary: 'What happens: call-ups, logins, transfers, refusals, orders, deliveries; each event once and in order',
    query: {
      after: {
        type: 'string',
        maxLength: 12_000,
        description:
          'Go on after the event with this event_id; the header Last-Event-ID goes before it. Without both: the ' +
          'newest events, or as a stream what happens from now on',
      },
      refused: { type: 'boolean', description: 'Only refusals' },
      limit: PAGE_QUERY.limit,
    } as Record<string, { description: string }>,
    data: record({
      events: { type: 'array', items: EVENT },
      last_event_id: {
        type: 'string',
        description: 'Send it as after to go on; it also stands behind events that the filter has left out',
      },
      more: { type: 'boolean' },
    }),
    stream:
      'For Accept: text/event-stream the answer is a stream that goes on until it is closed. The data of each event ' +
      'is JSON as in `events`, its name the type. The event `gap` says that some may be missing, since the place to ' +
      'go on from is more than an hour old; `idle` that nothing has happened for 15 s',
  }),
];
