/** A finding about one line of a sent cart. */
export interface CartFinding {
  severity: 'error' | 'warning';
  /** 1 for the first line of the mapped cart. The writer may leave lines out or add some. */
  line: number;
  /** Article number of that line. */
  sku: string;
  /** Element or form field, by its name in the protocol. */
  field: string;
  message: string;
}

/** One line of a cart document. */
interface Item {
  partId?: string;
  /** Where it begins. */
  at: number;
  /** Where each of its fields is, by name. */
  fields: Map<string, number>;
}

/**
 * The findings of a cart by the position of the text line that they are about: the field in its ItemIn (cXML) or its
 * form field (OCI), else the first text line of the item. A finding whose item is not certain is left out.
 */
export function findingPlaces<Finding extends CartFinding>(
  lines: readonly string[],
  findings: readonly Finding[],
): Map<number, Finding[]> {
  const items = lines.some((line) => FORM_FIELD.test(line)) ? formItems(lines) : elementItems(lines);
  const places = new Map<number, Finding[]>();
  for (const finding of findings) {
    const item = itemOf(items, finding);
    if (item === undefined) continue;
    const at = item.fields.get(finding.field) ?? item.at;
    places.set(at, [...(places.get(at) ?? []), finding]);
  }
  return places;
}

/** The item with this number, if it has the article; else the only one that has. */
function itemOf(items: readonly Item[], { line, sku }: CartFinding): Item | undefined {
  const numbered = items[line - 1];
  if (numbered?.partId === sku) return numbered;
  const [only, ...others] = items.filter(({ partId }) => partId === sku);
  return others.length === 0 ? only : undefined;
}

const ELEMENT = /<(\/?)([A-Za-z][\w.-]*)/g;
const PART_ID = /<SupplierPartID>([^<]*)<\/SupplierPartID>/;

function elementItems(lines: readonly string[]): Item[] {
  const items: Item[] = [];
  let open: Item | undefined;
  for (const [at, line] of lines.entries())
    for (const [, slash, name = ''] of line.matchAll(ELEMENT)) {
      if (name === 'ItemIn') {
        open = slash === '' ? { at, fields: new Map() } : undefined;
        if (open !== undefined) items.push(open);
      } else if (open !== undefined && slash === '' && !open.fields.has(name)) {
        open.fields.set(name, at);
        if (name === 'SupplierPartID') open.partId = textOf(PART_ID.exec(line)?.[1]);
      }
    }
  return items;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textOf(xml: string | undefined): string | undefined {
  return xml?.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const FORM_FIELD = /^NEW_ITEM-(?:(LONGTEXT)_(\d{1,6}):132\[\]|([A-Z\d_]{1,40})\[(\d{1,6})\])=/;

function formItems(lines: readonly string[]): Item[] {
  const items = new Map<string, Item>();
  for (const [at, line] of lines.entries()) {
    const [start = '', longText, ofLongText, field = longText, number = ofLongText] = FORM_FIELD.exec(line) ?? [];
    if (field === undefined || number === undefined) continue;
    const item = items.get(number) ?? { at, fields: new Map<string, number>() };
    items.set(number, item);
    if (!item.fields.has(field)) item.fields.set(field, at);
    if (field === 'VENDORMAT') item.partId ??= line.slice(start.length);
  }
  return [...items.values()];
}
