import type { PlatformExplanations } from './explanation.js';

const SECONDARY = 'Hilfeseiten des Herstellers und veröffentlichte Umsetzungen; an der Plattform selbst nicht erprobt';

export const GERMAN_PLATFORMS: PlatformExplanations = {
  ariba: {
    meaning:
      'SAP Ariba lehnt Artikelnummern mit ?, { oder } ab, zeigt davon 128 Zeichen und nimmt Beschreibungen bis ' +
      '2.000 Byte (nicht Zeichen: ein Umlaut zählt doppelt). Namen der Domäne AribaNetworkUserId hängen von ' +
      'Groß- und Kleinschreibung ab.',
    remedy:
      'cXML benutzen. Artikelnummern einfach halten und die Klassifikation vereinbaren: cXML verlangt sie für ' +
      'jede Position.',
    basis: `Groß- und Kleinschreibung: cXML Reference Guide. Die Grenzen: ${SECONDARY}.`,
  },
  coupa: {
    meaning:
      'Coupa übernimmt keinen Warenkorb mit unbekannter Einheit: Nichts kommt an, der Einkäufer sieht einen Fehler.',
    remedy:
      'Jede Einheit des Shops in units der Verbindung abbilden und zum Test einmal mit jeder einen Warenkorb senden.',
    basis:
      `Einheiten: ${SECONDARY}. ` +
      'Coupas veröffentlichtes Beispiel wurde gelesen: zwei ManufacturerName, fehlerhafter Zeitstempel.',
  },
  jaggaer: {
    meaning:
      'JAGGAER nimmt 100 Zeichen von Artikel- und Herstellernummern, behält 256 der Beschreibung und macht aus ' +
      'einer unbekannten Einheit EA: Eine Kiste wird dann als ein Stück bestellt.',
    remedy: 'Zuerst die Einheiten abbilden: Eine falsche wird ohne Fehler angenommen. Das Profil kürzt Beschreibungen.',
    basis: `Alle Grenzen: ${SECONDARY}.`,
  },
  oracle: {
    meaning:
      'Oracle E-Business Suite nimmt nur Einheiten und Kategorien, die dort abgebildet sind. Manche Versionen ' +
      'davon und von Oracle Fusion scheitern mit einem Nullzeiger an einem Warenkorb ohne Positionen.',
    remedy:
      'Die Listen der Einheiten und Kategorien mit dem Einkäufer abstimmen; keine leeren Warenkörbe senden lassen.',
    basis: `Beides: ${SECONDARY}. Welche Versionen scheitern, ist nicht dokumentiert.`,
  },
  dynamics365: {
    meaning:
      'Dynamics 365 sendet Aufrufe ohne DOCTYPE, mit eigener Reihenfolge der Elemente und einem Leerzeichen nach ' +
      'der Rücksprungadresse; all das wird gelesen. ShortName ist dort ein Attribut.',
    remedy: 'Nichts einzustellen. Eine Position mit unbekannter Einheit hat dort keine: abbilden.',
    basis:
      'Der Aufruf: von Microsoft veröffentlichte Dokumente. Was mit unbekannten Einheiten geschieht, ist geschlossen.',
  },
  'sap-oci4': {
    meaning:
      'SAP SRM über OCI 4.0: Eine Position ohne Pflichtfeld oder mit einer Einheit, die kein ISO-Code ist, wird ' +
      'nicht übernommen, zu lange Werte werden gekürzt. Der Shop erfährt nichts; der Benutzer liest "Incomplete ' +
      'items in catalog".',
    remedy:
      'Beim Einkäufer das Protokoll SLG1, Objekt BBP_OCI, ansehen. Alle Einheiten abbilden, VENDORMAT auf ' +
      'höchstens 40 Zeichen halten.',
    basis:
      'Feldtabelle und Meldungstexte von SAP, teils aus Abschriften. Dass Werte gekürzt werden: veröffentlichte ' +
      'Umsetzungen. Dass S/4HANA es ebenso macht, ist geschlossen.',
  },
  'generic-cxml': {
    meaning: 'Irgendein Einkaufssystem mit cXML. Der Warenkorb wird nach Regeln geprüft, die viele gemeinsam haben.',
    remedy: 'Gibt es ein Profil der Plattform, dieses wählen: Ihre Grenzen sind besser bekannt.',
    basis:
      'Der cXML Reference Guide und seine DTDs. Dass viele unbekannte Einheiten ablehnen, ist aus den bekannten ' +
      'Plattformen geschlossen.',
  },
  'generic-oci': {
    meaning: 'Irgendein Einkaufssystem mit OCI. Empfänger melden nichts: Eine falsche Position geht wortlos verloren.',
    remedy:
      'Die ersten Warenkörbe beim Einkäufer Position für Position vergleichen. In PHP geschriebene verlieren ' +
      'Felder über 1.000.',
    basis:
      'Die Feldtabelle von SAP. Die Grenze von PHP ist dessen übliche Einstellung (max_input_vars); ob ein ' +
      'Einkäufer sie hat, ist geschlossen.',
  },
};
