import type { english } from './english.js';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

export const german: typeof english = {
  name: 'Virtueller Einkäufer',
  navigation: 'Seiten',
  links: { start: 'Punchout', play: 'Zwanzig spielen', shop: 'Shop', console: 'Konsole' },
  again: 'Noch ein Punchout',
  copy: 'Kopieren',
  cut: (lines) => `${count(lines, 'weitere Zeile ist', 'weitere Zeilen sind')} nicht gezeigt.`,
  error: 'Fehler',
  warning: 'Warnung',
  document: {
    callUp: 'Gesendet: der Aufruf',
    setup: 'Gesendet: PunchOutSetupRequest',
    clone: 'Gesendet: die Klon-Anfrage',
    order: 'Gesendet: OrderRequest',
    answer: 'Empfangen: die Antwort',
    cart: 'Das Dokument, wie es kam',
  },
  start: {
    title: 'Start',
    heading: 'Den Shop aufrufen wie ein Einkaufssystem',
    lead:
      'Diese Seite spielt die Seite des Käufers. Sie ruft den Shop mit dem gewählten Protokoll auf, zeigt ihn in ' +
      'einem Rahmen, nimmt den Warenkorb entgegen und sagt, was sie davon hält.',
    choices: {
      cxml: {
        heading: 'cXML',
        text:
          'Ein PunchOutSetupRequest geht an den Server des Shops; er antwortet mit einer Startseite. Der Warenkorb ' +
          'kommt als PunchOutOrderMessage zurück.',
        button: 'Punchout mit cXML',
      },
      oci: {
        heading: 'OCI',
        text:
          'Ihr Browser schickt dem Shop ein Formular, wie SAP es tut. Der Warenkorb kommt in Feldern NEW_ITEM an die ' +
          'HOOK_URL zurück.',
        button: 'Punchout mit OCI',
      },
      repost: {
        heading: 'Middleware',
        text:
          'Eine Middleware lässt den Shop einen Benutzer klonen und schickt Sie mit dem erhaltenen Link hinein. Der ' +
          'Warenkorb kommt als Formular mit products[0][sku] und so weiter zurück.',
        button: 'Punchout über eine Middleware',
      },
    },
    thenHeading: 'Und dann',
    then: [
      'Legen Sie im Shop ein paar Dinge in den Warenkorb.',
      'Drücken Sie „Zur Kasse“: Der Shop lässt Sie nicht hinein und sagt, warum.',
      'Drücken Sie „Warenkorb übergeben“ und sehen Sie sich an, was hier ankommt.',
      'Bestellen Sie den Warenkorb, gern mit anderer Menge oder anderem Preis, und sehen Sie den Vergleich.',
    ],
    playHeading: 'Oder lassen Sie es zwanzig Käufer tun',
    playText:
      'Zwanzig Punchouts über alle Protokolle: Warenkörbe, Bestellungen, abgebrochene Sessions und abgelehnte ' +
      'Aufrufe. Sie füllen die Konsole in einer Minute.',
    playLink: 'Zwanzig Punchouts spielen',
  },
  frame: {
    title: (protocol) => `Einkauf über ${protocol}`,
    middleware: 'eine Middleware',
    lead: 'Im Rahmen ist der Shop, auf der Startseite seiner Antwort. Sein Warenkorb kommt in dieses Fenster zurück.',
    formLead: 'Falls der Rahmen leer bleibt:',
    open: 'Shop öffnen',
    frameTitle: 'Der Shop',
  },
  arriving: {
    title: 'Warenkorb',
    heading: 'Der Warenkorb ist da',
    lead: 'Er wird im ganzen Fenster gezeigt.',
    button: 'Zeigen',
  },
  refused: {
    title: 'Abgelehnt',
    heading: 'Der Shop hat uns nicht hereingelassen',
    silent: 'Er hat nicht geantwortet.',
    noStartPage: 'Seine Antwort enthält keine Startseite; der Status darin sagt, warum.',
    noLink: 'Seine Antwort enthält keine sso_url; ihre message sagt, warum.',
    noForm: (reason) => `Was zurückkam, ist kein lesbares Formular: ${reason}`,
    noCart: 'Hier ist kein Warenkorb zu bestellen.',
    otherSite: 'Das hat eine fremde Seite verlangt, darum wurde nichts getan.',
    noOrderAnswer: 'Der Shop hat auf die Bestellung nicht geantwortet.',
  },
  cart: {
    title: 'Warenkorb',
    heading: 'Der Warenkorb ist zurück',
    empty: 'Ein leerer Warenkorb kam zurück',
    clean: 'Unser Prüfer hat nichts daran auszusetzen.',
    remarks: (number) => `Unser Prüfer hat ${count(number, 'Anmerkung', 'Anmerkungen')}.`,
    caption: 'Positionen des Warenkorbs',
    article: 'Artikel',
    quantity: 'Menge',
    price: 'Preis',
    amount: 'Betrag',
    total: 'Summe, netto',
    preflight: 'Was die Prüfung des Shops vor dem Senden sagte',
    orderHeading: 'Diesen Warenkorb bestellen',
    orderText:
      'Eine Bestellung (OrderRequest) geht an den Server des Shops. Er vergleicht sie mit dem Warenkorb, den er ' +
      'gesendet hat. Ändern Sie eine Menge oder einen Preis, um zu sehen, was er dann sagt.',
    orderQuantity: (article) => `Bestellte Menge von ${article}`,
    orderPrice: (article) => `Bestellter Preis von ${article}`,
    orderButton: 'Diesen Warenkorb bestellen',
  },
  order: {
    title: 'Bestellung',
    taken: 'Der Shop hat die Bestellung',
    refused: 'Der Shop hat die Bestellung nicht angenommen',
    noResponse: 'Seine Antwort ist keine cXML-Response.',
    number: 'Unsere Nummer',
    heading: 'Bestellung und Warenkorb',
    caption: 'Jede Position der Bestellung neben der des Warenkorbs',
    sent: 'Im Warenkorb',
    ordered: 'In der Bestellung',
    verdict: 'Vergleich',
    same: 'gleich',
    inPlaceOf: (ordered, sent) => `${ordered} statt ${sent}`,
    differs: {
      price: 'Preis weicht ab',
      currency: 'Währung weicht ab',
      quantity: 'Menge weicht ab',
      unit: 'Einheit weicht ab',
      total: 'Summe weicht ab',
      added: 'nicht im Warenkorb',
      missing: 'nicht bestellt',
      unidentified: 'keine Artikelnummer',
      expired: 'Angebot abgelaufen',
    },
  },
  play: {
    title: 'Zwanzig spielen',
    heading: 'Zwanzig Punchouts spielen',
    lead:
      'Echte Anfragen an diesen Server, wie Einkaufssysteme und Browser sie senden: Aufrufe über cXML, OCI und eine ' +
      'Middleware, Logins, Warenkörbe, Übergaben, Bestellungen. Manche werden abgebrochen, manche abgelehnt. Es ' +
      'dauert etwa 40 Sekunden; sehen Sie in der Konsole zu, wie sie ankommen.',
    button: 'Zwanzig Punchouts spielen',
    again: 'Noch einmal zwanzig spielen',
    running: (done, all) => `${done} von ${all} sind fertig.`,
    over: (done) => `${count(done, 'Punchout wurde', 'Punchouts wurden')} gespielt.`,
    broken: 'Der Lauf ist vorzeitig zu Ende, denn der Server hat nicht geantwortet.',
    progress: 'Fortschritt',
    caption: 'Die Punchouts dieses Laufs',
    buyer: 'Käufer',
    protocol: 'Protokoll',
    story: 'Was geschieht',
    state: 'Stand',
    protocols: { cxml: 'cXML', oci: 'OCI', repost: 'Middleware' },
    stories: {
      sent: 'sendet einen Warenkorb',
      ordered: 'sendet einen Warenkorb und bestellt ihn',
      mismatched: 'bestellt mehr, als im Warenkorb war',
      blocked: 'versucht die Kasse und sendet dann den Warenkorb',
      left: 'geht ohne Warenkorb',
      cancelled: 'kauft ein, und das Einkaufssystem bricht ab',
      unopened: 'öffnet den Link nie',
      expired: 'öffnet den Link zu spät',
      wrong_secret: 'ruft mit falschem Geheimnis auf',
      wrong_return: 'ruft mit einer Rücksprungadresse auf, die nicht eingetragen ist',
    },
    states: {
      waiting: 'wartet',
      running: 'läuft',
      done: 'fertig',
      refused: 'abgelehnt, wie es sein soll',
      failed: 'gescheitert',
    },
    look: 'In der Konsole ansehen:',
    today: 'Heute',
    sessions: 'Sessions',
    analytics: 'Auswertung',
    connections: 'Verbindungen',
  },
};
