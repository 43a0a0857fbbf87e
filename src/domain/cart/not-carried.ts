/** Something in a cart of the shop that the document for the buyer cannot hold. */
export interface NotCarried {
  /** 1 for the first line of the cart as it came; absent for the cart as a whole. */
  line?: number;
  /** Name of the field in the protocol that it came in: `CUST_FIELD4`, `BuyerPartID`. */
  field: string;
  /** One sentence for an engineer. */
  reason: string;
}

/** Entries kept for one cart. One more says that there are others. */
const MOST = 200;

export function noteNotCarried(list: NotCarried[], entry: NotCarried): void {
  if (list.length < MOST) list.push(entry);
  else if (list.length === MOST) list.push({ field: '', reason: `Only the first ${MOST} are listed.` });
}
