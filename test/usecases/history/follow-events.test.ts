import { afterEach, expect, it } from '@jest/globals';
import { type EventTail, eventTails } from '../../../src/usecases/history/follow-events.js';

/** Nothing ever happens here: only the bounds are tested. */
function quietTails(): ReturnType<typeof eventTails> & { listeners: () => number } {
  let listeners = 0;
  const nothing = { events: [], place: '1:2:@3', more: false };
  const tails = eventTails({
    events: { latest: () => Promise.resolve(nothing), after: () => Promise.resolve(nothing) },
    messages: { flush: () => Promise.resolve() },
    signal: {
      listen() {
        listeners += 1;
        return () => void (listeners -= 1);
      },
    },
    isStopping: () => false,
  });
  opened.add(tails);
  return { ...tails, listeners: () => listeners };
}

const opened = new Set<{ close(): void }>();
afterEach(() => {
  for (const tails of opened) tails.close();
  opened.clear();
});

type Tails = ReturnType<typeof quietTails>;

/** The tail, or the code of the refusal. */
async function follow(tails: Tails, tenantId: string, holder: string): Promise<EventTail | string> {
  const tail = await tails.follow({ tenantId, holder, refusedOnly: false, mayFollow: () => Promise.resolve(true) });
  return tail.ok ? tail.value : tail.refusal.code;
}

/** Opens tails of a tenant, five for each holder. Returns how many were not refused. */
async function openMany(tails: Tails, tenantId: string, count: number): Promise<number> {
  let accepted = 0;
  for (let index = 0; index < count; index += 1) {
    const tail = await follow(tails, tenantId, `operator:${Math.floor(index / 5)}`);
    if (typeof tail !== 'string') accepted += 1;
  }
  return accepted;
}

it('a holder has five tails; a closed one makes room, and another tenant counts for itself', async () => {
  const tails = quietTails();
  const first = await follow(tails, 'acme', 'operator:olga');
  for (let more = 0; more < 4; more += 1) expect(typeof (await follow(tails, 'acme', 'operator:olga'))).toBe('object');
  expect(await follow(tails, 'acme', 'operator:olga')).toBe('RATE_LIMITED');
  expect(typeof (await follow(tails, 'rival', 'operator:olga'))).toBe('object');
  (first as EventTail).close();
  expect(typeof (await follow(tails, 'acme', 'operator:olga'))).toBe('object');
});

it('a tenant has 25 tails, the process 100', async () => {
  const tails = quietTails();
  expect(await openMany(tails, 'acme', 30)).toBe(25);
  expect(await follow(tails, 'acme', 'operator:late')).toBe('RATE_LIMITED');
  for (const tenantId of ['b', 'c', 'd']) expect(await openMany(tails, tenantId, 25)).toBe(25);
  expect(await follow(tails, 'e', 'operator:first')).toBe('RATE_LIMITED');
});

it('the signal is listened to once, as long as there is a tail', async () => {
  const tails = quietTails();
  expect(tails.listeners()).toBe(0);
  const open = [await follow(tails, 'acme', 'operator:a'), await follow(tails, 'acme', 'operator:b')];
  expect(tails.listeners()).toBe(1);
  for (const tail of open) (tail as EventTail).close();
  expect(tails.listeners()).toBe(0);
});
