import { currencyDigits } from '../../../../domain/currency.js';
import { add, type Decimal, type DecimalText, parseDecimal, round } from '../../../../domain/decimal.js';
import type { Json } from '../../exchange/decimal-json.js';
import { decimalAt, listAt } from '../../exchange/json-reading.js';
import { unitPriceFor } from '../../unit-price.js';
import { storeFault } from '../api/store-fault.js';
import type { TaxState } from '../session/shop-context.js';

/** A calculated price of Shopware, as net. */
export interface NetPrice {
  unitPrice: DecimalText;
  total: Decimal;
  tax: Decimal;
  /** Percent; undefined where several rates are mixed. */
  taxRate: DecimalText | undefined;
}

/**
 * Net total = total, less its calculated taxes in a gross cart, in the digits of the currency.
 */
export function netPriceOf(
  price: Json | undefined,
  quantity: DecimalText,
  taxState: TaxState,
  currency: string,
): NetPrice {
  const total = amountAt(price, 'totalPrice');
  const taxes = listAt(price, 'calculatedTaxes');
  const tax = sumOfTaxes(taxes);
  const rates = new Set(taxes.map((each) => decimalAt(each, 'taxRate')));
  const net = round(taxState === 'gross' ? add(total, negative(tax)) : total, currencyDigits(currency));
  const shown = taxState === 'gross' ? undefined : decimalAt(price, 'unitPrice');
  return {
    unitPrice: unitPriceFor(net, quantity, currency, shown),
    total: net,
    tax,
    taxRate: rates.size === 1 ? [...rates][0] : undefined,
  };
}

export function sumOfTaxes(taxes: readonly Json[]): Decimal {
  return taxes.reduce<Decimal>((sum, each) => add(sum, amountAt(each, 'tax')), { units: 0n, scale: 0 });
}

function amountAt(value: Json | undefined, field: string): Decimal {
  const text = decimalAt(value, field);
  if (text === undefined) throw storeFault(`a price of the cart lacks ${field}`);
  return parseDecimal(text);
}

function negative({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}
