import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { SESSION, callUp, idOf, isActive, rowOf, setRow } from '../../support/call-ups.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';

const HOUR_MS = 3_600_000;

describeOnServer("the clock of the process differs from the database's", () => {
  const running: { shop?: RunningShop; database?: Awaited<ReturnType<typeof createMigratedDatabase>> } = {};
  beforeAll(async () => {
    running.database = await createMigratedDatabase();
    running.shop = await startShop({ url: running.database.url }, '');
  }, 120_000);
  afterAll(async () => {
    await running.shop?.close();
    await running.database?.drop();
  });
  const shop = (): RunningShop => {
    if (running.shop === undefined) throw new Error('the shop did not start');
    return running.shop;
  };
  afterEach(() => {
    jest.useRealTimers();
  });
  const clockAhead = (hours: number): void => {
    jest.useFakeTimers({
      now: Date.now() + hours * HOUR_MS,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
  };
  const secondsLeft = async (id: string): Promise<number> =>
    (new Date(String((await rowOf(shop(), id))['expires_at'])).getTime() - Date.now()) / 1000;

  it.each([-10, -1, 0, 1, 40])(
    'clock differs by %i hours: a login gets its claim cookie, and use keeps its session alive',
    async (hours) => {
      clockAhead(hours);
      const startUrl = await callUp(shop());
      const client = shop().browser();
      const answer = await client.get(startUrl, HTML);
      expect(answer.status).toBe(303);
      const claim = answer.cookies.find(({ name }) => name === 'connector.claim');
      expect(Number(claim?.attributes['max-age'])).toBeGreaterThan(24 * 3600);
      expect(Number(claim?.attributes['max-age'])).toBeLessThan(40 * 3600);
      jest.useRealTimers();
      await setRow(shop(), idOf(startUrl), { expires_at: new Date(Date.now() + 300_000) });
      clockAhead(hours);
      await client.get(`${SESSION}/get`, JSON_WANTED);
      jest.useRealTimers();
      expect(await secondsLeft(idOf(startUrl))).toBeGreaterThan(50 * 60);
      expect(await isActive(client)).toBe(true);
    },
  );
});
