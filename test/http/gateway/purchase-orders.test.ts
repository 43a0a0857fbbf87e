import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { digestOf } from '../../../src/domain/digest.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { unwrapBody, parseUnwrapped } from '../../../src/protocols/cxml/unwrap-body.js';
import { cxmlStatus, postXml, rowOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { ask } from './api/api-calls.js';
import { LINES, orderXml, post, sent } from './purchase-order-calls.js';

describeShop('cxml.md 9: purchase orders', {}, (shop) => {
  const number = (): string => `PO-${randomUUID().slice(0, 8)}`;
  const orders = (orderId: string): Promise<unknown[]> => shop().knex('purchase_order').where({ order_id: orderId });

  it.each([
    ['our order number in SupplierOrderInfo', true, false, true],
    ['the payloadID of the cart in DocumentReference', false, true, false],
    ['the auxiliary ids of its lines', false, false, true],
  ])(
    'cxml.md 9.1, 9.5, 9.6: is matched by %s, stored before 200, recorded for the parties, and shown with its session',
    async (_, named, referred, aux) => {
      await shop().knex('transmission').where({ status: 'transferred' }).update({ status: 'closed' });
      const { transmissionId, quote } = await sent(shop());
      const orderId = number();
      const lines = aux ? LINES : LINES.map(({ aux: __, ...line }) => line);
      const [payload] = await shop()
        .knex('transfer_payload')
        .where({ transmission_id: transmissionId })
        .pluck<string[]>('payload');
      const reference = (JSON.parse(payload ?? '') as { payloadId: string }).payloadId;
      const answer = await post(
        shop(),
        orderXml({ orderId, ...(named ? { quote } : {}), ...(referred ? { reference } : {}), lines }),
      );
      expect([answer.status, cxmlStatus(answer).code]).toEqual([200, '200']);
      expect((await rowOf(shop(), transmissionId))['status']).toBe('order_created');
      expect(await shop().knex('connect_order').where({ merchant_order_id: orderId }).pluck('transmission_id')).toEqual(
        [transmissionId],
      );
      const session = (await ask(shop(), 'getSession', { id: transmissionId })).json();
      expect(session.data).toMatchObject({
        status: 'completed',
        purchase_orders: [
          { order_id: orderId, type: 'new', version: 1, verdict: 'matched', mismatches: [], attachments: [] },
        ],
      });
    },
  );

  it('differences from the sent cart are reported, stored and shown, and the order is not recorded', async () => {
    const { transmissionId, quote } = await sent(shop());
    const orderId = number();
    const [pen] = LINES;
    const answer = await post(
      shop(),
      orderXml({
        orderId,
        quote,
        lines: [
          { ...pen!, quantity: '5', price: '0.10' },
          { sku: 'NB-1031', quantity: '1', price: '5.40' },
        ],
      }),
    );
    expect(cxmlStatus(answer).code).toBe('201');
    expect(cxmlStatus(answer).text).toContain('quantity 5 in place of 3');
    const {
      purchase_orders: [order],
    } = (await ask(shop(), 'getSession', { id: transmissionId })).json().data;
    expect(order.verdict).toBe('mismatch');
    expect(
      order.mismatches.map(({ kind, supplier_part_id }: Record<string, string>) => `${kind} ${supplier_part_id}`),
    ).toEqual(['quantity NB-1024', 'price NB-1024', 'added NB-1031', 'missing NB-1088', 'total ']);
    expect(await shop().knex('connect_order').where({ merchant_order_id: orderId })).toEqual([]);
    expect((await rowOf(shop(), transmissionId))['status']).toBe('transferred');
  });

  it('cxml.md 9.2: a repeated document gets the same answer; a contradicting one is a conflict', async () => {
    const { quote } = await sent(shop());
    const orderId = number();
    const wish = { orderId, quote, payloadId: `${randomUUID()}@buyer.example`, lines: LINES };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(shop(), orderXml(wish))));
    expect(answers.map((answer) => cxmlStatus(answer).code)).toEqual(Array.from({ length: 5 }, () => '200'));
    expect(cxmlStatus(await post(shop(), orderXml({ ...wish, payloadId: 'another@buyer.example' }))).code).toBe('200');
    expect(cxmlStatus(await post(shop(), orderXml({ ...wish, lines: LINES.slice(1) }))).code).toBe('409');
    expect(
      cxmlStatus(await post(shop(), orderXml({ ...wish, payloadId: randomUUID(), lines: LINES.slice(1) }))).code,
    ).toBe('409');
    expect(await orders(orderId)).toHaveLength(1);
    expect(await shop().knex('connect_order').where({ merchant_order_id: orderId })).toHaveLength(1);
  });

  it('cxml.md 9.3: update and delete are versions of the order', async () => {
    const { transmissionId, quote } = await sent(shop());
    const orderId = number();
    await post(shop(), orderXml({ orderId, quote, lines: LINES }));
    expect(cxmlStatus(await post(shop(), orderXml({ orderId, type: 'update', lines: LINES.slice(1) }))).code).toBe(
      '201',
    );
    expect(cxmlStatus(await post(shop(), orderXml({ orderId, type: 'delete', lines: LINES }))).code).toBe('200');
    expect(
      (await ask(shop(), 'getSession', { id: transmissionId }))
        .json()
        .data.purchase_orders.map(({ type, version, verdict }: Record<string, unknown>) => [type, version, verdict]),
    ).toEqual([
      ['new', 1, 'matched'],
      ['update', 2, 'mismatch'],
      ['delete', 3, 'matched'],
    ]);
    expect(cxmlStatus(await post(shop(), orderXml({ orderId: number(), type: 'delete', lines: LINES }))).code).toBe(
      '400',
    );
  });

  it('cxml.md 9.4: multipart/related: the document is read, attachments are stored', async () => {
    const orderId = number();
    const xml = orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] });
    const body =
      `--b\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <main@x>\r\n\r\n${xml}\r\n--b\r\n` +
      'Content-Type: application/pdf\r\nContent-ID: <note.pdf@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
      'JVBERi0=\r\n--b--\r\n';
    expect(
      cxmlStatus(await post(shop(), body, 'multipart/related; boundary="b"; type="text/xml"; start="<main@x>"')).code,
    ).toBe('200');
    const [row] = (await orders(orderId)) as { verdict: string; attachments: unknown; document: Uint8Array }[];
    expect(row).toMatchObject({
      verdict: 'unmatched',
      attachments: [{ name: 'note.pdf@x', contentType: 'application/pdf', size: 5 }],
    });
    expect(Buffer.from(row!.document).toString()).toBe(body.replace('SecretPassword123', ''));
  });

  it.each([
    [
      'base64',
      (xml: string) =>
        Buffer.from(
          '--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
            `${Buffer.from(xml).toString('base64')}\r\n--b--`,
        ),
      'multipart/related; boundary=b',
    ],
    [
      'UTF-16',
      (xml: string) => Buffer.from(`\ufeff${xml.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, 'utf16le'),
      'text/xml',
    ],
  ])('no secret is stored, in %s neither', async (_, encode, contentType) => {
    const orderId = number();
    expect(
      cxmlStatus(
        await post(
          shop(),
          encode(orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] })),
          contentType,
        ),
      ).code,
    ).toBe('200');
    const [row] = (await orders(orderId)) as { document: Uint8Array }[];
    expect(Buffer.from(row!.document).toString('latin1').replaceAll('\0', '')).not.toMatch(
      /SecretPassword123|U2VjcmV0/,
    );
  });

  it.each<[string, (xml: string) => Buffer, string]>([
    ['base64', (xml) => Buffer.from(Buffer.from(xml).toString('base64')), 'base64'],
    ['quoted-printable', (xml) => Buffer.from(xml.replaceAll('=', '=3D')), 'quoted-printable'],
    ['UTF-16', (xml) => Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le'), 'binary'],
  ])(
    'cxml.md 9.4: attachments are stored whole beside a document in %s; another attachment makes another order',
    async (_, encode, encoding) => {
      const orderId = number();
      const xml = orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] });
      const send = (drawing: string): Promise<Answer> => {
        const parts = [
          Buffer.from(`--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`),
          encode(xml),
          Buffer.from(
            `\r\n--b\r\nContent-Type: application/pdf\r\nContent-ID: <drawing@x>\r\n\r\n${drawing}\r\n--b--\r\n`,
          ),
        ];
        return post(shop(), Buffer.concat(parts), 'multipart/related; boundary=b');
      };
      expect([
        cxmlStatus(await send('drawing 1')).code,
        cxmlStatus(await send('drawing 1')).code,
        cxmlStatus(await send('drawing 2')).code,
      ]).toEqual(['200', '200', '409']);
      const rows = (await orders(orderId)) as {
        attachments: { size: number }[];
        document: Uint8Array;
        content_type: string;
      }[];
      expect(rows).toMatchObject([
        {
          attachments: [{ name: 'drawing@x', contentType: 'application/pdf', size: 9 }],
          content_type: 'multipart/related; boundary=b',
        },
      ]);
      const unwrapped = unwrapBody(Buffer.from(rows[0]!.document), rows[0]!.content_type);
      const read = unwrapped.ok ? parseUnwrapped(unwrapped.value) : unwrapped;
      expect(unwrapped.ok && unwrapped.value.attachments.map(({ bytes }) => bytes.toString())).toEqual(['drawing 1']);
      expect(read).toMatchObject({
        ok: true,
        value: { kind: 'OrderRequest', order: { orderId }, envelope: { sharedSecrets: [] } },
      });
      expect(Buffer.from(rows[0]!.document).toString('latin1').replaceAll('\0', '')).not.toMatch(
        /SecretPassword123|U2VjcmV0/,
      );
    },
  );

  it('an order that an earlier release stored with its attachments, sent again, is a repeat', async () => {
    const orderId = number();
    const xml = orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] });
    const send = (): Promise<Answer> =>
      post(
        shop(),
        `--b\r\nContent-Type: text/xml\r\n\r\n${xml}\r\n--b\r\nContent-ID: <a>\r\n\r\nx\r\n--b--`,
        'multipart/related; boundary=b',
      );
    expect(cxmlStatus(await send()).code).toBe('200');
    const read = parseCxml(xml);
    if (!read.ok || read.value.kind !== 'OrderRequest') throw new Error('no order');
    const { references: _, ...said } = read.value.order;
    const digest = digestOf(JSON.stringify([said, [{ name: 'a', contentType: 'text/plain', size: 1 }]]));
    expect(
      await shop().knex('purchase_order').where({ order_id: orderId }).whereNot({ digest }).update({ digest }),
    ).toBe(1);
    expect(cxmlStatus(await send()).code).toBe('200');
    expect(await orders(orderId)).toHaveLength(1);
  });

  it('is authenticated like a call-up, also on its own path', async () => {
    const orderId = number();
    const document = orderXml({ orderId, lines: LINES });
    expect(cxmlStatus(await post(shop(), document.replace('SecretPassword123', 'wrong'))).code).toBe('401');
    expect(cxmlStatus(await post(shop(), document.replace(/orderID="[^"]*"/, ''))).code).toBe('406');
    expect(await orders(orderId)).toEqual([]);
    expect(cxmlStatus(await postXml(shop().browser(), document.replaceAll('line-NB', 'no-NB'))).code).toBe('200');
  });
});
