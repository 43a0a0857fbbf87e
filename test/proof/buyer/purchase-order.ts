import { cartTotal } from '../../../src/domain/cart/cart-total.js';
import type { Target } from './punchout.js';

export interface OrderWish {
  orderId: string;
  payloadId: string;
  /** Our order number, as in the sent cart. */
  quote: string;
  lines: readonly { sku: string; quantity: number; price: string }[];
}

/** An OrderRequest of the demo's cXML buyer. */
export function orderXml({ orderId, payloadId, quote, lines }: OrderWish): string {
  const credential = (kind: string, domain: string, identity: string, secret = ''): string =>
    `<${kind}><Credential domain="${domain}"><Identity>${identity}</Identity>${secret}</Credential></${kind}>`;
  const header =
    `${credential('From', 'NetworkId', 'buyer@company.com')}${credential('To', 'DUNS', '123456789')}` +
    credential('Sender', 'NetworkId', 'buyer@company.com', '<SharedSecret>SecretPassword123</SharedSecret>');
  const total = cartTotal(
    lines.map(({ quantity, price }) => ({ quantity: String(quantity), unitPrice: price, priceBasis: '1' })),
    'EUR',
  );
  const items = lines.map(
    ({ sku, quantity, price }, index) =>
      `<ItemOut quantity="${quantity}" lineNumber="${index + 1}"><ItemID><SupplierPartID>${sku}</SupplierPartID>` +
      `<SupplierPartAuxiliaryID>line-${sku}</SupplierPartAuxiliaryID></ItemID><ItemDetail><UnitPrice><Money ` +
      `currency="EUR">${price}</Money></UnitPrice><Description xml:lang="de">x</Description><UnitOfMeasure>` +
      'C62</UnitOfMeasure><Classification domain="UNSPSC">1</Classification></ItemDetail></ItemOut>',
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?><cXML payloadID="${payloadId}" timestamp="2024-01-15T10:30:00Z">` +
    `<Header>${header}</Header><Request><OrderRequest><OrderRequestHeader orderID="${orderId}" ` +
    `orderDate="2024-01-15T10:30:00+00:00" type="new"><Total><Money currency="EUR">${total}</Money></Total><BillTo>` +
    `<Address><Name xml:lang="de">Company GmbH</Name></Address></BillTo><SupplierOrderInfo orderID="${quote}"/>` +
    `</OrderRequestHeader>${items.join('')}</OrderRequest></Request></cXML>`
  );
}

/** Code and text of the Status of the cXML answer; undefined without an answer, or if its effect is unknown. */
export async function sendOrder({ pool }: Pick<Target, 'pool'>, document: string): Promise<string | undefined> {
  try {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/punchout/order',
      headers: { 'content-type': 'text/xml' },
      body: document,
    });
    const text = await body.text();
    if (statusCode >= 500) return undefined;
    const [, code = '', said = ''] = /<Status code="(\d+)"[^>]*?(?:\/>|>([^<]*)<)/.exec(text) ?? [];
    return code.startsWith('5') ? undefined : `${code} ${said}`.trim();
  } catch {
    return undefined;
  }
}
