/** Kinds of pre-flight findings. domain/explanations says what each means and what to do. */
export const FINDING_CODES = [
  'PART_ID_CHARACTERS',
  'PART_ID_LENGTH',
  'LINE_KEY_REFUSED',
  'DESCRIPTION_LENGTH',
  'MANUFACTURER_LENGTH',
  'UNIT_UNCOMMON',
  'UNIT_UNKNOWN',
  'CLASSIFICATION_MISSING',
  'UNSPSC_MALFORMED',
  'PRICE_BASIS_NOT_SENT',
  'PRICE_ROUNDED',
  'PRICE_NEGATIVE',
  'CART_WITHOUT_LINES',
  'MANY_LINES',
  'CURRENCY_DIFFERS',
  'SHIPPING_NOT_SENT',
  'FIELD_NOT_CARRIED',
  'FINDINGS_CUT',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];
