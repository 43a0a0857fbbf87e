import type { english } from './english.js';

export const german: typeof english = {
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
