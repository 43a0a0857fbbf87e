import type { FindingExplanations } from './explanation.js';

export const ENGLISH_FINDINGS: FindingExplanations = {
  PART_ID_CHARACTERS: {
    meaning: 'The article number has a character that the platform rejects. The cart is not sent.',
    remedy:
      'Map the article number (SupplierPartID or VENDORMAT) to one without it, or rename the article in the shop.',
  },
  PART_ID_LENGTH: {
    meaning: 'The article number is longer than the platform takes or shows.',
    remedy:
      'Use a shorter number for this buyer in the mapping. A cut number would come back in the order as another ' +
      'article.',
  },
  LINE_KEY_REFUSED: {
    meaning:
      'Our own key of the line (SupplierPartAuxiliaryID) breaks the rule for article numbers. Whether the ' +
      'platform applies it to this field is not documented.',
    remedy: 'Send a test cart and edit it once. If the key comes back whole, the warning can be ignored.',
  },
  DESCRIPTION_LENGTH: {
    meaning: 'The description is longer than the platform takes: some refuse the cart, some cut the text.',
    remedy: 'Set maxLength in the mapping of Description; some profiles bring it along.',
  },
  MANUFACTURER_LENGTH: {
    meaning: 'The name or part number of the manufacturer is longer than the platform takes.',
    remedy: 'Shorten it in the shop, or with maxLength in the mapping.',
  },
  UNIT_UNCOMMON: {
    meaning: 'The unit looks like a UN/CEFACT code, but not like one that buyers usually know.',
    remedy: 'Ask the buyer whether they know it; if not, map it in units of the connection to one that they know.',
  },
  UNIT_UNKNOWN: {
    meaning:
      'The unit is no UN/CEFACT code. What happens then depends on the platform: the line is lost, or becomes pieces.',
    remedy: 'Map the unit of the shop in units of the connection, for example {"Stk": "H87"}.',
  },
  CLASSIFICATION_MISSING: {
    meaning:
      'The article has no classification. cXML requires one, so the default of the connection is sent; OCI sends none.',
    remedy:
      'Give the article a UNSPSC or eCl@ss code in the shop, or agree a default with the buyer ' +
      '(defaultClassification).',
  },
  UNSPSC_MALFORMED: {
    meaning:
      'A UNSPSC code has 8 digits, or 10 with a suffix. This one has not, and the buyer may not find its category.',
    remedy: 'Correct the code in the shop: digits only, without dashes and blanks.',
  },
  PRICE_BASIS_NOT_SENT: {
    meaning: 'The price is for more than one piece, and DTD 1.2.014 has no place for that. The price of one is sent.',
    remedy: 'If the buyer reads newer documents, set cxml.version of the connection to 1.2.050.',
  },
  PRICE_ROUNDED: {
    meaning:
      'The price has more decimals than the currency. A buyer who rounds prices gets another amount for the line.',
    remedy: 'Ask the buyer whether they keep the decimals. Else sell in a larger unit, or use a price basis.',
  },
  PRICE_NEGATIVE: {
    meaning: 'The line has a negative price: a discount as a line of its own. cXML allows it, some buyers refuse it.',
    remedy: 'Set mapping.promotions to "spread": the discount is then part of the prices of the other lines.',
  },
  CART_WITHOUT_LINES: {
    meaning: 'The cart has no lines, and some releases of this platform fail on that.',
    remedy: 'Let the buyer return without changes instead of sending an empty cart.',
  },
  MANY_LINES: {
    meaning: 'The cart has so many lines that a receiver with a limit on form fields would lose the last ones.',
    remedy: 'Ask the buyer for that limit (PHP: max_input_vars), or send fewer lines at once.',
  },
  CURRENCY_DIFFERS: {
    meaning: 'The cart is in another currency than the buyer asked for.',
    remedy: 'Give the customer account or the connection the currency of the buyer.',
  },
  SHIPPING_NOT_SENT: {
    meaning: 'The cart has shipping costs, and OCI has no field for them: the buyer does not see them.',
    remedy: 'Set mapping.shipping to "line" to send them as a line, or to "none" if this is intended.',
  },
  FIELD_NOT_CARRIED: {
    meaning: 'The shop gave a value that the document for the buyer cannot hold. The rest of the line is sent.',
    remedy: 'The message names field and reason. Map the value to another field, or leave it out in the shop.',
  },
  FINDINGS_CUT: {
    meaning: 'The cart has more than 200 findings; only the first are listed.',
    remedy: 'Repair the cause of the listed ones first: they usually repeat in every line.',
  },
};
