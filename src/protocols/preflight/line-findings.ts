import { lineAmount, pricePerBasis } from '../../domain/cart/cart-total.js';
import type { Connection } from '../../domain/access/connection.js';
import { currencyDigits } from '../../domain/currency.js';
import { compare, divide, formatDecimal, isDecimalText, parseDecimal } from '../../domain/decimal.js';
import type { MappedLine } from '../../domain/mapping/mapping.js';
import type { PreflightFinding, PreflightRules } from '../../domain/transmission/preflight.js';
import { characterCount } from '../oci/write/cut-text.js';
import { unitKind } from './unit-codes.js';

export interface LineContext {
  rules: PreflightRules;
  protocol: 'cxml' | 'oci';
  settings: Pick<Connection['settings'], 'cxml' | 'defaultClassification'>;
  currency: string;
}

export type LineFinding = Pick<PreflightFinding, 'severity' | 'field' | 'message'>;

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

/** Findings of one mapped line, by the rules of its platform. */
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
    severity: rules.partId?.lengthSeverity ?? 'error',
    field,
    message: `The article number has ${characterCount(text)} characters; ${rules.platform} takes ${longest}.`,
  };
}

/** Ours alone, hence a warning: whether the rule for part ids holds for it is not documented. */
function auxiliaryId(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml') return undefined;
  const longest = rules.partId?.maxLength ?? Infinity;
  if (forbiddenIn(line.auxiliaryId, rules) === '' && fits(line.auxiliaryId, longest)) return undefined;
  return {
    severity: 'warning',
    field: 'SupplierPartAuxiliaryID',
    message: `Our key of the line has characters or a length that ${rules.platform} does not take in article numbers.`,
  };
}

function descriptionLength(line: MappedLine, { rules }: LineContext): LineFinding | undefined {
  const rule = rules.description;
  if (rule === undefined) return undefined;
  const text = (line.description ?? '').trim() || line.name;
  // Neither code points nor a third of the bytes are more than the UTF-16 units.
  if (text.length * (rule.unit === 'bytes' ? 3 : 1) <= rule.maxLength) return undefined;
  const length = rule.unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : characterCount(text);
  if (length <= rule.maxLength) return undefined;
  const what = rule.severity === 'error' ? 'takes' : 'keeps';
  return {
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
      severity: 'warning',
      field,
      message: `${told} is not a common UN/CEFACT code; if the buyer does not know it, ${rules.unknownUnit.effect}.`,
    };
  return {
    severity: rules.unknownUnit.severity,
    field,
    message: `${told} is no UN/CEFACT code: ${rules.unknownUnit.effect}. Map it in "units".`,
  };
}

function classification(line: MappedLine, { rules, protocol, settings }: LineContext): LineFinding | undefined {
  if (!rules.wantsClassification || line.classifications.some(({ code }) => code.trim() !== '')) return undefined;
  if (protocol === 'oci') return { severity: 'warning', field: 'MATGROUP', message: 'The line has no classification.' };
  const { domain, code } = settings.defaultClassification;
  return {
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
        severity: 'warning',
        field,
        message: `It has ${characterCount(text)} characters; ${rules.platform} takes ${longest}.`,
      };
  }
  return undefined;
}

/** A UNSPSC code has 8 digits, or 10 with the suffix of a business function (RULES 7). */
function unspscCode(line: MappedLine, { rules, protocol }: LineContext): LineFinding | undefined {
  const odd = line.classifications.find(
    ({ domain, code }) =>
      /^un[\s/-]?spsc/i.test(domain.trim()) && code.trim() !== '' && !/^\d{8}(?:\d{2})?$/.test(code.trim()),
  );
  if (odd === undefined) return undefined;
  const field = protocol === 'cxml' ? 'Classification' : 'EXT_CATEGORY_ID';
  return {
    severity: 'warning',
    field,
    message: `${JSON.stringify(odd.code.slice(0, 20))} is no UNSPSC code of 8 digits without dashes; ${rules.platform} may not find the category.`,
  };
}

function priceBasis(line: MappedLine, { protocol, settings }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml' || settings.cxml.version !== '1.2.014' || (line.priceBasis === '1' && factorOf(line) === '1'))
    return undefined;
  const times = factorOf(line) === '1' ? '' : `, times the conversion factor of ${factorOf(line)},`;
  return {
    severity: 'warning',
    field: 'PriceBasisQuantity',
    message: `DTD 1.2.014 has no price basis: the price for ${line.priceBasis}${times} is sent as the price of one.`,
  };
}

/** A buyer who keeps as many digits of a unit price as the currency has gets another amount. */
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
    severity: 'warning',
    field: 'UnitPrice',
    message: `A buyer who rounds prices to ${digits} decimals gets ${formatDecimal(theirs)} for this line, not ${formatDecimal(amount)}.`,
  };
}

function factorOf({ conversionFactor = '1' }: MappedLine): string {
  return conversionFactor;
}

function negativePrice(line: MappedLine, { protocol }: LineContext): LineFinding | undefined {
  if (protocol !== 'cxml' || !line.unitPrice.startsWith('-')) return undefined;
  return {
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
