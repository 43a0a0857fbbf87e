import type { Request, RequestHandler } from 'express';
import { type TailEvent, type TailView, tailLine } from '../../../console/pages/today/live-tail.js';
import type { Language } from '../../../console/ui/language.js';
import { type OperatorRole, roleMay } from '../../../domain/access/operator-roles.js';
import { SENTENCES } from '../../../domain/error-codes.js';
import type { ConnectionRepository } from '../../../ports/access/connection-repository.js';
import type { LiveEvent } from '../../../ports/transmission/live-events.js';
import type { OperatorAccess } from '../../../usecases/access/sign-in-operator.js';
import { type EventTails, MOST_OF_HOLDER } from '../../../usecases/history/follow-events.js';
import { placeOf, sendEventStream, sendLastEvent } from '../../answers/event-stream.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard } from '../guard.js';

export interface TailDeps {
  pages: ConsolePages;
  tails: EventTails;
  access: Pick<OperatorAccess, 'look'>;
  connections: Pick<ConnectionRepository, 'list'>;
}

type Names = ReadonlyMap<string, string>;

/** Lines that the page has before its script adds others. */
const FIRST_LINES = 30;

/** The live events of the tenant, as lines of the page; ends with the sign-in, and when the role changes. */
export function tailStream({ pages, tails, access, connections }: TailDeps, guard: Guard): RequestHandler {
  return guard('read_today', async ({ req, res, frame: { language, base }, used, secret }) => {
    const { tenantId, operatorId, role } = used.operator;
    if (!(req.get('accept') ?? '').includes('text/event-stream')) {
      res.redirect(303, pages.base);
      return;
    }
    const tail = await tails.follow({
      tenantId,
      holder: `operator:${operatorId}`,
      after: placeOf(req),
      refusedOnly: req.query['refused'] === '1',
      mayFollow: async () => (await access.look(secret))?.operator.role === role,
    });
    if (!tail.ok) {
      // A script cannot read the status of a stream.
      sendLastEvent(res, 'full');
      return;
    }
    await sendEventStream(req, res, tail.value, async (events) => {
      const names = await namesOf(connections, tenantId);
      return events.map((event) => ({ data: tailLine(tailEvent(event, names, language, role), language, base) }));
    });
  });
}

/** The newest events, for the page. */
export async function tailView(
  { tails, connections }: Pick<TailDeps, 'tails' | 'connections'>,
  req: Request,
  { tenantId, role }: { tenantId: string; role: OperatorRole },
  language: Language,
): Promise<TailView> {
  const refusedOnly = req.query['tail'] === 'refused';
  const page = await tails.page({ tenantId, refusedOnly, limit: FIRST_LINES });
  if (!page.ok) throw new TypeError('a page without a place is never refused');
  const names = await namesOf(connections, tenantId);
  const events = page.value.events.map((event) => tailEvent(event, names, language, role)).toReversed();
  return { events, place: page.value.place, refusedOnly, mostPages: MOST_OF_HOLDER };
}

async function namesOf(connections: TailDeps['connections'], tenantId: string): Promise<Names> {
  return new Map((await connections.list(tenantId)).map(({ connectionId, name }) => [connectionId, name]));
}

function tailEvent(event: LiveEvent, names: Names, language: Language, role: OperatorRole): TailEvent {
  const { type, at, code, reason, kind, reference, address, totalAmount, currency, connectionId = '' } = event;
  const isPlain = code !== undefined && reason === SENTENCES[code].en;
  return {
    type,
    at,
    kind,
    reference,
    connection: names.get(connectionId) ?? (connectionId === '' ? undefined : connectionId),
    sessionId: event.transmissionId,
    title: code === undefined ? undefined : SENTENCES[code][language],
    reason: isPlain ? undefined : reason,
    address: roleMay(role, 'read_documents') ? address : undefined,
    total: totalAmount === undefined || currency === undefined ? undefined : { amount: totalAmount, currency },
  };
}
