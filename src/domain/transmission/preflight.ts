/** Something that the buyer's platform does to a cart (DESIGN decision 10). Stored with the transmission. */
export interface PreflightFinding {
  /** `error`: the platform would refuse the cart or lose the line, so it is not sent. `warning`: for the engineer. */
  severity: 'error' | 'warning';
  /** 1 for the first line of the cart as it is sent; absent for the cart as a whole. */
  line?: number;
  sku?: string;
  /** Outgoing field, by the name that the protocol has for it. */
  field: string;
  /** Plain English. */
  message: string;
  /** Whose rule it is: "SAP Ariba". */
  platform: string;
}

/** What a platform does to carts, as data; absent rules are not looked at. */
export interface PreflightRules {
  /** For people. */
  platform: string;
  /** Article numbers (SupplierPartID, VENDORMAT). */
  partId?: {
    maxLength?: number;
    /** Of one that is too long; `error` where absent. */ lengthSeverity?: 'error' | 'warning';
    forbidden?: string;
  };
  /** Longest manufacturer's name and part number. */
  manufacturer?: { maxLength: number };
  /** The long text; `severity` says whether the platform refuses or cuts it. */
  description?: { maxLength: number; unit: 'characters' | 'bytes'; severity: 'error' | 'warning' };
  /** What becomes of a unit that is no UN/CEFACT code, and how bad that is. */
  unknownUnit: { effect: string; severity: 'error' | 'warning' };
  /** Lines without a classification of their own are worth a word. */
  wantsClassification: boolean;
  /** What becomes of a cart without lines, where that is known to go wrong. */
  emptyCart?: string;
  /** More lines than this are worth a word; `reason` says why. */
  manyLines?: { count: number; reason: string };
}
