import type { english } from './english.js';

export const german: typeof english = {
  title: 'Neue Verbindung',
  titleOf: (name) => `${name} einrichten`,
  steps: 'Schritte der Einrichtung',
  step: {
    platform: 'Plattform',
    names: 'Namen',
    returns: 'Rücksprungadressen',
    check: 'Prüfen',
    secret: 'Geheimnis',
    customer: 'Kunde im Shop',
    test: 'Test',
    'hand-over': 'Übergabe',
  },
  next: 'Weiter',
  back: 'Zurück',
  platformTitle: 'Welches Einkaufssystem benutzt der Einkäufer?',
  platformHint:
    'Die Wahl setzt das Protokoll und das, was diese Plattform bekanntlich braucht. Fragen Sie den Einkäufer, wenn ' +
    'Sie es nicht wissen: Der Name steht auf seiner Anmeldeseite. Alles lässt sich später in den Einstellungen ändern.',
  platformMissing: 'Wählen Sie eine Plattform, oder einen der allgemeinen Einträge.',
  other: 'Ein anderes System',
  middleware: 'Eine Middleware',
  middlewareMeaning:
    'Ein anderes Produkt steht zwischen Einkäufer und Shop, bittet den Shop mit einem api_key um Konten ' +
    '(Custom Store ' +
    'Integration) und reicht Warenkörbe weiter.',
  namesTitle: 'Wie nennen sich die Beteiligten?',
  namesHint: 'Namen und Nummern, wie sie in den Dokumenten stehen werden. Keiner davon ist geheim.',
  name: 'Name der Verbindung',
  nameHint: 'Für Menschen: die Einkaufsorganisation, und das System, wenn sie mehrere hat.',
  id: 'Kennung der Verbindung',
  idHint: 'Für Adressen und Programme; sie bleibt. Leer: wird aus dem Namen gemacht.',
  from: 'Der Einkäufer (From)',
  to: 'Der Shop (To)',
  toDomain: 'Domain des Shops',
  toIdentity: 'Identität des Shops',
  toHint: 'Was der Einkäufer für Sie einträgt, oft eine DUNS-Nummer oder NetworkId.',
  toEmpty: 'Leer: jedes To wird angenommen.',
  templates: 'Benutzer, die geklont werden dürfen',
  templatesHint:
    'Benutzernamen des Shops, einer je Zeile, genau wie die Middleware sie sendet. Andere werden abgelehnt.',
  customers: 'Nummern der Endkunden',
  customersHint: 'Die end_customer_ids dieser Verbindung, eine je Zeile. Leer: alle.',
  returnsTitle: 'Wohin dürfen Warenkörbe?',
  returnsHint:
    'Ein Warenkorb enthält die Preise dieses Einkäufers. Er wird nur an diese Adressen gesendet, was immer ' +
    'ein Aufruf ' +
    'verlangt: Diese Liste schützt ihn.',
  checkTitle: 'Stimmt das so?',
  checkHint:
    'Die Verbindung wird jetzt angelegt, gesperrt: Niemand kann sie aufrufen, bis Sie sie einschalten. Nach diesem ' +
    'Schritt können Sie aufhören und an einem anderen Tag weitermachen, von der Seite der Verbindung aus.',
  create: 'Gesperrt anlegen',
  facts: {
    platform: 'Plattform',
    protocol: 'Protokoll',
    from: 'From',
    to: 'To',
    any: 'beliebig',
  },
  earlier: 'Was die Schritte davor gesetzt haben, ändern Sie auf',
  earlierLink: 'der Seite der Verbindung',
  secretTitle: 'Womit weist sich der Einkäufer aus?',
  secretHint: 'Der Einkäufer sendet es mit jedem Aufruf. Die zwei neuesten Geheimnisse einer Verbindung gelten.',
  has: (count) => (count === 1 ? 'Diese Verbindung hat ein Geheimnis.' : `Diese Verbindung hat ${count} Geheimnisse.`),
  hasHint: 'Sie können weitergehen. Ein weiteres gilt daneben; nur die zwei neuesten gelten.',
  choice: 'Geheimnis',
  make: 'Ein Geheimnis erzeugen und mir einmal zeigen',
  later: 'Jetzt keines: Der Link im letzten Schritt erzeugt es, und nur die IT des Einkäufers sieht es',
  given: 'Das nehmen, das der Einkäufer gewählt hat',
  made: 'Das neue Geheimnis. Es wird nur jetzt gezeigt: Kopieren Sie es, bevor Sie weitergehen.',
  customerTitle: 'Als welcher Kunde kauft der Einkäufer?',
  customerHint: 'Preise, Artikel und Zahlungsbedingungen dieses Kunden im Shop gelten für jeden Warenkorb.',
  customerMiddleware:
    'Eine Middleware nennt in jeder Anfrage den Benutzer, der geklont wird. Hier ist nichts zu wählen.',
  customerChoice: 'Kunde im Shop',
  shopDefault: 'Wie der Shop für alle Verbindungen eingerichtet ist',
  byNumber: 'Ein Kunde nach seiner Nummer',
  byEmail: 'Ein Kunde nach seiner E-Mail',
  number: 'Kundennummer',
  email: 'E-Mail des Kunden',
  switchOn: 'Speichern und einschalten',
  lost:
    'Jemand hat diese Verbindung geändert, während Ihre Seite offen war. Von Ihnen wurde nichts gespeichert: ' +
    'Sehen Sie hin, und speichern Sie neu.',
};
