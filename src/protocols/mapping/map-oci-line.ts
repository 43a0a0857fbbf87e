import type { CartLine } from '../../domain/cart/cart.js';
import type { MappedLine } from '../../domain/mapping/mapped-cart.js';
import type { FieldValue } from './field-rule.js';
import type { SourceContext } from './read-source.js';

/** Collects what the map names, in its order; UNIT goes into the line, the writer checks it there (OCI.md 8.5). */
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
