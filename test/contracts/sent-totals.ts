import { expect } from '@jest/globals';
import { cartEncoder } from '../../src/adapters/cart-encoder/cart-encoder.js';
import type { Cart } from '../../src/domain/cart/cart.js';
import type { PromotionRule, ShippingPlace } from '../../src/domain/mapping/mapping.js';
import type { Transmission } from '../../src/domain/transmission/transmission.js';
import { TRANSFER_LIMITS } from '../../src/protocols/cxml/cxml-document.js';
import { readCxmlForm } from '../../src/protocols/cxml/cxml-form.js';
import { parseCxml } from '../../src/protocols/cxml/parse-cxml.js';
import { cartOfOciItems } from '../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../src/protocols/oci/read/parse-cart-form.js';
import { connectionWith } from '../protocols/mapping/sample.js';
import { transmissionOf } from './store.contract.js';

const encoder = cartEncoder('https://shop.example.com');

/** Cents, computed independently of the product: BigInt over a common denominator. */
export function cents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  expect(fraction.slice(2)).toMatch(/^0*$/);
  return amount.startsWith('-') ? -size : size;
}

/** Cents of quantity x price / basis, half away from zero. */
function lineCents({
  quantity,
  unitPrice,
  priceBasis,
}: {
  quantity: string;
  unitPrice: string;
  priceBasis: string;
}): bigint {
  const scaled = (text: string): [bigint, bigint] => {
    const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
    return [BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n), 10n ** BigInt(fraction.length)];
  };
  const [[q, qs], [p, ps], [b, bs]] = [scaled(quantity), scaled(unitPrice), scaled(priceBasis)];
  const [top, bottom] = [q * p * bs * 100n, qs * ps * b];
  const size = top < 0n ? -top : top;
  const rounded = size / bottom + ((size % bottom) * 2n >= bottom ? 1n : 0n);
  return top < 0n ? -rounded : rounded;
}

function sent(
  cart: Cart,
  protocol: 'cxml' | 'oci',
  mapping: Parameters<typeof connectionWith>[0],
): { sum: bigint; total: bigint | undefined; header: bigint } | 'refused' {
  const transmission: Transmission = { ...transmissionOf({ tenantId: 'shop', connectionId: 'buyer' }), protocol };
  const encoded = encoder.encode({ transmission, connection: connectionWith(mapping), cart });
  if (!encoded.ok) {
    expect(encoded.refusal.code).toBe('CART_NOT_ENCODABLE');
    return 'refused';
  }
  const { fields } = encoded.value;
  if (protocol === 'oci') {
    const form = parseOciCart(fields);
    const items = form.ok ? cartOfOciItems(form.value.items) : form;
    if (!items.ok) throw new Error(items.refusal.reason);
    return { sum: items.value.lines.reduce((all, line) => all + lineCents(line), 0n), total: undefined, header: 0n };
  }
  const source = readCxmlForm(fields);
  const parsed = source.ok ? parseCxml(source.value, undefined, TRANSFER_LIMITS) : source;
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') throw new Error('unreadable');
  const { lines, total } = parsed.value.message;
  const document = typeof source === 'object' && source.ok ? String(source.value) : '';
  const header = /<Shipping>\s*<Money[^>]*>([^<]*)<\/Money>/.exec(document)?.[1];
  return {
    sum: lines.reduce(
      (all, { quantity, unitPrice, priceBasis }) =>
        all + lineCents({ quantity, unitPrice: unitPrice.amount, priceBasis: priceBasis?.quantity ?? '1' }),
      0n,
    ),
    total: cents(total?.amount ?? '0'),
    header: header === undefined ? 0n : cents(header),
  };
}

/**
 * architecture.md decision 8: for every treatment of shipping and promotions, the lines sum up to Total, and lines,
 * shipping and the shop's own net sum (`shopNet`, cents) agree to the cent.
 */
export function expectSentTotals(
  cart: Cart,
  shopNet: bigint,
  places: readonly ShippingPlace[] = ['header', 'line', 'none'],
  rules: readonly PromotionRule[] = ['negative_line', 'spread'],
): void {
  const shipping = cents(cart.shipping?.amount ?? '0');
  for (const place of places) {
    for (const promotions of rules) {
      const cxml = sent(cart, 'cxml', { shipping: place, promotions });
      if (cxml === 'refused') throw new Error('a cart of this shop could not be written');
      expect(cxml.total).toBe(cxml.sum);
      expect(cxml.sum).toBe(place === 'line' ? shopNet : shopNet - shipping);
      expect(cxml.header).toBe(place === 'header' ? shipping : 0n);
    }
    const oci = sent(cart, 'oci', { shipping: place });
    if (oci !== 'refused') expect(oci.sum).toBe(place === 'line' ? shopNet : shopNet - shipping);
  }
}
