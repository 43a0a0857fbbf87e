/** One entry of an Accept header: a type or a range of types. */
export interface AcceptedType {
  /** In small letters, without parameters: we write each type in one way only. */
  type: string;
  /** 0 to 1; 0 for never. */
  weight: number;
}

const MOST_ENTRIES = 50;
const WEIGHT = /;\s*q\s*=\s*([01](?:\.\d{0,3})?)/i;

/** The entries of an Accept header in their order (RFC 9110, 12.5.1). */
export function acceptedTypes(accept: string): AcceptedType[] {
  return accept.split(',', MOST_ENTRIES).map((entry) => ({
    type: (entry.split(';', 1)[0] ?? '').trim().toLowerCase(),
    weight: Number(WEIGHT.exec(entry)?.[1] ?? 1),
  }));
}

/** How much the best of `wanted` is liked, and the place of the entry that says so. */
export function weightIn(types: readonly AcceptedType[], wanted: readonly string[]): { weight: number; place: number } {
  let best = { weight: 0, place: types.length };
  for (const type of wanted) {
    // The most exact entry decides.
    const range = [type, `${type.split('/', 1)[0] ?? ''}/*`, '*/*'].find((name) =>
      types.some((one) => one.type === name),
    );
    const place = types.findIndex((one) => one.type === range);
    const weight = types[place]?.weight ?? 0;
    if (weight > best.weight) best = { weight, place };
  }
  return best;
}
