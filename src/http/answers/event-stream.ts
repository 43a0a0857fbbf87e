import type { Request, Response } from 'express';
import type { LiveEvent } from '../../ports/transmission/live-events.js';
import type { EventTail } from '../../usecases/history/follow-events.js';

/** What one event looks like in the stream. */
export interface EventLine {
  /** Name of the event; `message` if absent. */
  name?: string;
  data: object;
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // nginx would keep events back.
  'X-Accel-Buffering': 'no',
};
const RECONNECT_MS = 3_000;
/** A reader who takes nothing for so long is gone. */
const UNREAD_MS = 10_000;

/** The place after which a reader goes on: of `Last-Event-ID`, which browsers send by themselves, else of `after`. */
export function placeOf(req: Request): string | undefined {
  const { after } = req.query;
  const place = req.get('last-event-id') ?? after;
  return typeof place === 'string' && place !== '' ? place : undefined;
}

/**
 * Answers with server-sent events until the tail ends or the reader leaves. The next events are read when the reader
 * has taken the last ones; a reader who takes nothing for 10 s is disconnected. Readers get the place of the stream
 * also while nothing happens, so that they go on from there.
 */
export async function sendEventStream(
  req: Request,
  res: Response,
  tail: EventTail,
  linesOf: (events: readonly LiveEvent[]) => EventLine[] | Promise<EventLine[]>,
): Promise<void> {
  res.status(200).set(HEADERS);
  if (req.method === 'HEAD') {
    tail.close();
    res.end();
    return;
  }
  // The reader may have left already.
  if (res.destroyed) tail.close();
  res.once('close', () => tail.close());
  res.write(`retry: ${RECONNECT_MS}\n\n`);
  try {
    for await (const { kind, events = [], place } of tail) {
      const text =
        kind === 'events'
          ? (await linesOf(events)).map((line, index) => block(events[index]?.place ?? place, line)).join('')
          : block(place, { name: kind, data: {} });
      if (!res.write(text)) await taken(res);
    }
  } catch (error) {
    res.destroy();
    throw error;
  }
  res.end();
}

/** Answers with one event, which says why there is no stream. */
export function sendLastEvent(res: Response, name: string): void {
  res.status(200).set(HEADERS).end(`event: ${name}\ndata: {}\n\n`);
}

/** JSON text has no line breaks. */
function block(place: string, { name, data }: EventLine): string {
  return `id: ${place}\n${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Until the reader has taken what was written, or has left. */
async function taken(res: Response): Promise<void> {
  if (res.destroyed) return;
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => res.destroy(), UNREAD_MS);
    const go = (): void => {
      clearTimeout(late);
      res.off('drain', go);
      res.off('close', go);
      resolve();
    };
    res.once('drain', go);
    res.once('close', go);
  });
}
