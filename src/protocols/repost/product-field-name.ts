/** The fields of a line, in the order of source 004's example. */
export const PRODUCT_FIELDS = [
  'sku',
  'product_id',
  'description',
  'quantity',
  'price',
  'currency',
  'manufacturer_name',
  'category_ids',
] as const;
export type ProductField = (typeof PRODUCT_FIELDS)[number];

const NAME = /^products\[(0|[1-9]\d{0,5})\]\[([a-z_]{1,40})\]$/;

export function productFieldName(index: number, field: ProductField): string {
  return `products[${index}][${field}]`;
}

/** The place that a name stands for; undefined for a name of another shape. Read as text: bracket parsers lose indexes. */
export function parseProductFieldName(name: string): { index: number; field: string } | undefined {
  const match = NAME.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { index: Number(match[1]), field: match[2] };
}
