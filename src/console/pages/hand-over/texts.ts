import type { InLanguages } from '../../ui/language.js';

const english = {
  title: (name: string): string => `Hand-over sheet for ${name}`,
  sub:
    'What the IT of the buyer enters into its procurement system. Nothing on this page is secret: print it or ' +
    'send it.',
  print: 'Print this page with your browser: menus and buttons are left out.',
  addresses: 'Addresses',
  uses: {
    cxml: 'Punchout address (PunchOutSetupRequest, by POST)',
    oci: 'Catalog address (OCI call-up)',
    repost: 'Address of the clone request',
  },
  order: 'Order address (OrderRequest, by POST)',
  open_buy: 'Base address of Open Buy, for Coupa; its key or client is given separately',
  access: 'Access data',
  secretGoes: 'given separately',
  secretHere: 'shown once: store it now',
  returns: 'Carts come back to',
  returnsHint:
    'Only to these addresses. If your system posts carts to another host, or forwards to one, tell the shop ' +
    'before the ' +
    'first test: otherwise the call-up is refused.',
  returnsMiddlewareHint: 'The gateway_base_url of a clone request must begin with one of these addresses.',
  checklist: 'Checklist',
  checks: {
    cxml: [
      'Enter the punchout address and the access data above. From and Sender carry the same identity.',
      'Let the punchout open in a window of its own, or in a frame at full width. Pop-ups of the shop are not needed.',
      'Do not let a mail scanner or link checker open the start page: it works once.',
      'Send a test call-up. The answer has Status 200 and a StartPage, or says in words what is wrong.',
      'Send a cart with each unit of measure that you buy in, and compare it line by line.',
      'Enter the order address if orders shall go to the shop as documents.',
    ],
    oci: [
      'Enter the catalog address and the fields above. Send user name and password by POST; in the address ' +
        'only if that is agreed.',
      'Leave HOOK_URL to your system: it sets it for each call-up.',
      'Let the catalog open in a window of its own, or in a frame at full width.',
      'Send a test cart with each unit of measure that you buy in: OCI drops unknown units without a word.',
      'Compare prices, price units and article numbers line by line.',
    ],
    repost: [
      'Enter the address of the clone request and the api_key. The key stays on your server, not in the browser.',
      'Send username and end_customer_id exactly as above.',
      'Open the sso_url of the answer in the browser of the buyer, once and at once.',
      'Take the cart at gateway_base_url + /start-sso-checkout, and compare it line by line.',
    ],
  },
  whereToEnter: (name: string): string => `Where to enter this: ${name}`,
  platform: (name: string): string => `About ${name}`,
  toDo: 'What to do',
  known: 'How well this is known',
  samples: 'Sample documents',
  sampleTitles: { call_up: 'A call-up', cart: 'A cart, as the shop sends it' },
  download: 'Download',
  copy: 'Copy',
  cut: (lines: number): string => `${lines} more lines are not shown here.`,
  acceptance: {
    title: 'Acceptance',
    hint: "What the buyer's system has done, of its newest 500 sessions. Tests of yours do not count.",
    step: 'Step',
    state: 'State',
    when: 'Last seen',
    seen: 'seen',
    open: 'not yet',
    done: 'Everything was seen: the connection works from call-up to the last step.',
    again: 'Look again',
    report: 'The report as JSON',
    steps: {
      call_up: 'Call-up arrived',
      login: 'Buyer logged in',
      cart: 'Cart given back',
      order: 'Purchase order received',
    },
  },
  toChecklist: 'Your tests, ticked as they arrive: for 8 hours in this browser',
  linkTitle: 'A link for the IT of the buyer',
  linkHint: (days: number): string =>
    `The link shows this sheet without a sign-in, once, within ${days} days. Send it to one person. If it was opened ` +
    'before they did, revoke the secret and make another link.',
  withSecret: 'With a new secret, which nobody else sees',
  without: 'Without a secret',
  replaces: 'There are two secrets already: a new one replaces the older of them.',
  makeLink: 'Make the link',
  made: 'The link. It is shown only now: copy it before you leave this page.',
  links: 'Links made before',
  columns: { made: 'Made', by: 'By', state: 'State' },
  openedAt: 'opened',
  waiting: 'not opened yet, valid until',
  lost: 'Somebody changed this connection while your page was open. No link was made: look, and make it again.',
  doorTitle: 'Access data for a punchout',
  doorText:
    'Somebody at the shop made this page for you. It shows once how your procurement system is connected, with the ' +
    'secret if there is one. Open it when you can store what it shows.',
  doorButton: 'Show it now',
  onceMore: 'This page is shown this one time. Print it, or store the secret now.',
  openedTitle: 'This link was opened already',
  openedText: 'It shows its data once. If it was not you, tell the shop: the secret must be replaced.',
  openedWhen: 'Opened',
  unknownTitle: 'This link does not exist, or its time is over',
  unknownText: 'Ask the shop for a new one.',
};

const german: typeof english = {
  title: (name) => `Übergabeblatt für ${name}`,
  sub:
    'Was die IT des Einkäufers in ihr Einkaufssystem einträgt. Hier steht nichts Geheimes: drucken oder senden ' +
    'Sie es.',
  print: 'Drucken Sie diese Seite mit dem Browser: Menüs und Knöpfe bleiben weg.',
  addresses: 'Adressen',
  uses: {
    cxml: 'Punchout-Adresse (PunchOutSetupRequest, per POST)',
    oci: 'Katalogadresse (OCI-Aufruf)',
    repost: 'Adresse der Clone-Anfrage',
  },
  order: 'Bestelladresse (OrderRequest, per POST)',
  open_buy: 'Basisadresse von Open Buy, für Coupa; Schlüssel oder Client getrennt übergeben',
  access: 'Zugangsdaten',
  secretGoes: 'getrennt übergeben',
  secretHere: 'wird einmal gezeigt: jetzt speichern',
  returns: 'Warenkörbe kommen zurück an',
  returnsHint:
    'Nur an diese Adressen. Sendet Ihr System Warenkörbe an einen anderen Host oder leitet dorthin weiter, ' +
    'sagen Sie es ' +
    'dem Shop vor dem ersten Test: Sonst wird der Aufruf abgelehnt.',
  returnsMiddlewareHint: 'Die gateway_base_url einer Clone-Anfrage muss mit einer dieser Adressen beginnen.',
  checklist: 'Checkliste',
  checks: {
    cxml: [
      'Tragen Sie Punchout-Adresse und Zugangsdaten ein. From und Sender tragen dieselbe Identität.',
      'Öffnen Sie den Punchout in einem eigenen Fenster oder in einem Rahmen voller Breite. Pop-ups braucht ' +
        'der Shop nicht.',
      'Lassen Sie keinen Mailscanner oder Linkprüfer die Startseite öffnen: Sie gilt einmal.',
      'Senden Sie einen Testaufruf. Die Antwort hat Status 200 und eine StartPage, oder sagt in Worten, was ' +
        'falsch ist.',
      'Senden Sie einen Warenkorb mit jeder Mengeneinheit, in der Sie kaufen, und vergleichen Sie ihn Zeile für Zeile.',
      'Tragen Sie die Bestelladresse ein, wenn Bestellungen als Dokumente an den Shop gehen sollen.',
    ],
    oci: [
      'Tragen Sie die Katalogadresse und die Felder ein. Senden Sie Benutzername und Passwort per ' +
        'POST; in der Adresse nur, wenn das vereinbart ist.',
      'Überlassen Sie HOOK_URL Ihrem System: Es setzt sie bei jedem Aufruf.',
      'Öffnen Sie den Katalog in einem eigenen Fenster oder in einem Rahmen voller Breite.',
      'Senden Sie einen Testwarenkorb mit jeder Mengeneinheit: OCI verwirft unbekannte Einheiten ohne ein Wort.',
      'Vergleichen Sie Preise, Preiseinheiten und Artikelnummern Zeile für Zeile.',
    ],
    repost: [
      'Tragen Sie die Adresse der Clone-Anfrage und den api_key ein. Der Schlüssel bleibt auf Ihrem Server.',
      'Senden Sie username und end_customer_id genau wie oben.',
      'Öffnen Sie die sso_url der Antwort im Browser des Einkäufers, einmal und sofort.',
      'Nehmen Sie den Warenkorb an gateway_base_url + /start-sso-checkout an, und vergleichen Sie ihn Zeile für Zeile.',
    ],
  },
  whereToEnter: (name) => `Wo das eingetragen wird: ${name}`,
  platform: (name) => `Über ${name}`,
  toDo: 'Was zu tun ist',
  known: 'Wie gut das bekannt ist',
  samples: 'Beispieldokumente',
  sampleTitles: { call_up: 'Ein Aufruf', cart: 'Ein Warenkorb, wie ihn der Shop sendet' },
  download: 'Herunterladen',
  copy: 'Kopieren',
  cut: (lines) => `${lines} weitere Zeilen werden hier nicht gezeigt.`,
  acceptance: {
    title: 'Abnahme',
    hint: 'Was das System des Einkäufers getan hat, in seinen neuesten 500 Sessions. Eigene Tests zählen nicht.',
    step: 'Schritt',
    state: 'Stand',
    when: 'Zuletzt',
    seen: 'gesehen',
    open: 'noch nicht',
    done: 'Alles wurde gesehen: die Verbindung arbeitet vom Aufruf bis zum letzten Schritt.',
    again: 'Neu laden',
    report: 'Der Bericht als JSON',
    steps: {
      call_up: 'Aufruf angekommen',
      login: 'Einkäufer angemeldet',
      cart: 'Warenkorb zurückgegeben',
      order: 'Bestellung angekommen',
    },
  },
  toChecklist: 'Ihre Tests, abgehakt, sobald sie ankommen: 8 Stunden lang in diesem Browser',
  linkTitle: 'Ein Link für die IT des Einkäufers',
  linkHint: (days) =>
    `Der Link zeigt dieses Blatt ohne Anmeldung, einmal, innerhalb von ${days} Tagen. Senden Sie ihn an eine Person. ` +
    'Wurde er vor ihr geöffnet, widerrufen Sie das Geheimnis und machen einen neuen Link.',
  withSecret: 'Mit einem neuen Geheimnis, das sonst niemand sieht',
  without: 'Ohne Geheimnis',
  replaces: 'Es gibt schon zwei Geheimnisse: Ein neues ersetzt das ältere davon.',
  makeLink: 'Link machen',
  made: 'Der Link. Er wird nur jetzt gezeigt: Kopieren Sie ihn, bevor Sie diese Seite verlassen.',
  links: 'Frühere Links',
  columns: { made: 'Gemacht', by: 'Von', state: 'Stand' },
  openedAt: 'geöffnet',
  waiting: 'noch nicht geöffnet, gültig bis',
  lost: 'Jemand hat diese Verbindung geändert, während Ihre Seite offen war. Es gibt keinen Link: Machen Sie ihn neu.',
  doorTitle: 'Zugangsdaten für einen Punchout',
  doorText:
    'Jemand im Shop hat diese Seite für Sie gemacht. Sie zeigt einmal, wie Ihr Einkaufssystem angebunden ' +
    'wird, und das ' +
    'Geheimnis, wenn es eines gibt. Öffnen Sie sie, wenn Sie speichern können, was sie zeigt.',
  doorButton: 'Jetzt zeigen',
  onceMore: 'Diese Seite wird nur dieses eine Mal gezeigt. Drucken Sie sie, oder speichern Sie das Geheimnis jetzt.',
  openedTitle: 'Dieser Link wurde schon geöffnet',
  openedText:
    'Er zeigt seine Daten einmal. Waren Sie es nicht, sagen Sie es dem Shop: Das Geheimnis muss ersetzt werden.',
  openedWhen: 'Geöffnet',
  unknownTitle: 'Diesen Link gibt es nicht, oder seine Zeit ist um',
  unknownText: 'Bitten Sie den Shop um einen neuen.',
};

export const TEXTS: InLanguages<typeof english> = { en: english, de: german };
