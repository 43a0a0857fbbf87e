import type { ProductDetails } from './product-details.js';

/** Shopware's free-text units (lower case) as UN/CEFACT Recommendation 20 codes; extended by ShopwareStoreOptions.units. */
const USUAL_UNITS: Record<string, string> = {
  piece: 'EA',
  pieces: 'EA',
  pc: 'EA',
  pcs: 'EA',
  stück: 'EA',
  stk: 'EA',
  'stk.': 'EA',
  pack: 'PK',
  packung: 'PK',
  package: 'PK',
  box: 'BX',
  karton: 'CT',
  carton: 'CT',
  pair: 'PR',
  paar: 'PR',
  set: 'SET',
  roll: 'RO',
  rolle: 'RO',
  m: 'MTR',
  metre: 'MTR',
  meter: 'MTR',
  kg: 'KGM',
  g: 'GRM',
  l: 'LTR',
  litre: 'LTR',
  liter: 'LTR',
  ml: 'MLT',
  'm²': 'MTK',
  'm³': 'MTQ',
};
const PIECE = 'EA';

export interface UnitRules {
  /** Name or short code in the shop (lower case) -> UN/CEFACT code. */
  units: Record<string, string>;
  /** Custom field of a product that holds its UN/CEFACT code. */
  unitField: string;
}

/**
 * What one piece in the cart is: the custom field, else the packing unit, else the unit of measure where one piece holds
 * exactly one of it (a bottle of 0.75 l is a piece, cable by the metre is a metre), else a piece.
 */
export function unitCodeOf(details: ProductDetails | undefined, { units, unitField }: UnitRules): string {
  if (details === undefined) return PIECE;
  const own = details.customFields[unitField];
  if (own !== undefined && /^[A-Z0-9]{2,3}$/.test(own)) return own;
  const named = [details.packUnit, details.purchaseUnit === '1' ? details.unitCode : undefined];
  for (const name of named) {
    const code = name === undefined ? undefined : codeFor(name.trim().toLowerCase(), units);
    if (code !== undefined) return code;
  }
  return PIECE;
}

function codeFor(name: string, units: Record<string, string>): string | undefined {
  if (Object.hasOwn(units, name)) return units[name];
  return Object.hasOwn(USUAL_UNITS, name) ? USUAL_UNITS[name] : undefined;
}
