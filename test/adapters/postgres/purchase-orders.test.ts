import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { purchaseOrders } from '../../../src/adapters/postgres/orders/purchase-orders.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import type { Connection } from '../../../src/domain/access/connection.js';
import type { PurchaseOrder } from '../../../src/domain/orders/purchase-order.js';
import type { PurchaseOrders } from '../../../src/ports/orders/order-repository.js';
import { type GivenOrder, takePurchaseOrder } from '../../../src/usecases/orders/take-purchase-order.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { TENANT, activeTransmission, payloadOf } from '../../contracts/transmissions.js';

const CONNECTION = {
  tenantId: TENANT,
  connectionId: 'buyer-one',
  settings: { units: {}, cxml: { placeOrders: true } },
} as unknown as Connection;

function orderNumbered(orderId: string, change: Partial<PurchaseOrder> = {}): PurchaseOrder {
  return {
    orderId,
    kind: 'new',
    references: [],
    lines: [{ supplierPartId: 'A', auxiliaryId: 'aux-A', quantity: '1' }],
    ...change,
  };
}

function given(order: PurchaseOrder, payloadId = ''): GivenOrder {
  return {
    connection: CONNECTION,
    payloadId,
    order,
    attachments: [],
    document: Buffer.from('<cXML/>'),
    contentType: 'text/xml',
  };
}

/** The text of a payload is the only article of its cart. */
function taker(repository: PurchaseOrders): ReturnType<typeof takePurchaseOrder> {
  return takePurchaseOrder({
    purchaseOrders: repository,
    readSent: ({ fields }) => ({
      lines: [{ supplierPartId: fields[0]?.value ?? '', auxiliaryId: `aux-${fields[0]?.value}`, quantity: '1' }],
    }),
    record: async () => undefined,
    storeTakesOrders: true,
  });
}

describeOnDatabases('purchase orders', (database) => {
  const transmissions = (): ReturnType<typeof transmissionRepository> => transmissionRepository(database());
  const jobs = (orderId: string): Promise<{ kind: string; input: unknown }[]> =>
    database().knex('job').select('kind', 'input').whereRaw("input::json->>'orderId' = ?", [orderId]);

  /** A sent cart with one article. */
  async function sentCart(article: string): Promise<{ transmissionId: string; payloadId: string }> {
    const active = await activeTransmission(transmissions());
    const payload = payloadOf(article);
    expect(await transmissions().transfer(active, { payload, cartRevision: active.cartRevision })).toBe('transferred');
    return { transmissionId: active.transmissionId, payloadId: payload.payloadId };
  }

  it('twelve simultaneous copies, with any payloadIDs, are kept once, placed once and recorded once', async () => {
    for (const payloadIdOf of [() => '', () => 'the-same', () => randomUUID()]) {
      const [orderId, article] = [randomUUID(), randomUUID()];
      await sentCart(article);
      const order = orderNumbered(orderId, {
        lines: [{ supplierPartId: article, auxiliaryId: `aux-${article}`, quantity: '1' }],
      });
      const take = taker(purchaseOrders(database()));
      const answers = await Promise.all(Array.from({ length: 12 }, () => take(given(order, payloadIdOf()))));
      expect(
        new Set(
          answers.map((answer) =>
            answer.ok ? `${answer.value.verdict} ${answer.value.version}` : answer.refusal.code,
          ),
        ),
      ).toEqual(new Set(['matched 1']));
      expect(await purchaseOrders(database()).find(TENANT, CONNECTION.connectionId, orderId)).toHaveLength(1);
      const input = { connectionId: 'buyer-one', orderId, version: 1 };
      expect((await jobs(orderId)).toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual(
        ['compare-prices', 'place-purchase-order', 'record-order'].map((kind) => ({ kind, input })),
      );
    }
  });

  it('twelve simultaneous orders with one payloadID are twelve orders with different shop numbers', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const payloadId = randomUUID();
    const repository = purchaseOrders(database());
    const answers = await Promise.all(
      ids.map((orderId) => taker(repository)(given(orderNumbered(orderId), payloadId))),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(
      (await repository.findByPayloadId(TENANT, CONNECTION.connectionId, payloadId))
        .map(({ order }) => order.orderId)
        .toSorted(),
    ).toEqual(ids.toSorted());
    const [first] = await repository.find(TENANT, CONNECTION.connectionId, ids[0] ?? '');
    await repository.placed(first!, { number: 'S-1' });
    expect(
      (await repository.findByPayloadId(TENANT, CONNECTION.connectionId, payloadId))
        .filter(({ storeNumber }) => storeNumber !== undefined)
        .map(({ order }) => order.orderId),
    ).toEqual([ids[0]]);
  });

  it('simultaneous different updates become consecutive versions', async () => {
    const orderId = randomUUID();
    const take = taker(purchaseOrders(database()));
    await take(given(orderNumbered(orderId)));
    const updates = Array.from({ length: 6 }, (_, index) =>
      orderNumbered(orderId, { kind: 'update', lines: [{ supplierPartId: 'A', quantity: String(index + 2) }] }),
    );
    const underOnePayloadId = await Promise.all(updates.map((order) => take(given(order, 'one'))));
    expect(underOnePayloadId.filter(({ ok }) => ok)).toHaveLength(6);
    expect((await Promise.all(updates.map((order) => take(given(order))))).every(({ ok }) => ok)).toBe(true);
    const versions = (await purchaseOrders(database()).find(TENANT, CONNECTION.connectionId, orderId)).map(
      ({ version }) => version,
    );
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  it('finds a cart behind many newer ones, by its lines, its number and its payloadID', async () => {
    const repository = purchaseOrders(database());
    const article = randomUUID();
    const { transmissionId, payloadId } = await sentCart(article);
    for (let count = 0; count < 120; count += 1) await sentCart(`other-${count}`);
    const lines = [{ supplierPartId: article, auxiliaryId: `aux-${article}`, quantity: '2' }];
    for (const references of [
      [],
      [transmissionId],
      [transmissionId.slice(TENANT.length + 1)],
      ['4711@erp', payloadId],
    ]) {
      const answer = await taker(repository)(given(orderNumbered(randomUUID(), { references, lines })));
      expect(answer).toMatchObject({ ok: true, value: { verdict: 'mismatch', transmissionId } });
    }
    const looked: number[] = [];
    const counting: PurchaseOrders = {
      ...repository,
      sentCarts: async (...wish) => repository.sentCarts(...wish).then((page) => (looked.push(page.length), page)),
    };
    expect(
      await taker(counting)(
        given(orderNumbered(randomUUID(), { lines: [{ supplierPartId: 'nowhere', auxiliaryId: 'x', quantity: '1' }] })),
      ),
    ).toMatchObject({ ok: true, value: { verdict: 'unmatched' } });
    expect([looked.length > 2, looked.every((count) => count <= 50)]).toEqual([true, true]);
  }, 120_000);
});

describeOnServer('the key of purchase orders changes', () => {
  it('earlier orders stay, and may be repeated', async () => {
    const server = await createServerDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    try {
      await migrate(database);
      await database.knex.raw(`
        delete from knex_migrations where name = '086-purchase-order-number';
        alter table purchase_order drop constraint purchase_order_pkey;
        alter table purchase_order add primary key (tenant_id, connection_id, payload_id);
        create unique index purchase_order_version on purchase_order (tenant_id, connection_id, order_id, version)`);
      const take = taker(purchaseOrders(database));
      await take(given(orderNumbered('PO-1'), 'one'));
      expect(await take(given(orderNumbered('PO-2'), 'one'))).toMatchObject({ ok: false });
      expect(await migrate(database)).toEqual(['086-purchase-order-number']);
      expect(await take(given(orderNumbered('PO-2'), 'one'))).toMatchObject({ ok: true, value: { version: 1 } });
      expect(await take(given(orderNumbered('PO-1'), 'one'))).toMatchObject({
        ok: true,
        value: { version: 1, receivedAt: expect.any(Date) },
      });
      expect(await database.knex('purchase_order').count('* as count')).toEqual([{ count: '2' }]);
    } finally {
      await database.close();
      await server.drop();
    }
  }, 60_000);
});
