import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';

export interface Field {
  name: string;
  value: string;
}

/** The cart in a transfer's answer, read by the proof's own patterns. */
export interface ReturnedCart {
  buyerCookie: string;
  /** Decimal text. */
  total: string;
  /** Quantity by article. */
  quantities: Map<string, number>;
}

/** Fields of the form that the browser must post. */
export function fieldsOfAnswer(body: string, form: 'json' | 'page'): Field[] {
  if (form === 'json') return (JSON.parse(body) as { fields: Field[] }).fields;
  return readReturnPage(body).forms[0]?.fields ?? [];
}

export function returnedCart(fields: readonly Field[]): ReturnedCart {
  const [first] = fields;
  if (first?.name.toLowerCase() === 'cxml-urlencoded') return fromCxml(first.value);
  return fromOci(fields);
}

function fromCxml(document: string): ReturnedCart {
  const quantities = new Map<string, number>();
  for (const [, quantity = '', sku = ''] of document.matchAll(
    /<ItemIn [^>]*quantity="([\d.]+)"[\s\S]*?<SupplierPartID>([^<]+)<\/SupplierPartID>/g,
  )) {
    quantities.set(sku, (quantities.get(sku) ?? 0) + Number(quantity));
  }
  return {
    buyerCookie: /<BuyerCookie>([^<]*)<\/BuyerCookie>/.exec(document)?.[1] ?? '',
    total: /<Total>\s*<Money currency="EUR">([\d.]+)<\/Money>/.exec(document)?.[1] ?? '',
    quantities,
  };
}

function fromOci(fields: readonly Field[]): ReturnedCart {
  const read = (name: string, index: string): string =>
    fields.find((field) => field.name === `NEW_ITEM-${name}[${index}]`)?.value ?? '';
  const quantities = new Map<string, number>();
  let thousandths = 0n;
  for (const { name, value } of fields) {
    const index = /^NEW_ITEM-VENDORMAT\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined) continue;
    const quantity = Number(read('QUANTITY', index));
    quantities.set(value, (quantities.get(value) ?? 0) + quantity);
    thousandths +=
      BigInt(Math.round(quantity)) *
      BigInt(
        read('PRICE', index).replace(
          /^(\d+)(?:\.(\d+))?$/,
          (_, whole: string, part = '') => whole + String(part).padEnd(3, '0'),
        ),
      );
  }
  return {
    buyerCookie: '',
    total: `${thousandths / 1000n}.${String((thousandths % 1000n) / 10n).padStart(2, '0')}`,
    quantities,
  };
}
