import { expect, it } from '@jest/globals';
import { sampleCart } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { sentCarts } from '../../../src/adapters/postgres/transmissions/sent-carts.js';
import type { Cart } from '../../../src/domain/cart/cart.js';
import { sentCartOf } from '../../../src/domain/transmission/sent-cart.js';
import { sessionHistory } from '../../../src/adapters/postgres/history/session-history.js';
import { purchaseOrders } from '../../../src/adapters/postgres/orders/purchase-orders.js';
import {
  openedHistory,
  openedOrders,
  openedSentCarts,
  sealedTransmissions,
} from '../../../src/adapters/postgres/transmissions/sealed-transmissions.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { secretBox } from '../../../src/adapters/secrets/secret-box.js';
import type { SetupRequest } from '../../../src/domain/transmission/setup-request.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import {
  TENANT,
  activeTransmission,
  newTransmission,
  openTransmission,
  payloadOf,
} from '../../contracts/transmissions.js';

const SECRET = 'Zq7x7qZ';
const RETURN_URL = `https://erp.example/return?sap-client=100&sap-password=${SECRET}`;

describeOnDatabases('T29: secrets of a call-up in the database', (database) => {
  const box = secretBox(['a-secret-of-thirty-two-characters-or-more']);
  const plain = () => transmissionRepository(database());
  const sealed = () => sealedTransmissions(plain(), box);
  const request = (): SetupRequest => ({
    ...newTransmission().request,
    extrinsics: [
      { name: 'CostCenter', value: '4711' },
      { name: 'Password', value: SECRET },
      { name: 'link', value: `https://user:${SECRET}@erp.example/` },
      { name: 'odd', value: `<Password>${SECRET}\ud800</Password>` },
    ],
  });
  const stored = async (table: string): Promise<string> => JSON.stringify(await database().knex(table));

  it('are returned unchanged to the code that needs them, and are in no row', async () => {
    const asked = { request: request(), returnUrl: RETURN_URL };
    const active = await activeTransmission(sealed(), asked);
    expect(active).toMatchObject(asked);
    expect(await sealed().find(active)).toMatchObject(asked);
    expect(await sealed().findByClaim(active.claimDigest ?? '')).toMatchObject(asked);
    expect(await sealed().findByBuyerCookie(TENANT, active.buyerCookie)).toEqual([expect.objectContaining(asked)]);
    const [listed] = await openedHistory(sessionHistory(database()), box).findMany(TENANT, [active.transmissionId]);
    expect(listed).toMatchObject({ returnUrl: RETURN_URL, createdAt: active.createdAt });

    const payload = { ...payloadOf('the cart'), action: RETURN_URL };
    payload.fields.push({ name: 'api_key', value: SECRET });
    const [line] = sampleCart().lines;
    const cart = {
      ...sampleCart(),
      lines: [{ ...line, customFields: { color: 'red', shopPassword: SECRET } }],
    } as Cart;
    const kept = sentCartOf(payload.payloadId, { cart });
    const transfer = { cartRevision: active.cartRevision, payload, sent: kept };
    expect(await sealed().transfer(active, transfer)).toBe('transferred');
    expect(await openedSentCarts(sentCarts(database()), box).find(active)).toMatchObject({
      sent: { payloadId: kept.payloadId, cart: kept.cart },
      transmission: asked,
    });
    expect(JSON.stringify((await sealed().findPayload(active))?.payload)).toBe(JSON.stringify(payload));
    const [sent] = await openedOrders(purchaseOrders(database()), box).sentCarts(TENANT, active.connectionId, {
      limit: 1,
      transmissionIds: [active.transmissionId],
      payloadIds: [payload.payloadId],
    });
    expect(sent?.payload).toEqual(payload);

    expect(await stored('transmission')).not.toContain(SECRET);
    expect(await stored('transfer_payload')).not.toContain(SECRET);
    expect(await stored('transmission')).toContain('4711');
  });

  it('do not open in another session; rows of earlier versions are read unsealed', async () => {
    const [one, other] = [
      await openTransmission(sealed(), { returnUrl: RETURN_URL }),
      await openTransmission(sealed()),
    ];
    const [row] = await database().knex('transmission').where({ transmission_id: one.transmissionId });
    await database()
      .knex('transmission')
      .where({ transmission_id: other.transmissionId })
      .update({ return_url: (row as { return_url: string }).return_url });
    expect((await sealed().find(other))?.returnUrl).toMatch(/^sealed:v1\./);
    const before = await openTransmission(plain(), { request: request(), returnUrl: RETURN_URL });
    expect(await sealed().find(before)).toMatchObject({ request: request(), returnUrl: RETURN_URL });
  });

  it('text of a buyer that looks sealed is returned unchanged', async () => {
    const odd = [
      { name: 'a', value: 'sealed:v1.x.y.z.q' },
      { name: 'b', value: 'sealed:' },
    ];
    const created = await openTransmission(sealed(), { request: { ...newTransmission().request, extrinsics: odd } });
    expect((await sealed().find(created))?.request.extrinsics).toEqual(odd);
  });
});
