/** One fault of a document, at its 1-based place. */
export interface CxmlFinding {
  line: number;
  column: number;
  /** Name of the element; '' where the document is not even well-formed. */
  element: string;
  /** In words, as source 002's INVALID_XML: "Element 'ItemIn': Missing child element 'ItemID'". */
  error: string;
  /** `error`: not valid by the DTD. `warning`: valid, but against a rule that a DTD cannot check. */
  severity: 'error' | 'warning';
}
