import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import type { Directory } from '../../src/commands/open-directory.js';
import { ordersCommand } from '../../src/commands/orders-command.js';
import { describeShop } from '../support/running-shop.js';
import { until } from '../support/until.js';
import { askAdmin } from '../http/admin/admin-calls.js';
import { LINES, orderXml, post, sent } from '../http/gateway/purchase-order-calls.js';

describeShop('punchout orders place', {}, (shop) => {
  async function punchout(argv: string[], { shopTakesOrders = true } = {}): Promise<string> {
    const lines: string[] = [];
    await ordersCommand({
      directory: (act) => act(shop().connector.directory as unknown as Directory),
      print: (line) => void lines.push(line),
      readText: async () => '',
      storeTakesOrders: async () => shopTakesOrders,
    })
      .exitOverride()
      .parseAsync(argv, { from: 'user' });
    return lines.join('\n');
  }
  const allow = (placeOrders: boolean) =>
    askAdmin(shop(), 'adminChangeConnection', {
      params: { connection: 'company-cxml' },
      body: { settings: { cxml: { placeOrders } } },
    });
  /** One line of the cart is not ordered, so that the order is not placed by itself. */
  async function differing(): Promise<string> {
    const orderId = `PO-${randomUUID()}`;
    const { quote } = await sent(shop());
    await post(shop(), orderXml({ orderId, quote, lines: LINES.slice(0, 1) }));
    return orderId;
  }
  beforeAll(() => allow(true));

  it('an order is placed in the shop once, and the audit says by whom', async () => {
    const orderId = await differing();
    const place = ['place', 'demo', 'company-cxml', orderId];
    expect(await punchout(place)).toContain(`Order ${orderId} (1) is queued`);
    await expect(punchout(place)).rejects.toThrow('The order is waiting to be placed already.');
    const worker = shop().connector.startWorker();
    try {
      await until(async () => (await punchout(['show', ...place.slice(1)])).includes('in the shop'));
    } finally {
      await worker.stop();
    }
    await expect(punchout(place)).rejects.toThrow('The shop has the order already.');
    expect(await shop().knex('demo_order').whereRaw(`content->>'orderId' = ?`, [orderId])).toHaveLength(1);
    const noted = await shop().knex('audit').where({ event: 'order-placed-again' });
    expect(noted.map(({ actor, details }) => [actor, details.order])).toEqual([['command line', orderId]]);
  });

  it('what hinders the placing is said', async () => {
    const orderId = await differing();
    const place = ['place', 'demo', 'company-cxml', orderId];
    await expect(punchout(place, { shopTakesOrders: false })).rejects.toThrow('This shop takes no orders from us.');
    await allow(false);
    await expect(punchout(place)).rejects.toThrow('its setting cxml.placeOrders is off');
    await allow(true);
  });

  it('a mistyped tenant, connection or order is unknown, and the nearest one is named', async () => {
    const orderId = await differing();
    const mistyped = `${orderId.slice(0, -1)}x`;
    for (const [argv, fault] of [
      [['demp', 'company-cxml', orderId], 'There is no tenant demp; did you mean demo?'],
      [['demo', 'compny-cxml', orderId], 'There is no connection demo/compny-cxml; did you mean company-cxml?'],
      [['demo', 'company-cxml', mistyped], `There is no order ${mistyped}; did you mean ${orderId}?`],
      [['demo', 'company-cxml', '7'], 'There is no order 7; `punchout orders list demo` shows all.'],
    ] as const)
      for (const word of ['place', 'show', 'resend']) await expect(punchout([word, ...argv])).rejects.toThrow(fault);
  });
});
