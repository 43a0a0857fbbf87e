import type { PlatformSetups } from './explanation.js';

const SAME_CXML =
  'Für jede Plattform mit cXML gleich (cXML Reference Guide). Wo diese Plattform danach fragt, ist nicht öffentlich.';

const CXML_STEPS = [
  'Die Punchout-Adresse dort eintragen, wo das System nach PunchOut-URL oder URL des Lieferanten fragt.',
  'Domäne und Identität des Einkäufers für From und Sender eintragen, die des Lieferanten für To.',
  'Das Geheimnis als SharedSecret eintragen, manchmal Passwort genannt.',
] as const;

export const GERMAN_SETUPS: PlatformSetups = {
  ariba: {
    steps: [
      'Der Lieferant trägt die Werte ein, nicht der Einkäufer: im SAP Business Network (service.ariba.com) als ' +
        'Lieferant anmelden.',
      'In den Einstellungen des Netzwerks "cXML-Integration konfigurieren" öffnen.',
      'Die Punchout-Adresse als PunchOut-URL eintragen, das Geheimnis als gemeinsames Passwort.',
      'Die Identitäten sind die Netzwerk-IDs beider Seiten. Sie beginnen mit AN.',
    ],
    basis: 'Dokumentation eines anderen Konnektors für Shops (PunchCommerce). Menüs können jetzt anders heißen.',
  },
  coupa: {
    steps: [
      'Den "cXML Supplier Questionnaire" von Coupa ausfüllen und dem Einkäufer geben, der den Punchout einrichtet.',
      'Er braucht die Punchout-Adresse, Domäne und Identität beider Seiten (meist DUNS oder NetworkID) und ' +
        'das Geheimnis.',
      'Ein Logo von 150 x 50 Pixeln beilegen, JPG oder PNG: Es ist der Link in Coupa.',
      'Zwei Sätze von Werten geben, einen für den Test und einen für den Betrieb.',
    ],
    basis: 'Hilfe von Coupa für Lieferanten, Punchout-Kataloge.',
  },
  jaggaer: { steps: CXML_STEPS, basis: SAME_CXML },
  oracle: {
    steps: [
      'Oracle Fusion: im Arbeitsbereich Catalogs "Manage Catalogs" öffnen und einen Punchout-Katalog mit der Quelle ' +
        '"Direct cXML supplier punchout" anlegen.',
      'In "Punchout Definition" Name und ID des Lieferanten so eintragen, wie das cXML-Dokument sie nennen ' +
        'wird, dazu eine Kategorie als Vorgabe.',
      'Oracle iProcurement: Domäne und ID des einkaufenden Unternehmens, die ID des Lieferanten, die ' +
        'Punchout-Adresse als Punchout-URL und das Geheimnis als Passwort eintragen.',
    ],
    basis:
      'Hilfe von Oracle zu Punchout-Katalogen, teilweise gelesen; für iProcurement die Dokumentation eines anderen ' +
      'Konnektors für Shops (PunchCommerce).',
  },
  dynamics365: {
    steps: [
      'Auf der Seite "Externe Kataloge" einen Katalog anlegen, den Lieferanten wählen und Beschaffungskategorien ' +
        'hinzufügen.',
      'Im Nachrichtenformat From und Sender (der Einkäufer), To (der Lieferant), SharedSecret, die ' +
        'Punchout-Adresse als URL von SupplierSetup und deploymentMode ausfüllen.',
      'Einheiten und Währung des Shops anlegen.',
      'Die Einstellungen überprüfen lassen: Der Shop muss sich öffnen. Dann den Katalog aktivieren.',
    ],
    basis: 'Microsoft Learn, "Set up an external catalog for PunchOut e-procurement".',
  },
  workday: { steps: CXML_STEPS, basis: SAME_CXML },
  ivalua: { steps: CXML_STEPS, basis: SAME_CXML },
  proactis: { steps: CXML_STEPS, basis: SAME_CXML },
  'odoo-cxml': {
    steps: [
      'In Einstellungen, Technisch, PunchOut, "PunchOut Backends" ein Backend mit dem Protokoll cXML anlegen.',
      'Die Punchout-Adresse als URL eintragen, Domänen und Identitäten von From und To und das Geheimnis ' +
        'als shared secret.',
      'Als "Browser form post URL" /punchout/cxml/receive/ eintragen.',
      'Einheiten zuordnen, die Odoo nicht kennt, und das Backend auf Open stellen.',
    ],
    basis: 'Readme und Quelltext des Moduls "punchout" (OCA/edi, Pull Request 1333).',
  },
  'odoo-oci': {
    steps: [
      'In Einstellungen, Technisch, PunchOut, "PunchOut Backends" ein Backend mit dem Protokoll OCI anlegen.',
      'Die Katalogadresse als URL eintragen, als "Vendor-specific parameters" username=...&password=... ' +
        'mit den Werten.',
      'Als "Browser form post URL" /punchout/oci/receive/ eintragen.',
      'Einheiten zuordnen, die Odoo nicht kennt, und das Backend auf Open stellen.',
    ],
    basis: 'Readme und Quelltext der Module "punchout" und "punchout_oci" (OCA/edi, Pull Request 1333).',
  },
  basware: {
    steps: [
      'In Data management, Purchasing, "External webshops" Create wählen. Dazu gehört das Recht "Manage external ' +
        'webshops".',
      'Die Katalogadresse als URL eintragen, dazu Benutzername und Passwort. Als HTTP-Methode Post wählen, als ' +
        'Preistyp Net.',
      'Eine Kategorie als Vorgabe wählen und den Lieferanten für Warenkörbe ohne DUNS-Nummer.',
      'Ist Integrated Shopping Experience eingeschaltet, muss der Webshop in Basware Marketplace angelegt werden.',
    ],
    basis: 'Wissensdatenbank von Basware ("Manage external webshops" und BWKB0018306).',
  },
  unite: {
    steps: [
      'Der Einkäufer schickt ein Lieferantenstammdatenblatt als Excel-Datei. Es mit den technischen Angaben ausfüllen.',
      'Die Katalogadresse als eine URL angeben, mit Benutzername und Passwort als Parametern.',
      'Das Blatt an den Einkäufer zurückschicken. Er beauftragt Unite, die Verbindung einzurichten und zu testen.',
    ],
    basis: 'Hilfeseite von Mercateo für Lieferanten ("Webshops per OCI PunchOut").',
  },
  'sap-oci4': {
    steps: [
      'SAP SRM: in SPRO, SAP Supplier Relationship Management, SRM Server, Stammdaten, Content Management "Externe ' +
        'Web-Services definieren" öffnen.',
      'In der Aufrufstruktur die Katalogadresse als URL eintragen, dann USERNAME und PASSWORD als feste Werte.',
      'HOOK_URL als Rücksprungadresse ohne Wert hinzufügen; SAP füllt sie aus.',
      '~OkCode mit ADDI, ~TARGET mit _top und ~CALLER mit CTLG hinzufügen.',
    ],
    basis:
      'Veröffentlichte Artikel zu OCI 4.0 in SRM 7.0 und die Beschreibung dieser Felder durch einen anderen Katalog ' +
      '(catalog360).',
  },
  'generic-cxml': {
    steps: CXML_STEPS,
    basis: 'Der cXML Reference Guide. Jede Plattform hat eigene Namen dafür.',
  },
  'generic-oci': {
    steps: [
      'Die Katalogadresse als URL des Katalogs eintragen und POST als Methode.',
      'USERNAME und PASSWORD als Parameter mit festen Werten eintragen.',
      'Die Rücksprungadresse HOOK_URL nennen; das System füllt sie aus.',
    ],
    basis: 'Das Open Catalog Interface von SAP. Jede Plattform hat eigene Namen dafür.',
  },
};
