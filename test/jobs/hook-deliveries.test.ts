import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { connectShops } from '../../src/adapters/postgres/orders/connect-shops.js';
import { hookRepository } from '../../src/adapters/postgres/orders/hook-repository.js';
import { orderRepository } from '../../src/adapters/postgres/orders/order-repository.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import { hookClient } from '../../src/jobs/hook-client.js';
import { startHookDeliveries } from '../../src/jobs/hook-deliveries.js';
import { writeOrderEvent } from '../../src/protocols/order-xml/write-order-event.js';
import { recordOrder } from '../../src/usecases/orders/record-order.js';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase } from '../support/server-database.js';
import { newOrder } from '../contracts/orders.js';
import { until } from '../support/until.js';
import { startSubscriber } from './subscriber.js';

const EVENTS = 20;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

describeOnServer('hooks side by side', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let database: Database;
  const http = new UndiciHttp();
  beforeAll(async () => {
    server = await createMigratedDatabase();
    database = await openDatabase({ kind: 'server', url: server.url });
  }, 60_000);
  afterAll(async () => {
    await http.close();
    await database.close();
    await server.drop();
  });

  it('a slow subscriber does not delay others, and each has its own lag', async () => {
    const shops = connectShops(database, secretBox(['a-secret-of-thirty-two-characters']));
    const hooks = hookRepository(database);
    const record = recordOrder({
      orders: orderRepository(database),
      shops,
      writeEvent: writeOrderEvent,
      recorded: () => undefined,
    });
    await tenantRepository(database).save({ tenantId: 'demo', name: 'Demo shop', settings: { frontendOrigins: [] } });
    for (const [shopId, role] of [
      [50, 'merchant'],
      [101, 'supplier'],
    ] as const) {
      await shops.save({ tenantId: 'demo', shopId, role, name: 'S', demo: false });
      await shops.addKey('demo', shopId, `key-${shopId}`);
    }
    const slow = await Promise.all([startSubscriber(), startSubscriber(), startSubscriber()]);
    const quick = await startSubscriber();
    // They accept the request and never answer.
    for (const subscriber of slow) subscriber.instead = () => true;
    for (const { url } of [...slow, quick]) await hooks.add('demo', 101, url, ['order_created'], 20);
    const [part] = newOrder('x').parts;
    for (let index = 0; index < EVENTS; index += 1)
      expect(
        (
          await record(
            newOrder(`side-by-side-${index}`, { merchant: { shopId: 50 }, parts: [{ ...part!, supplierShop: 101 }] }),
          )
        ).ok,
      ).toBe(true);

    const finished: string[] = [];
    const worker = startHookDeliveries({
      hooks,
      shops,
      client: hookClient(http.send, 60_000),
      leaseSeconds: 125,
      delivered: ({ url }) => void finished.push(url),
      log,
    });
    try {
      await until(async () => slow.every(({ seen }) => seen.length === 1) && quick.last === EVENTS);
      expect(finished.filter((url) => url !== quick.url)).toEqual([]);
      await until(
        async () =>
          (await hooks.list('demo', 101)).find(({ url }) => url === quick.url)?.ackedRevision === String(EVENTS),
      );
      expect((await hooks.lags(10)).map(({ events }) => events).sort((a, b) => a - b)).toEqual([
        0,
        EVENTS,
        EVENTS,
        EVENTS,
      ]);
    } finally {
      for (const subscriber of [...slow, quick]) subscriber.close();
      await worker.stop();
    }
  });

  it('200 subscribers of a tenant that never answer take 64 slots, and do not block other tenants', async () => {
    const shops = connectShops(database, secretBox(['a-secret-of-thirty-two-characters']));
    const hooks = hookRepository(database);
    const record = recordOrder({
      orders: orderRepository(database),
      shops,
      writeEvent: writeOrderEvent,
      recorded: () => undefined,
    });
    const [slow, quick] = await Promise.all([startSubscriber(), startSubscriber()]);
    slow.instead = () => true;
    const register = async (tenantId: string, merchant: number, suppliers: readonly number[]): Promise<void> => {
      await tenantRepository(database).save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
      for (const shopId of [merchant, ...suppliers]) {
        await shops.save({
          tenantId,
          shopId,
          role: shopId === merchant ? 'merchant' : 'supplier',
          name: 'S',
          demo: false,
        });
        await shops.addKey(tenantId, shopId, `key-${shopId}`);
      }
    };
    const [part] = newOrder('x').parts;
    const order = (tenantId: string, merchant: number, supplierShop: number) =>
      record({
        ...newOrder(`fair-${supplierShop}`, { merchant: { shopId: merchant }, parts: [{ ...part!, supplierShop }] }),
        tenantId,
      });
    const suppliers = Array.from({ length: 10 }, (_, index) => 301 + index);
    await register('slow', 300, suppliers);
    await register('quick', 400, [401]);
    for (const supplier of suppliers) {
      for (let index = 0; index < 20; index += 1)
        await hooks.add('slow', supplier, `${slow.url}?${supplier}-${index}`, ['order_created'], 20);
      expect((await order('slow', 300, supplier)).ok).toBe(true);
    }
    const wide = new UndiciHttp({ connectionsPerOrigin: 300 });
    const worker = startHookDeliveries({
      hooks,
      shops,
      client: hookClient(wide.send, 60_000),
      leaseSeconds: 125,
      delivered: () => undefined,
      log,
    });
    try {
      await until(async () => slow.seen.length === 64);
      await hooks.add('quick', 401, quick.url, ['order_created'], 20);
      expect((await order('quick', 400, 401)).ok).toBe(true);
      await until(async () => quick.last === 1);
      expect(slow.seen.length).toBe(64);
    } finally {
      for (const subscriber of [slow, quick]) subscriber.close();
      await wide.close();
      await worker.stop();
    }
  });
});
