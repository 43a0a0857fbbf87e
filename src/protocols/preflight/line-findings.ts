import { lineAmount, pricePerBasis } from '../../domain/cart/cart-total.js';
import type { Connection } from '../../domain/access/connection.js';
import { currencyDigits } from '../../domain/currency.js';
import { compare, divide, formatDecimal, isDecimalText, parseDecimal } from '../../domain/decimal.js';
import type { MappedLine } from '../../domain/mapping/mapping.js';
import type { PreflightFinding, PreflightRules } from '../../domain/transmission/transfer-payload.js';
import { characterCount } from '../oci/write/cut-text.js';

export interface LineContext {
  rules: PreflightRules;
  protocol: 'cxml' | 'oci';
  settings: Pick<Connection['settings'], 'cxml' | 'defaultClassification'>;
  currency: string;
}

type LineFinding = Required<Pick<PreflightFinding, 'code' | 'severity' | 'field' | 'message'>>;

type Check = (line: MappedLine, context: LineContext) => LineFinding | undefined;

const CHECKS: readonly Check[] = [
  partIdForbidden,
  partIdLength,
  auxiliaryId,
  descriptionLength,
  manufacturer,
  unit,
  classification,
  unspscCode,
  priceBasis,
  roundedPrice,
  negativePrice,
];

/** Findings for one mapped line, by the rules of its platform. */
export function lineFindings(line: MappedLine, context: LineContext): LineFinding[] {
  const findings: LineFinding[] = [];
  for (const check of CHECKS) {
    const finding = check(line, context);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function partIdOf(line: MappedLine, protocol: 'cxml' | 'oci'): { field: string; text: string } {
  return protocol === 'cxml'
    ? { field: 'SupplierPartID', text: line.sku }
    : { field: 'VENDORMAT', text: line.outgoing?.oci?.get('VENDORMAT') ?? line.sku };
}

function partIdForbidden(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const { field, text } = partIdOf(line, protocol);
  const found = forbiddenIn(text, rules);
  return found === ''
    ? undefined
    : {
        code: 'PART_ID_CHARACTERS',
        severity: 'error',
        field,
        message: `The article number has ${listed(found)}, which ${rules.platform} rejects.`,
      };
}

function partIdLength(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const { field, text } = partIdOf(line, protocol);
  const longest = rules.partId?.maxLength;
  if (longest === undefined || fits(text, longest)) return undefined;
  return {
    code: 'PART_ID_LENGTH',
    severity: rules.partId?.lengthSeverity ?? 'error',
    field,
    message: `The article number has ${characterCount(text)} characters; ${rules.platform} takes ${longest}.`,
  };
}

/** Only our own ids use it, so it is a warning: it is not documented whether the rule for part ids applies. */
function auxiliaryId(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml') return undefined;
  const longest = rules.partId?.maxLength ?? Infinity;
  if (forbiddenIn(line.auxiliaryId, rules) === '' && fits(line.auxiliaryId, longest)) return undefined;
  return {
    code: 'LINE_KEY_REFUSED',
    severity: 'warning',
    field: 'SupplierPartAuxiliaryID',
    message: `Our key of the line has characters or a length that ${rules.platform} does not take in article numbers.`,
  };
}

function descriptionLength(line: MappedLine, { rules }: LineContext): LineFinding | undefined {
  const rule = rules.description;
  if (rule === undefined) return undefined;
  const text = (line.description ?? '').trim() || line.name;
  // Neither the number of code points nor a third of the bytes exceeds the number of UTF-16 units.
  if (text.length * (rule.unit === 'bytes' ? 3 : 1) <= rule.maxLength) return undefined;
  const length = rule.unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : characterCount(text);
  if (length <= rule.maxLength) return undefined;
  const what = rule.severity === 'error' ? 'takes' : 'keeps';
  return {
    code: 'DESCRIPTION_LENGTH',
    severity: rule.severity,
    field: 'Description',
    message: `The description has ${length} ${rule.unit}; ${rules.platform} ${what} ${rule.maxLength}.`,
  };
}

function unit(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const code = line.unit.trim();
  const kind = code === '' ? 'common' : unitKind(code);
  if (kind === 'common') return undefined;
  const field = protocol === 'cxml' ? 'UnitOfMeasure' : 'UNIT';
  const told = JSON.stringify(code.slice(0, 20));
  if (kind === 'uncommon')
    return {
      code: 'UNIT_UNCOMMON',
      severity: 'warning',
      field,
      message: `${told} is not a common UN/CEFACT code; if the buyer does not know it, ${rules.unknownUnit.effect}.`,
    };
  return {
    code: 'UNIT_UNKNOWN',
    severity: rules.unknownUnit.severity,
    field,
    message: `${told} is no UN/CEFACT code: ${rules.unknownUnit.effect}. Map it in "units".`,
  };
}

function classification(line: MappedLine, { rules, protocol, settings }: LineContext): LineFinding | undefined {
  if (!rules.wantsClassification || line.classifications.some(({ code }) => code.trim() !== '')) return undefined;
  if (protocol === 'oci')
    return {
      code: 'CLASSIFICATION_MISSING',
      severity: 'warning',
      field: 'MATGROUP',
      message: 'The line has no classification.',
    };
  const { domain, code } = settings.defaultClassification;
  return {
    code: 'CLASSIFICATION_MISSING',
    severity: 'warning',
    field: 'Classification',
    message: `The line has no classification; the default ${domain} ${code} is sent.`,
  };
}

function manufacturer(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const longest = rules.manufacturer?.maxLength;
  if (longest === undefined || protocol !== 'cxml') return undefined;
  const texts: [field: string, text: string | undefined][] = [
    ['ManufacturerName', line.manufacturerName],
    ['ManufacturerPartID', line.manufacturerPartId],
  ];
  for (const [field, text = ''] of texts) {
    if (!fits(text, longest))
      return {
        code: 'MANUFACTURER_LENGTH',
        severity: 'warning',
        field,
        message: `It has ${characterCount(text)} characters; ${rules.platform} takes ${longest}.`,
      };
  }
  return undefined;
}

/** A UNSPSC code has 8 digits, or 10 with the suffix of a business function (cxml.md 7). */
function unspscCode(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const odd = line.classifications.find(
    ({ domain, code }) =>
      /^un[\s/-]?spsc/i.test(domain.trim()) && code.trim() !== '' && !/^\d{8}(?:\d{2})?$/.test(code.trim()),
  );
  if (odd === undefined) return undefined;
  const field = protocol === 'cxml' ? 'Classification' : 'EXT_CATEGORY_ID';
  return {
    code: 'UNSPSC_MALFORMED',
    severity: 'warning',
    field,
    message:
      `${JSON.stringify(odd.code.slice(0, 20))} is no UNSPSC code of 8 digits without dashes; ${rules.platform} ` +
      'may not find the category.',
  };
}

function priceBasis(line: MappedLine, { protocol, settings }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml' || settings.cxml.version !== '1.2.014' || (line.priceBasis === '1' && factorOf(line) === '1'))
    return undefined;
  const times = factorOf(line) === '1' ? '' : `, times the conversion factor of ${factorOf(line)},`;
  return {
    code: 'PRICE_BASIS_NOT_SENT',
    severity: 'warning',
    field: 'PriceBasisQuantity',
    message: `DTD 1.2.014 has no price basis: the price for ${line.priceBasis}${times} is sent as the price of one.`,
  };
}

/** A buyer who rounds unit prices to the digits of the currency gets another amount. */
function roundedPrice(line: MappedLine, { protocol, currency }: LineContext): LineFinding | undefined {
  const point = line.unitPrice.indexOf('.');
  const digits = currencyDigits(currency);
  if (
    protocol !== 'cxml' ||
    (line.priceBasis === '1' && factorOf(line) === '1' && (point < 0 || line.unitPrice.length - point - 1 <= digits))
  )
    return undefined;
  if (
    ![line.quantity, line.unitPrice, line.priceBasis, factorOf(line)].every(isDecimalText) ||
    !/[1-9]/.test(line.priceBasis)
  )
    return undefined;
  const rounded = divide(pricePerBasis(line), parseDecimal(line.priceBasis), digits);
  const amount = lineAmount(line, currency);
  const theirs = lineAmount({ quantity: line.quantity, unitPrice: formatDecimal(rounded), priceBasis: '1' }, currency);
  if (compare(amount, theirs) === 0) return undefined;
  return {
    code: 'PRICE_ROUNDED',
    severity: 'warning',
    field: 'UnitPrice',
    message:
      `A buyer who rounds prices to ${digits} decimals gets ${formatDecimal(theirs)} for this line, ` +
      `not ${formatDecimal(amount)}.`,
  };
}

function factorOf({ conversionFactor = '1' }: MappedLine): string {
  return conversionFactor;
}

function negativePrice(line: MappedLine, { protocol }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml' || !line.unitPrice.startsWith('-')) return undefined;
  return {
    code: 'PRICE_NEGATIVE',
    severity: 'warning',
    field: 'UnitPrice',
    message: 'The price is negative, which cXML allows and some buyers refuse; mapping.promotions "spread" avoids it.',
  };
}

function forbiddenIn(text: string, { partId }: PreflightRules): string {
  return Array.from(partId?.forbidden ?? '')
    .filter((character) => text.includes(character))
    .join('');
}

function fits(text: string, maxCharacters: number): boolean {
  return text.length <= maxCharacters || characterCount(text) <= maxCharacters;
}

function listed(found: string): string {
  return Array.from(found, (character) => `"${character}"`).join(', ');
}

/**
 * UN/CEFACT Recommendation 20 codes that are common in carts, a few hundred of some two thousand, with the older
 * package codes that procurement systems still know, and SAP's PCE (oci.md 3). A code that is missing here may still be
 * valid.
 */
const COMMON = `
  EA H87 C62 PCE NAR NIU NPR NMP NPL NRL NPT PR DPR TPR SET KT KIT AS LO LS ACT E48 E51 E53 E54 IE
  DZN DZP GRO GGR CEN HC MIL SCO TP OP P3 P4 P5 P6 P7 P8 P9 HD T3 MIO BIL
  AE AM AV AY BA BB BE BG BJ BK BL BO BR BX CA CG CH CL CN CO CQ CR CS CT CV CX CY DC DR EV GB JG JR JU KG LR LN LK MX NT OZ PA PD PF PG PK PL PT PU PX QR RA RD RL RM RO SA SH SL SO SP SQ SR ST SV SW SX TB TC TK TN TU TY VI VO Z2 Z3
  KGM GRM MGM MC HGM DTN TNE KTN LBR ONZ APZ STI STN LTN CWI CWA GRN DRA DRI DWT CTM 58
  MTR CMT MMT DMT KMT HMT DMA DAM 4H C45 INH FOT YRD SMI NMI LF LM
  MTK CMK MMK DMK KMK HAR ARE ACR INK FTK YDK MIK DAA
  LTR MLT CLT DLT HLT MAL 4G MTQ CMQ DMQ MMQ INQ FTQ YDQ GLL GLI QTI QTL QTD PTI PTL PTD OZA OZI BLL BLD BUA BUI GIA GII R9 WCD
  SEC MIN HUR DAY WEE MON ANN QAN SAN DEC C26 B98 E49 LH MAH OT
  WTT KWT MAW C31 D90 KWH MWH WHR GWH JOU KJO 3B AMP 4K KAM VLT KVT 2Z VA D46 KVA MVA KVR OHM MHM B49 FAR 4O HEN D33 SIE COU CEL KEL FAH
  BAR MBR PAL KPA MPA HPA ATM HTZ KHZ MHZ A86 NEW B47 NU LUM LUX CDL BQL CUR BTU
  BIT A99 AD 2P 4L E34 E35 B17 B68 P1 59 GL GM KMQ 23 D41 KMH KNT MTS RPM C34 M4 DD D61 D97 2N 28 37 GO GP GQ
`;

const CODES: ReadonlySet<string> = new Set(COMMON.trim().split(/\s+/));

/** Recommendation 21 package codes in the form of Recommendation 20: X and two characters. */
const PACKAGE = /^X[A-Z0-9]{2}$/;
const CODE = /^[A-Z0-9]{2,3}$/;

/** `common`: a known code. `uncommon`: looks like a code. `malformed`: cannot be a code. */
export function unitKind(unit: string): 'common' | 'uncommon' | 'malformed' {
  if (CODES.has(unit) || PACKAGE.test(unit)) return 'common';
  return CODE.test(unit) ? 'uncommon' : 'malformed';
}
