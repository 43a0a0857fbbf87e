import type { FindingExplanations } from './explanation.js';

export const GERMAN_FINDINGS: FindingExplanations = {
  PART_ID_CHARACTERS: {
    meaning: 'Die Artikelnummer hat ein Zeichen, das die Plattform ablehnt. Der Warenkorb wird nicht gesendet.',
    remedy:
      'Die Artikelnummer (SupplierPartID oder VENDORMAT) auf eine ohne dieses Zeichen abbilden oder den Artikel ' +
      'umbenennen.',
  },
  PART_ID_LENGTH: {
    meaning: 'Die Artikelnummer ist länger, als die Plattform annimmt oder zeigt.',
    remedy:
      'Für diesen Einkäufer eine kürzere Nummer abbilden. Eine gekürzte käme in der Bestellung als anderer ' +
      'Artikel zurück.',
  },
  LINE_KEY_REFUSED: {
    meaning:
      'Unser Schlüssel der Position (SupplierPartAuxiliaryID) verletzt die Regel für Artikelnummern. Ob die ' +
      'Plattform sie auf dieses Feld anwendet, ist nicht dokumentiert.',
    remedy:
      'Einen Test-Warenkorb senden und einmal bearbeiten. Kommt der Schlüssel vollständig zurück, ist die ' +
      'Warnung ohne Bedeutung.',
  },
  DESCRIPTION_LENGTH: {
    meaning: 'Die Beschreibung ist länger, als die Plattform annimmt: Manche lehnen den Warenkorb ab, manche kürzen.',
    remedy: 'maxLength in der Abbildung von Description setzen; manche Profile bringen es mit.',
  },
  MANUFACTURER_LENGTH: {
    meaning: 'Name oder Teilenummer des Herstellers ist länger, als die Plattform annimmt.',
    remedy: 'Im Shop kürzen oder mit maxLength in der Abbildung.',
  },
  UNIT_UNCOMMON: {
    meaning:
      'Die Einheit sieht wie ein UN/CEFACT-Code aus, aber nicht wie einer, den Einkaufssysteme üblicherweise kennen.',
    remedy: 'Den Einkäufer fragen, ob er sie kennt; sonst in units der Verbindung auf eine bekannte abbilden.',
  },
  UNIT_UNKNOWN: {
    meaning: 'Die Einheit ist kein UN/CEFACT-Code. Je nach Plattform geht die Position verloren oder wird zu Stück.',
    remedy: 'Die Einheit des Shops in units der Verbindung abbilden, zum Beispiel {"Stk": "H87"}.',
  },
  CLASSIFICATION_MISSING: {
    meaning:
      'Der Artikel hat keine Klassifikation. cXML verlangt eine, deshalb wird der Vorgabewert gesendet; OCI ' +
      'sendet keine.',
    remedy:
      'Dem Artikel im Shop einen UNSPSC- oder eCl@ss-Code geben oder einen Vorgabewert vereinbaren ' +
      '(defaultClassification).',
  },
  UNSPSC_MALFORMED: {
    meaning:
      'Ein UNSPSC-Code hat 8 Ziffern, oder 10 mit Zusatz. Dieser nicht, und der Einkäufer findet die Kategorie ' +
      'vielleicht nicht.',
    remedy: 'Den Code im Shop berichtigen: nur Ziffern, ohne Striche und Leerzeichen.',
  },
  PRICE_BASIS_NOT_SENT: {
    meaning:
      'Der Preis gilt für mehr als ein Stück, und die DTD 1.2.014 hat dafür kein Feld. Gesendet wird der Preis ' +
      'für eines.',
    remedy: 'Liest das Einkaufssystem neuere Dokumente, cxml.version der Verbindung auf 1.2.050 setzen.',
  },
  PRICE_ROUNDED: {
    meaning: 'Der Preis hat mehr Nachkommastellen als die Währung. Wer Preise rundet, erhält einen anderen Betrag.',
    remedy:
      'Den Einkäufer fragen, ob er die Stellen behält. Sonst in einer größeren Einheit oder mit Preisbasis verkaufen.',
  },
  PRICE_NEGATIVE: {
    meaning:
      'Die Position hat einen negativen Preis: ein Rabatt als eigene Position. cXML erlaubt das, manche lehnen es ab.',
    remedy: 'mapping.promotions auf "spread" setzen: Der Rabatt steckt dann in den Preisen der anderen Positionen.',
  },
  CART_WITHOUT_LINES: {
    meaning: 'Der Warenkorb hat keine Positionen, und manche Versionen dieser Plattform scheitern daran.',
    remedy: 'Den Einkäufer ohne Änderung zurückkehren lassen, statt einen leeren Warenkorb zu senden.',
  },
  MANY_LINES: {
    meaning:
      'Der Warenkorb hat so viele Positionen, dass ein Empfänger mit begrenzten Formularfeldern die letzten verlöre.',
    remedy: 'Den Einkäufer nach dieser Grenze fragen (PHP: max_input_vars) oder weniger Positionen auf einmal senden.',
  },
  CURRENCY_DIFFERS: {
    meaning: 'Der Warenkorb hat eine andere Währung als verlangt.',
    remedy: 'Dem Kundenkonto oder der Verbindung die Währung des Einkäufers geben.',
  },
  SHIPPING_NOT_SENT: {
    meaning: 'Der Warenkorb hat Versandkosten, und OCI hat dafür kein Feld: Der Einkäufer sieht sie nicht.',
    remedy:
      'mapping.shipping auf "line" setzen, um sie als Position zu senden, oder auf "none", wenn das so gewollt ist.',
  },
  FIELD_NOT_CARRIED: {
    meaning:
      'Der Shop gab einen Wert an, den das Dokument für den Einkäufer nicht aufnehmen kann. Der Rest der ' +
      'Position wird gesendet.',
    remedy: 'Die Meldung nennt Feld und Grund. Den Wert auf ein anderes Feld abbilden oder im Shop weglassen.',
  },
  FINDINGS_CUT: {
    meaning: 'Der Warenkorb hat mehr als 200 Befunde; nur die ersten sind aufgeführt.',
    remedy: 'Zuerst die Ursache der aufgeführten beheben: Sie wiederholen sich meist in jeder Position.',
  },
};
