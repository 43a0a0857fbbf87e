import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { put, shopping } from '../../support/call-ups.js';
import { accessToken, contextCall, contextPath, putContext } from '../../support/context-calls.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';

describeOnServer('session context: 200 parallel PUTs of one version, to two connectors on one database', () => {
  const shops: RunningShop[] = [];
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createMigratedDatabase();
    drop = database.drop;
    for (let nth = 0; nth < 2; nth += 1)
      shops.push(await startShop({ url: database.url }, '', { publicOrigin: 'http://shop.localhost' }));
  }, 120_000);
  afterAll(async () => {
    for (const shop of shops) await shop.close();
    await drop();
  });

  it.each(['of a punchout', 'of a session of the management system'])(
    '%s: exactly one 204, the others 409, and the version grows by one',
    async (kind) => {
      const [here, there] = shops as [RunningShop, RunningShop];
      const token = await accessToken(here);
      let id = randomUUID() as string;
      if (kind === 'of a punchout') {
        const { client, transmissionId } = await shopping(here);
        await put(client, 'SKU-001', 1);
        id = transmissionId;
        await contextCall(here, contextPath(id), { token });
      } else expect((await putContext(here, id, { currency: 'EUR' }, { upsert: 'true', token })).status).toBe(204);
      // A busy machine may answer 503; the caller tries again.
      const change = async (shop: RunningShop): ReturnType<typeof putContext> => {
        const answer = await putContext(shop, id, { currency: 'CHF', metadata: { version: 1 } }, { token });
        return answer.status === 503 ? change(shop) : answer;
      };
      const answers = await Promise.all(Array.from({ length: 200 }, (_, nth) => change(nth % 2 === 0 ? here : there)));
      const counts = new Map<number, number>();
      for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
      expect(Object.fromEntries(counts)).toEqual({ 204: 1, 409: 199 });
      for (const shop of shops)
        expect((await contextCall(shop, contextPath(id), { token })).json()).toMatchObject({
          currency: 'CHF',
          metadata: { version: 2 },
        });
    },
  );
});
