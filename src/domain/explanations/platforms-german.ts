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
      'Coupa übernimmt keinen Warenkorb mit unbekannter Einheit: Nichts kommt an, der Einkäufer sieht einen ' +
      'Fehler. Anforderungspositionen fassen 255 Zeichen von Beschreibung und Hersteller. Es öffnet Warenkörbe ' +
      'zum Anlegen und zum Ansehen, nie zum Ändern.',
    remedy:
      'Jede Einheit des Shops in units der Verbindung abbilden und zum Test einmal mit jeder einen Warenkorb senden.',
    basis:
      `Einheiten: ${SECONDARY}. Längen: API der Anforderungspositionen; was mit längeren geschieht, ist nicht ` +
      'dokumentiert. Operationen: Hilfe für Lieferanten. Coupas Beispiel wurde gelesen: zwei ManufacturerName, ' +
      'fehlerhafter Zeitstempel.',
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
      'davon und von Oracle Fusion scheitern mit einem Nullzeiger an einem Warenkorb ohne Positionen. Eine ' +
      'Anforderungsposition von Oracle Fusion fasst 240 Zeichen der Beschreibung.',
    remedy:
      'Die Listen der Einheiten und Kategorien mit dem Einkäufer abstimmen; keine leeren Warenkörbe senden lassen.',
    basis:
      `Einheiten und leere Warenkörbe: ${SECONDARY}. Welche Versionen scheitern, ist nicht dokumentiert. ` +
      'Beschreibung: Tabellenverzeichnis von Oracle (POR_REQUISITION_LINES_ALL); was mit längeren geschieht, ist ' +
      'nicht dokumentiert.',
  },
  dynamics365: {
    meaning:
      'Dynamics 365 sendet Aufrufe ohne DOCTYPE, mit eigener Reihenfolge der Elemente und einem Leerzeichen nach ' +
      'der Rücksprungadresse; all das wird gelesen. ShortName ist dort ein Attribut. Eine Klassifikation gelangt ' +
      'nur in den Text des Artikels; die Kategorien kommen vom Katalog, den der Einkäufer einrichtet.',
    remedy:
      'Den Einkäufer Einheiten und Währung des Shops anlegen lassen. Eine Position mit unbekannter Einheit hat dort ' +
      'keine: abbilden.',
    basis:
      'Aufruf, Klassifikation und anzulegende Einheiten: von Microsoft veröffentlichte Dokumente. Was mit ' +
      'unbekannten Einheiten geschieht, ist geschlossen.',
  },
  workday: {
    meaning:
      'Was Workday mit einem Warenkorb macht, ist nicht öffentlich: Es gelten die allgemeinen Regeln für cXML. Seine ' +
      'Webdienste benennen Einheiten mit Codes von UN/CEFACT, und eine Anforderungsposition hat einen Warencode, der ' +
      'zu einer Ausgabenkategorie führt.',
    remedy:
      'Einheiten von UN/CEFACT senden und die Warencodes mit dem Einkäufer abstimmen. Die ersten Warenkörbe Position ' +
      'für Position vergleichen.',
    basis:
      'Einheiten und Warencodes: veröffentlichte Webdienste von Workday. cXML: Anleitungen von Marktplätzen, die ' +
      'Workday öffnet. Dass Positionen aus Punchouts denselben Listen folgen, ist geschlossen; Längen sind nicht ' +
      'veröffentlicht.',
  },
  ivalua: {
    meaning:
      'Was Ivalua mit einem Warenkorb macht, ist nicht öffentlich: Es gelten die allgemeinen Regeln für cXML. ' +
      'Benutzt der Einkäufer OCI, generic-oci wählen.',
    remedy:
      'Den Einkäufer nach Protokoll, Einheiten, Klassifikation und den Längen seiner Felder fragen. Die ersten ' +
      'Warenkörbe Position für Position vergleichen.',
    basis:
      'Nichts Öffentliches gefunden. Dass Ivalua cXML spricht, ist aus seinem Markt geschlossen; den Einkäufer fragen.',
  },
  proactis: {
    meaning:
      'Was PROACTIS mit einem Warenkorb macht, ist nicht öffentlich: Es gelten die allgemeinen Regeln für cXML. ' +
      'Benutzt der Einkäufer OCI, generic-oci wählen.',
    remedy:
      'Den Einkäufer nach Protokoll, Einheiten, Klassifikation und den Längen seiner Felder fragen. Die ersten ' +
      'Warenkörbe Position für Position vergleichen.',
    basis:
      'Kein Dokument des Herstellers gefunden. Ein Konnektor für Shops (InstaPunchout) nennt PROACTIS unter den ' +
      'Plattformen, die er über cXML und OCI bedient.',
  },
  'odoo-cxml': {
    meaning:
      'Odoo hat keinen eigenen Punchout; gemeint ist das Modul "punchout" der Odoo Community Association. Es ' +
      'liest nur die Felder cxml-urlencoded und cXML-base64, verliert eine Description, die mit ShortName ' +
      'beginnt, übergeht PriceBasisQuantity und macht aus einer unbekannten Einheit "Units". Einen Warenkorb ' +
      'nimmt es zwei Stunden lang an, wenn nichts anderes eingestellt ist.',
    remedy:
      'Die ersten beiden setzt das Profil. cxml.version auf 1.2.014 lassen, damit der Preis für ein Stück gesendet ' +
      'wird, und die Einheiten abbilden. Es öffnet nur neue Warenkörbe, nie edit oder inspect; sein Sender hat die ' +
      'Domäne Networkid.',
    basis:
      'Im Quelltext des Moduls gelesen (Pull Requests 817, 937 und 1333 von OCA/edi; der letzte ist für Odoo 18 und ' +
      'offen). Nicht erprobt; andere Module können anders sein.',
  },
  'odoo-oci': {
    meaning:
      'Odoo hat keinen eigenen Punchout; gemeint ist das Modul "punchout_oci" der Odoo Community Association. Es ' +
      'ruft mit GET auf, liest Positionen ab Index 1, braucht einen Punkt in Zahlen, macht aus einer unbekannten ' +
      'Einheit "Units" und hält einen leeren Warenkorb als Fehler fest.',
    remedy:
      'Die Einheiten abbilden. Das ältere Modul edi_punchout (Odoo 13) ruft mit POST auf und übergeht UNIT, ' +
      'PRICEUNIT und CURRENCY: Ein Preis für 100 Stück wird zum Preis für eines. Klären, welches der Einkäufer ' +
      'hat.',
    basis:
      'Im Quelltext der Module gelesen (Pull Requests 720 und 1333 von OCA/edi; der letzte ist für Odoo 18 und ' +
      'offen). Nicht erprobt; andere Module können anders sein.',
  },
  basware: {
    meaning:
      'Basware P2P nimmt OCI als HTML-Formular, mit Hintergrundsuche; cXML nur in Basware Marketplace. Die Kategorie ' +
      'findet es über die Klassifikation einer Position, ohne sie nimmt es eine eingestellte. Der Einkäufer stellt ' +
      'ein, ob Preise netto oder brutto sind und ob der Aufruf GET oder POST ist.',
    remedy:
      'POST und Nettopreise einstellen lassen. Jedem Artikel eine Klassifikation geben. Für Marketplace mit cXML ' +
      'generic-cxml wählen.',
    basis:
      'Wissensdatenbank von Basware (Artikel BWKB0018306 und BWKB0017367, dazu "Manage external webshops"). ' +
      'Längen und was mit unbekannten Einheiten geschieht, stand im Gelesenen nicht: Dafür gelten die ' +
      'allgemeinen Regeln für OCI.',
  },
  unite: {
    meaning:
      'Unite (Mercateo) öffnet einen Shop mit OCI 3.0, nur mit GET und ohne Hintergrundsuche, und nur für Kunden mit ' +
      'exklusiven Lieferanten, nicht für die öffentliche Plattform. Aus dem Warenkorb wird einer bei Unite.',
    remedy:
      'Das Profil erlaubt GET, das Passwort steht also in der Adresse: eines nur für Unite benutzen. Die Einheiten ' +
      'abbilden und zum Test einmal mit jeder einen Warenkorb senden.',
    basis:
      'Hilfeseite von Mercateo für Lieferanten ("Webshops per OCI PunchOut"). Längen und Einheiten stehen dort ' +
      'nicht: Es gelten die allgemeinen Regeln für OCI. 29 Zeichen für Artikelnummern sind nur für Kataloge ' +
      'veröffentlicht.',
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
