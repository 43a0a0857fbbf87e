/**
 * Decimal digits by ISO 4217. `Intl` is not used: it differs from the standard for 18 codes (HUF, IDR, COP, ...). Codes
 * that are not listed have two.
 */
const DIGITS: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

export const CURRENCY_CODE = /^[A-Z]{3}$/;

export function currencyDigits(currency: string): number {
  return DIGITS[currency] ?? 2;
}
