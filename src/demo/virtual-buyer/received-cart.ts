import type { NameValue } from '../../domain/transmission/setup-request.js';

/** A cart as the procurement system understood it. */
export interface ReceivedCart {
  /** BuyerCookie (cXML) or session_token (middleware); empty for OCI. */
  buyerCookie: string;
  /** What it is called, where it is no BuyerCookie. */
  cookieName?: string;
  currency: string;
  /** Sum of the lines, decimal text. */
  total: string;
  lines: ReceivedLine[];
  findings: Finding[];
  /** The shop's number of this cart: `SupplierOrderInfo/@orderID` or `EXT_QUOTE_ID`. */
  quoteId?: string;
  /** The document, as text. */
  document: string;
}

export interface ReceivedLine {
  supplierPartId: string;
  name: string;
  quantity: string;
  unit: string;
  /** Net price of `priceBasis` units. */
  unitPrice: string;
  priceBasis: string;
  amount: string;
}

/** What our own checker says. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Line and column, or the name of a field. */
  place: string;
  text: string;
}

/** Reads the fields of a returned form; never throws for what a shop sends, but tells it as a finding. */
export type DecodeReturn = (fields: readonly NameValue[]) => ReceivedCart;
