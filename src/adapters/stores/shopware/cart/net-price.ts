import { currencyDigits } from '../../../../domain/currency.js';
import { add, compare, type Decimal, type DecimalText, divide, formatDecimal, multiply, parseDecimal, round } from '../../../../domain/decimal.js';
import type { Json } from '../api/decimal-json.js';
import { decimalAt, listAt } from '../api/json-reading.js';
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
 * Net total = total, less its calculated taxes in a gross cart, in the digits of the currency. The unit price is the shop's own where quantity x unit
 * price gives that total (RULES 7), else the total divided by the quantity with as few digits as keep the total.
 */
export function netPriceOf(price: Json | undefined, quantity: DecimalText, taxState: TaxState, currency: string): NetPrice {
  const total = amountAt(price, 'totalPrice');
  const taxes = listAt(price, 'calculatedTaxes');
  const tax = sumOfTaxes(taxes);
  const rates = new Set(taxes.map((each) => decimalAt(each, 'taxRate')));
  const net = round(taxState === 'gross' ? add(total, negative(tax)) : total, currencyDigits(currency));
  const shown = taxState === 'gross' ? undefined : decimalAt(price, 'unitPrice');
  return {
    unitPrice: shown !== undefined && keepsTotal(parseDecimal(shown), quantity, net, currency) ? shown : unitPriceFor(net, quantity, currency),
    total: net,
    tax,
    taxRate: rates.size === 1 ? [...rates][0] : undefined,
  };
}

export function sumOfTaxes(taxes: readonly Json[]): Decimal {
  return taxes.reduce<Decimal>((sum, each) => add(sum, amountAt(each, 'tax')), { units: 0n, scale: 0 });
}

/** With one digit more than the quantity has, the rounding of the unit price can no longer reach the total. */
function unitPriceFor(total: Decimal, quantity: DecimalText, currency: string): DecimalText {
  const digits = currencyDigits(currency);
  const divisor = parseDecimal(quantity);
  for (let scale = digits; scale < digits + quantity.length; scale += 1) {
    const unitPrice = divide(total, divisor, scale);
    if (keepsTotal(unitPrice, quantity, total, currency)) return formatDecimal(unitPrice);
  }
  return formatDecimal(divide(total, divisor, digits + quantity.length));
}

function keepsTotal(unitPrice: Decimal, quantity: DecimalText, total: Decimal, currency: string): boolean {
  const digits = currencyDigits(currency);
  return compare(round(multiply(unitPrice, parseDecimal(quantity)), digits), total) === 0;
}

function amountAt(value: Json | undefined, field: string): Decimal {
  const text = decimalAt(value, field);
  if (text === undefined) throw storeFault(`a price of the cart lacks ${field}`);
  return parseDecimal(text);
}

function negative({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}
