import { createHmac } from 'node:crypto';
import { DEMO } from '../../../src/demo/seed-demo.js';

/** A signed call of the demo's supplier; the status of its answer. */
export async function asSupplier(shopUrl: string, path: string, content: object): Promise<number> {
  const [shop] = DEMO.connect;
  const body = JSON.stringify(content);
  const headers = {
    'Content-Type': 'application/json',
    'X-Shopware-Connect-Shop': String(shop.shopId),
    'X-Shopware-Connect-Key': createHmac('sha512', shop.key).update(body).digest('hex'),
  };
  return (await fetch(shopUrl + path, { method: 'POST', body, headers })).status;
}
