import type { InLanguages } from '../../ui/language.js';

const english = {
  title: 'New connection',
  titleOf: (name: string): string => `Set up ${name}`,
  steps: 'Steps of the set-up',
  step: {
    platform: 'Platform',
    names: 'Names',
    returns: 'Return addresses',
    check: 'Check',
    secret: 'Secret',
    customer: 'Shop customer',
    test: 'Test',
    'hand-over': 'Hand-over',
  },
  next: 'Continue',
  back: 'Back',
  platformTitle: 'Which procurement system does the buyer use?',
  platformHint:
    'The choice sets the protocol and what this platform is known to need. Ask the buyer if you do not know: ' +
    'the name is on their sign-in page. Every choice can be refined later in the settings.',
  platformMissing: 'Choose a platform, or one of the general entries.',
  other: 'Another system',
  middleware: 'A middleware',
  middlewareMeaning:
    'Another product stands between the buyer and the shop, asks the shop for accounts by an api_key (custom store ' +
    'integration) and passes carts on.',
  namesTitle: 'What do the parties call themselves?',
  namesHint: 'Names and numbers as they will be in the documents. None of them is secret.',
  name: 'Name of the connection',
  nameHint: 'For people: the buying organisation, and the system if it has several.',
  id: 'Id of the connection',
  idHint: 'For addresses and programs; it stays. Empty: made of the name.',
  from: 'The buyer (From)',
  to: 'The shop (To)',
  toDomain: 'Domain of the shop',
  toIdentity: 'Identity of the shop',
  toHint: 'What the buyer enters for you, often a DUNS number or a NetworkId.',
  toEmpty: 'Empty: every To is accepted.',
  templates: 'Users that may be cloned',
  templatesHint: 'User names of the shop, one a line, exactly as the middleware sends them. Others are refused.',
  customers: 'Numbers of end customers',
  customersHint: 'The end_customer_ids of this connection, one a line. Empty: all.',
  returnsTitle: 'Where may carts go?',
  returnsHint:
    'A cart holds prices of this buyer. It is sent to these addresses only, whatever a call-up asks for, so ' +
    'this list ' +
    'is what protects it.',
  checkTitle: 'Is this right?',
  checkHint:
    'The connection is made now, disabled: nobody can call it up until you switch it on. You can leave after this ' +
    'step and go on another day, from the page of the connection.',
  create: 'Create it, disabled',
  facts: {
    platform: 'Platform',
    protocol: 'Protocol',
    from: 'From',
    to: 'To',
    any: 'any',
  },
  earlier: 'What the steps before have set is changed on',
  earlierLink: 'the page of the connection',
  secretTitle: 'What does the buyer prove itself with?',
  secretHint: 'The buyer sends it with every call-up. The two newest secrets of a connection are accepted.',
  has: (count: number): string =>
    count === 1 ? 'This connection has a secret.' : `This connection has ${count} secrets.`,
  hasHint: 'You can go on. A further one is accepted beside it; only the two newest are.',
  choice: 'Secret',
  make: 'Make a secret and show it to me once',
  later: 'Make none now: the link of the last step makes it, and only the buyer’s IT sees it',
  given: 'Take the one that the buyer has chosen',
  made: 'The new secret. It is shown only now: copy it before you go on.',
  customerTitle: 'As which customer does the buyer shop?',
  customerHint: 'Prices, articles and payment terms of this customer of the shop hold for every cart.',
  customerMiddleware: 'A middleware names the user to clone in each request. There is nothing to choose here.',
  customerChoice: 'Shop customer',
  shopDefault: 'As the shop is set up for all connections',
  byNumber: 'A customer by number',
  byEmail: 'A customer by e-mail',
  number: 'Customer number',
  email: 'E-mail of the customer',
  switchOn: 'Save and switch on',
  lost: 'Somebody changed this connection while your page was open. Nothing of yours was saved: look, and save again.',
};

const german: typeof english = {
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

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
