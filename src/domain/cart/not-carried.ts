/** Something that a shop put into its cart and that the buyer's document cannot hold. */
export interface NotCarried {
  /** 1 for the first line of the cart as it came; absent for the cart as a whole. */
  line?: number;
  /** Name of the field in the protocol that it came in: `CUST_FIELD4`, `BuyerPartID`. */
  field: string;
  /** One sentence for an engineer. */
  reason: string;
}

/** Entries that are kept of one cart; a last one says that there are more. */
const MOST = 200;

export function noteNotCarried(list: NotCarried[], entry: NotCarried): void {
  if (list.length < MOST) list.push(entry);
  else if (list.length === MOST) list.push({ field: '', reason: `Only the first ${MOST} are listed.` });
}
