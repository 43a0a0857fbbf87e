import type { CartLine, Classification } from '../../domain/cart/cart.js';
import { readDecimal } from '../../domain/decimal.js';
import type { MappedLine, OutgoingFields, ClassificationRules } from '../../domain/mapping/mapping.js';
import type { FieldValue } from './field-rule.js';
import type { SourceContext } from './read-source.js';

const CLASSIFICATION = 'Classification.';
const EXTRINSIC = 'Extrinsic.';
const DAYS = /^\d{1,6}(\.\d{1,6})?$/;

/**
 * Sets the mapped fields (domain/mapping/mapping-fields.ts). `line` is written, `context` is read by the rules: the
 * line as the store has it. A mapped Description stands alone if ShortName has no rule and the store's name has the
 * same text.
 */
export function mapCxmlLine(
  line: CartLine,
  context: SourceContext,
  fields: readonly [string, FieldValue][],
): MappedLine {
  if (fields.length === 0) return line;
  const mapped: MappedLine = { ...line };
  const outgoing: OutgoingFields = {};
  for (const [field, valueOf] of fields) {
    const value = valueOf(context);
    if (value === undefined) continue;
    if (field.startsWith(EXTRINSIC)) (outgoing.extrinsics ??= []).push({ name: field.slice(EXTRINSIC.length), value });
    else if (field.startsWith(CLASSIFICATION))
      mapped.classifications = withClassification(mapped.classifications, field.slice(CLASSIFICATION.length), value);
    else setField(mapped, outgoing, field, value);
  }
  return Object.keys(outgoing).length > 0 ? { ...mapped, outgoing } : mapped;
}

function setField(mapped: MappedLine, outgoing: OutgoingFields, field: string, value: string): void {
  switch (field) {
    case 'SupplierPartID':
      if (mapped.auxiliaryId.trim() !== '') mapped.sku = value;
      break;
    case 'BuyerPartID':
      outgoing.buyerPartId = value;
      break;
    case 'Description':
      mapped.description = value;
      break;
    case 'ShortName':
      outgoing.shortName = value;
      break;
    case 'UnitOfMeasure':
      mapped.unit = value;
      break;
    case 'ManufacturerPartID':
      mapped.manufacturerPartId = value;
      break;
    case 'ManufacturerName':
      mapped.manufacturerName = value;
      break;
    case 'URL':
      mapped.url = value;
      break;
    case 'LeadTime':
      mapped.leadTimeDays = daysOf(value) ?? mapped.leadTimeDays;
      break;
  }
}

function daysOf(value: string): number | undefined {
  const days = readDecimal(value);
  return days !== undefined && DAYS.test(days) ? Number(days) : undefined;
}

/** Replaces the first code of the domain, or adds one. */
function withClassification(
  classifications: CartLine['classifications'],
  domain: string,
  code: string,
): CartLine['classifications'] {
  const isSame = (entry: { domain: string }): boolean => entry.domain.trim().toLowerCase() === domain.toLowerCase();
  const place = classifications.findIndex(isSame);
  const others = classifications.filter((entry) => !isSame(entry));
  return others.toSpliced(place < 0 ? others.length : place, 0, { domain, code });
}

/**
 * Collects the mapped fields, in the order of the map. UNIT goes into the line, where the writer checks it (oci.md
 * 8.5).
 */
export function mapOciLine(
  line: CartLine,
  context: SourceContext,
  fields: readonly [string, FieldValue][],
): MappedLine {
  if (fields.length === 0) return line;
  const mapped: MappedLine = { ...line };
  const values = new Map<string, string>();
  for (const [field, valueOf] of fields) {
    const value = valueOf(context);
    if (value === undefined || value === '') continue;
    if (field === 'UNIT') mapped.unit = value;
    else values.set(field, value);
  }
  if (values.size > 0) mapped.outgoing = { oci: values };
  return mapped;
}

/**
 * Replaces codes by the connection's tables, then keeps only the chosen domains, in their order. Domains are compared
 * case-insensitively.
 */
export function classificationMapper({
  domains,
  tables = {},
}: ClassificationRules): (classifications: Classification[]) => Classification[] {
  const byDomain = new Map(
    Object.entries(tables).map(([domain, codes]) => [domain.toLowerCase(), new Map(Object.entries(codes))]),
  );
  const chosen = domains?.map((domain) => domain.toLowerCase());
  return (classifications) => {
    const replaced = classifications.map(
      (classification) =>
        byDomain.get(classification.domain.trim().toLowerCase())?.get(classification.code.trim()) ?? classification,
    );
    if (chosen === undefined) return replaced;
    return chosen.flatMap((domain) =>
      replaced.filter((classification) => classification.domain.trim().toLowerCase() === domain),
    );
  };
}
